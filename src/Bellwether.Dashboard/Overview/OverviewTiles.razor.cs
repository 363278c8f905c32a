using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using Bellwether.Dashboard.Wording;
using Bellwether.Monitoring.Overview;
using Microsoft.AspNetCore.Components;

namespace Bellwether.Dashboard.Overview;

/// <summary>Five numbers over all models. A model counts once: by its worst firing alert, else by its state.</summary>
public sealed partial class OverviewTiles
{
    [Parameter, EditorRequired]
    public OverviewPage Page { get; set; } = null!;

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    private List<OverviewRow> Severe { get; set; } = [];

    private List<OverviewRow> Warned { get; set; } = [];

    private List<OverviewRow> Silent { get; set; } = [];

    private List<OverviewRow> Young { get; set; } = [];

    private List<OverviewRow> Unclear { get; set; } = [];

    private int Healthy { get; set; }

    private string HealthyText =>
        $"of {Page.Rows.Count} models{(Young.Count == 0 ? "" : $" · {Young.Count} still learning")}{(Unclear.Count == 0 ? "" : $" · {Unclear.Count} cannot be told")}";

    private string SevereText => Severe.Count == 0 ? "none" : Joined(
        (Severe.Count(row => row.Verdict.State == ModelState.ShiftedHarmful), "performance suffers"),
        (Severe.Count(row => row.Verdict.State == ModelState.BrokenData), "data broken"),
        (Severe.Count(row => row.Verdict.State is not (ModelState.ShiftedHarmful or ModelState.BrokenData)), "beyond a limit"));

    private string WarnedText => Warned.Count == 0 ? "none" : Joined(
        (Warned.Count(row => row.Verdict.State == ModelState.ShiftedHarmless), "drifting, not harmful"),
        (Warned.Count(row => row.Verdict.State != ModelState.ShiftedHarmless), "with other findings"));

    private string SilentText
    {
        get
        {
            if (Silent.Count == 0) { return "all are sending"; }
            return Silent.Max(row => Now - row.LastData) is { } longest ? $"silent for {InstantWords.Age(longest)}" : "nothing received yet";
        }
    }

    protected override void OnParametersSet()
    {
        Severe = [.. Page.Rows.Where(row => row.Verdict.Severity >= Severity.Major || (row.Verdict.Severity is null && row.Verdict.State is ModelState.ShiftedHarmful or ModelState.BrokenData))];
        Warned = [.. Page.Rows.Except(Severe).Where(row => row.Verdict.Severity is not null || row.Verdict.State == ModelState.ShiftedHarmless)];
        var rest = Page.Rows.Except(Severe).Except(Warned).ToList();
        Silent = [.. rest.Where(row => row.Verdict.State == ModelState.NoData)];
        Young = [.. rest.Where(row => row.Verdict.State is ModelState.Learning or ModelState.Provisional)];
        Unclear = [.. rest.Where(row => row.Verdict.State == ModelState.CannotTell)];
        Healthy = rest.Count - Silent.Count - Young.Count - Unclear.Count;
    }

    // With one kind only, the number above already counts it.
    private static string Joined(params (int Count, string Words)[] parts)
    {
        var present = parts.Where(part => part.Count > 0).ToList();
        return present.Count == 1 ? present[0].Words : string.Join(" · ", present.Select(part => $"{part.Count} {part.Words}"));
    }
}

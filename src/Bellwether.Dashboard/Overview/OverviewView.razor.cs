using Bellwether.Dashboard.Wording;
using Bellwether.Monitoring.Overview;
using Microsoft.AspNetCore.Components;

namespace Bellwether.Dashboard.Overview;

/// <summary>All models: what is wrong comes first.</summary>
public sealed partial class OverviewView
{
    private string _filter = "";
    private PageRange? _loaded;

    [Inject]
    private IModelViews Views { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Key of a <see cref="PageRange"/>.</summary>
    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeKey { get; set; }

    [SupplyParameterFromQuery(Name = "filter")]
    public string? InitialFilter { get; set; }

    private PageRange Range => PageRange.Of(RangeKey);

    private IReadOnlyList<OverviewRow> Visible => Shown is null ? [] :
        [.. Shown.Rows.Where(Matches).OrderByDescending(row => row.Verdict.Severity).ThenByDescending(Urgency).ThenBy(row => row.Model)];

    protected override Task<OverviewPage?> LoadAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Views.OverviewAsync(Range.Length, now, cancellationToken)!;

    protected override void OnInitialized() => _filter = InitialFilter ?? "";

    protected override async Task OnParametersSetAsync()
    {
        if (_loaded == Range) { return; }
        _loaded = Range;
        await ReloadAsync();
    }

    private static int Urgency(OverviewRow row) => row.Verdict.State switch
    {
        Contracts.Registry.ModelState.ShiftedHarmful => 6,
        Contracts.Registry.ModelState.BrokenData => 5,
        Contracts.Registry.ModelState.ShiftedHarmless => 4,
        Contracts.Registry.ModelState.NoData or Contracts.Registry.ModelState.CannotTell => 3,
        Contracts.Registry.ModelState.Provisional => 2,
        Contracts.Registry.ModelState.Learning => 1,
        _ => 0,
    };

    private bool Matches(OverviewRow row) => _filter.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(word =>
        row.Model.Value.Contains(word, StringComparison.OrdinalIgnoreCase)
        || row.Team?.Contains(word, StringComparison.OrdinalIgnoreCase) == true
        || row.Version?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);

    private void Filter(ChangeEventArgs change)
    {
        _filter = change.Value?.ToString() ?? "";
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("filter", _filter.Length == 0 ? null : _filter), replace: true);
    }

    private void Choose(PageRange range) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("range", range.Key));
}

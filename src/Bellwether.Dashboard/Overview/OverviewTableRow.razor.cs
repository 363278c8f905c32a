using System.Globalization;
using Bellwether.Contracts;
using Bellwether.Dashboard.Signs;
using Bellwether.Dashboard.Wording;
using Bellwether.Monitoring.Overview;
using Microsoft.AspNetCore.Components;

namespace Bellwether.Dashboard.Overview;

/// <summary>One model in the list.</summary>
public sealed partial class OverviewTableRow
{
    [Parameter, EditorRequired]
    public OverviewRow Row { get; set; } = null!;

    [Parameter, EditorRequired]
    public PageRange Range { get; set; } = PageRange.Week;

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    private string Address => Range == PageRange.Week ? $"/models/{Row.Model}" : $"/models/{Row.Model}?range={Range.Key}";

    private string Subtitle => string.Join(" · ", new[] { Row.Version, Row.Team }.Where(part => !string.IsNullOrEmpty(part)));

    private Tone Tone => Row.Verdict.Severity is { } severity ? Tones.Of(severity) : Tones.Of(Row.Verdict.State);

    // A drifted feature of a model at rest is worth a grey bar, not a red one.
    private Tone BarTone => Tone is Tone.Warning or Tone.Critical ? Tone : Tone.Quiet;

    private string Percent => (100.0 * Row.DriftedFeatures / Row.Features).ToString("0.#", CultureInfo.InvariantCulture);

    private double?[] Traffic => [.. Row.Traffic.Select(rows => (double?)rows)];

    private string TrendLabel => Row.Current is { } current
        ? $"{Row.Measure} over {Range.Words}: {Figures.Value(current)} now, {Figures.Change(Row.ChangeShare)} against the reference"
        : $"{Row.Measure} over {Range.Words}: cannot tell yet";
}

using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Dashboard.Charts;
using Bellwether.Dashboard.Wording;
using Bellwether.Monitoring.Overview;
using Microsoft.AspNetCore.Components;

namespace Bellwether.Dashboard.Performance;

/// <summary>One measure over time, with the reference's band, limits and alerts.</summary>
public sealed partial class MetricChart
{
    private string? _spec;

    [Parameter, EditorRequired]
    public IReadOnlyList<MeasureSeries> Measures { get; set; } = [];

    /// <summary>Name of the measure asked for; the first is shown when there is none of that name.</summary>
    [Parameter]
    public string? Measure { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<AlertMark> Marks { get; set; } = [];

    [Parameter, EditorRequired]
    public TimeWindow Range { get; set; }

    /// <summary>Length of a window, in words.</summary>
    [Parameter, EditorRequired]
    public string WindowText { get; set; } = "";

    [Parameter, EditorRequired]
    public EventCallback<string> Chosen { get; set; }

    protected override string Kind => "metric";

    private ElementReference HostElement { get => Host; set => Host = value; }

    private MeasureSeries? Series => Measures.FirstOrDefault(measure => measure.Name == Measure) ?? (Measures.Count > 0 ? Measures[0] : null);

    private string Aside => Series is { } series ? $"{WindowText} · n = {Figures.Count(series.Points.Sum(point => point.Rows))}" : WindowText;

    protected override string? Spec() => _spec;

    protected override void OnParametersSet() =>
        _spec = Series is { } series ? JsonSerializer.Serialize(MetricSpec.Of(series, Marks, Range), ChartJson.Default.MetricSpec) : null;
}

using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Registry;

namespace Bellwether.Monitoring.Overview;

/// <summary>One sentence on a model, and the facts it rests on.</summary>
/// <param name="State">Where the model stands.</param>
/// <param name="Severity">Of the worst firing alert; null when none fires.</param>
/// <param name="Headline">The part set in bold: what is wrong, or that all is well.</param>
/// <param name="Detail">Since when, what moved first, how far outcomes confirm it.</param>
/// <param name="Basis">What it stands on: reference and its state, maturity of outcomes.</param>
public sealed record Verdict(ModelState State, Severity? Severity, string Headline, string Detail, string Basis);

/// <summary>A model's row in the overview.</summary>
/// <param name="Measure">Name of the leading measure such as <c>AUC</c>.</param>
/// <param name="Trend">Its value a window, oldest first; null where it cannot be told.</param>
/// <param name="BandLow">Lower end of the reference's 95 % band; null without one.</param>
/// <param name="Current">Latest realised value.</param>
/// <param name="ChangeShare">Against the reference, as a share (−0.1 is 10 % less); null when unknown.</param>
/// <param name="Traffic">Rows a window, oldest first.</param>
/// <param name="RowsPerSecond">Over the last 24 h of event time.</param>
public sealed record OverviewRow(
    ModelKey Model, string? Version, string? Team, Verdict Verdict, string Measure, IReadOnlyList<double?> Trend, double? BandLow, double? BandHigh,
    double? Current, double? ChangeShare, int DriftedFeatures, int Features, IReadOnlyList<double> Traffic, double RowsPerSecond,
    IReadOnlyDictionary<Severity, int> OpenAlerts, DateTimeOffset? LastData);

/// <summary>All models.</summary>
/// <param name="OutcomeCoverage">Share of predictions of the last 7 days with outcome; null without predictions.</param>
public sealed record OverviewPage(IReadOnlyList<OverviewRow> Rows, double RowsPerSecond, double? OutcomeCoverage, DateTimeOffset AsOf);

/// <summary>One point of a measure's chart.</summary>
public sealed record MeasurePoint(DateTimeOffset Start, DateTimeOffset End, double? Value, double? Low, double? High, string State, long Rows, double Coverage);

/// <summary>A limit drawn in the chart.</summary>
public sealed record LimitLine(double Value, bool IsUpper, Severity Severity, string MonitorId);

/// <summary>An alert drawn in the chart.</summary>
public sealed record AlertMark(DateTimeOffset At, Severity Severity, string Column, string Text);

/// <summary>One measure over the page's range.</summary>
/// <param name="Name">As in the API, such as <c>auc</c>.</param>
/// <param name="Label">For people, such as <c>AUC</c>.</param>
public sealed record MeasureSeries(string Name, string Label, string Unit, IReadOnlyList<MeasurePoint> Points, double? BandLow, double? BandHigh, IReadOnlyList<LimitLine> Limits);

/// <summary>A row of the heatmap.</summary>
/// <param name="Cells">One a window: distance to the seasonal baseline in multiples of its tolerance (1 = at the tolerance); null where nothing can be told.</param>
public sealed record HeatmapRow(string Column, string Topic, Severity? OpenSeverity, IReadOnlyList<double?> Cells);

/// <summary>Features by windows.</summary>
public sealed record Heatmap(IReadOnlyList<TimeWindow> Windows, IReadOnlyList<HeatmapRow> Rows);

/// <summary>A model's page over a range of event time.</summary>
public sealed record ModelPage(
    ModelKey Model, ModelTask Task, string? Version, IReadOnlyDictionary<string, string> Labels, Verdict Verdict, TimeWindow Range, string WindowText,
    IReadOnlyList<MeasureSeries> Measures, IReadOnlyList<AlertMark> Marks, Heatmap Heatmap, IReadOnlyList<Alert> FiringAlerts,
    string ReferenceText, string BudgetText);

/// <summary>One bar of a histogram; categories have equal ends.</summary>
public sealed record HistogramBin(string Label, double Low, double High, double ReferenceShare, double CurrentShare);

/// <summary>One named figure of the panel, ready to print, with what it means.</summary>
public sealed record PanelFigure(string Label, string Value, string Title);

/// <summary>One cell of the heatmap looked into: the reference against the current window.</summary>
public sealed record CellDetail(ModelKey Model, string Column, TimeWindow Window, bool IsNumeric, IReadOnlyList<HistogramBin> Bins, IReadOnlyList<PanelFigure> Figures, string Sentence);

/// <summary>What the pages show. Ranges and windows are event time.</summary>
public interface IModelViews
{
    Task<OverviewPage> OverviewAsync(TimeSpan range, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Null for an unknown model.</summary>
    Task<ModelPage?> ModelAsync(ModelKey model, TimeSpan range, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>What one cell of a page's heatmap pools. Null for an unknown model, column or window.</summary>
    /// <param name="model">Its key.</param>
    /// <param name="column">The cell's row.</param>
    /// <param name="range">Of the page: it decides how many windows a cell pools.</param>
    /// <param name="windowStart">Any instant in the cell.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<CellDetail?> CellAsync(ModelKey model, string column, TimeSpan range, DateTimeOffset windowStart, CancellationToken cancellationToken);
}

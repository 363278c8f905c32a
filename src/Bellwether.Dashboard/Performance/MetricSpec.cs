using Bellwether.Contracts;
using Bellwether.Dashboard.Wording;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Overview;

namespace Bellwether.Dashboard.Performance;

/// <summary>A measure's chart as <c>charts.js</c> draws it; instants in milliseconds since 1970.</summary>
internal sealed record MetricSpec(
    long From, long To, string Sentence, IReadOnlyList<MetricSpecPoint> Points, double? BandLow, double? BandHigh,
    IReadOnlyList<MetricSpecLimit> Limits, IReadOnlyList<MetricSpecMark> Marks)
{
    public static MetricSpec Of(MeasureSeries series, IReadOnlyList<AlertMark> marks, TimeWindow range)
    {
        var byWindow = series.Points.Select(point => marks.Where(mark => mark.At >= point.Start && mark.At < point.End).ToList()).ToList();
        var points = series.Points.Select((point, i) => MetricSpecPoint.Of(point, series.Unit, byWindow[i])).ToList();
        return new MetricSpec(
            range.Start.ToUnixTimeMilliseconds(), range.End.ToUnixTimeMilliseconds(), Describe(series), points, series.BandLow, series.BandHigh,
            [.. series.Limits.Select(MetricSpecLimit.Of)], [.. MarksOf(points, byWindow)]);
    }

    /// <summary>The chart in a sentence, for who cannot see it.</summary>
    public static string Describe(MeasureSeries series)
    {
        var known = series.Points.Where(point => point.Value is not null).ToList();
        return known.Count == 0
            ? $"{series.Label}: cannot be told in any of {series.Points.Count} windows."
            : $"{series.Label} in {known.Count} of {series.Points.Count} windows, between {Figures.Value(known.Min(p => p.Value))} and "
              + $"{Figures.Value(known.Max(p => p.Value))}; {Figures.Value(known[^1].Value)} in the last.";
    }

    // One mark a window, however many columns fired in it; where nothing is known it lies at the last height known.
    private static IEnumerable<MetricSpecMark> MarksOf(List<MetricSpecPoint> points, List<List<AlertMark>> byWindow)
    {
        double? height = points.FirstOrDefault(point => point.Value is not null)?.Value;
        for (int i = 0; i < points.Count; i++)
        {
            height = points[i].Value ?? height;
            if (byWindow[i].Count > 0 && height is { } y) { yield return new MetricSpecMark(points[i].At, y, byWindow[i].Max(mark => mark.Severity).ToString()); }
        }
    }
}

/// <param name="At">The window's middle.</param>
/// <param name="Note">Lines of its tooltip.</param>
internal sealed record MetricSpecPoint(long At, double? Value, double? Low, double? High, IReadOnlyList<string> Note)
{
    private const int MostMarks = 4;

    public static MetricSpecPoint Of(MeasurePoint point, string unit, List<AlertMark> marks)
    {
        bool known = point.State == "ok" && point.Value is { } v && double.IsFinite(v);
        string value = Figures.Value(point.Value) + (unit.Length > 0 ? " " + unit : "");
        List<string> note =
        [
            InstantWords.Window(new TimeWindow(point.Start, point.End)),
            !known ? MeasureWords.Unknown(point.State)
                : point.Low is not null && point.High is not null ? $"{value}  ({Figures.Value(point.Low)} to {Figures.Value(point.High)})"
                : value,
            $"{Figures.Count(point.Rows)} rows, {Figures.Share(point.Coverage)} with outcome",
            .. marks.OrderByDescending(mark => mark.Severity).Take(MostMarks).Select(mark => mark.Column.Length == 0 ? mark.Text : $"{ColumnWords.Of(mark.Column)}: {mark.Text}"),
        ];
        if (marks.Count > MostMarks) { note.Add($"and {marks.Count - MostMarks} more alerts"); }
        long at = (point.Start.ToUnixTimeMilliseconds() + point.End.ToUnixTimeMilliseconds()) / 2;
        return new MetricSpecPoint(at, known ? point.Value : null, known ? Finite(point.Low) : null, known ? Finite(point.High) : null, note);
    }

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}

internal sealed record MetricSpecLimit(double Value, string Severity, string Text)
{
    public static MetricSpecLimit Of(LimitLine limit) =>
        new(limit.Value, limit.Severity.ToString(), $"{(limit.Severity >= Contracts.Severity.Major ? "limit" : "warn")} {Figures.Short(limit.Value)}");
}

internal sealed record MetricSpecMark(long At, double Value, string Severity);

using System.Globalization;
using Bellwether.Contracts;
using Bellwether.Dashboard.Wording;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Overview;

namespace Bellwether.Dashboard.Drift;

/// <summary>A heatmap as <c>charts.js</c> draws it.</summary>
/// <param name="Columns">By the name they are chosen by.</param>
/// <param name="Labels">The same columns in words.</param>
/// <param name="Windows">In words, one a column of the picture.</param>
/// <param name="Cells">A row for each of the columns watched; null where it cannot be told.</param>
internal sealed record HeatmapSpec(
    IReadOnlyList<string> Columns, IReadOnlyList<string> Labels, IReadOnlyList<string> Windows,
    IReadOnlyList<HeatmapTick> Ticks, IReadOnlyList<IReadOnlyList<double?>> Cells)
{
    public static HeatmapSpec Of(IReadOnlyList<TimeWindow> windows, IReadOnlyList<HeatmapRow> rows) => new(
        [.. rows.Select(row => row.Column)],
        [.. rows.Select(row => ColumnWords.Of(row.Column))],
        [.. windows.Select(InstantWords.Window)],
        TicksOf(windows),
        [.. rows.Select(row => (IReadOnlyList<double?>)[.. row.Cells.Select(Rounded)])]);

    // Three digits are more than an eye sees in a colour, and half of the bytes.
    private static double? Rounded(double? distance) => distance is { } d && double.IsFinite(d) ? Math.Round(d, 2) : null;

    // Days where there are some, else every fourth hour; at most about ten.
    private static List<HeatmapTick> TicksOf(IReadOnlyList<TimeWindow> windows)
    {
        if (windows.Count == 0) { return []; }
        bool byDay = windows[^1].End - windows[0].Start > TimeSpan.FromHours(30);
        var starts = Enumerable.Range(0, windows.Count)
            .Where(i => i == 0 || (byDay ? windows[i].Start.UtcDateTime.Date != windows[i - 1].Start.UtcDateTime.Date : windows[i].Start.UtcDateTime.Hour % 4 == 0 && windows[i].Start.UtcDateTime.Hour != windows[i - 1].Start.UtcDateTime.Hour))
            .ToList();
        // The first window seldom begins its day; its label would run into the next.
        if (starts.Count > 2 && starts[1] - starts[0] < starts[2] - starts[1]) { starts.RemoveAt(0); }
        int every = (starts.Count + 9) / 10;
        return [.. starts.Where((_, i) => i % every == 0).Select(i => new HeatmapTick(i, Label(windows[i].Start.UtcDateTime, byDay, starts.Count)))];
    }

    private static string Label(DateTime start, bool byDay, int days) =>
        start.ToString(!byDay ? "HH:mm" : days > 9 ? "d MMM" : "ddd d", CultureInfo.InvariantCulture);
}

/// <param name="Window">Position of the window that the text stands under.</param>
internal sealed record HeatmapTick(int Window, string Text);

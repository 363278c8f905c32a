using Bellwether.Monitoring.Overview;

namespace Bellwether.Dashboard.Drift;

/// <summary>Which rows of a heatmap are shown, and in what order.</summary>
internal static class HeatmapOrder
{
    /// <summary>Open alerts first, worst first; then by the greatest distance reached; then by name.</summary>
    public static IReadOnlyList<HeatmapRow> BySeverity(IEnumerable<HeatmapRow> rows) =>
        [.. rows.OrderByDescending(row => row.OpenSeverity).ThenByDescending(Greatest).ThenBy(row => row.Column, StringComparer.Ordinal)];

    /// <summary>Whether an alert is open or a window lies beyond the tolerance.</summary>
    public static bool IsDrifting(HeatmapRow row) => row.OpenSeverity is not null || Greatest(row) >= 1;

    private static double Greatest(HeatmapRow row) => row.Cells.Max() ?? -1;
}

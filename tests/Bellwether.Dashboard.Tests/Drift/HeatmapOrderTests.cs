using Bellwether.Contracts;
using Bellwether.Dashboard.Drift;
using Bellwether.Monitoring.Overview;

namespace Bellwether.Dashboard.Tests.Drift;

public class HeatmapOrderTests
{
    private static readonly HeatmapRow Quiet = new("quiet", "inputs", null, [0.1, null]);
    private static readonly HeatmapRow Untold = new("untold", "inputs", null, [null, null]);
    private static readonly HeatmapRow Far = new("far", "inputs", null, [9, 0]);
    private static readonly HeatmapRow Warned = new("warned", "inputs", Severity.Warning, [0.2, 0.3]);
    private static readonly HeatmapRow Critical = new("critical", "inputs", Severity.Critical, [1.1, 1.2]);

    [Fact]
    public void Open_alerts_come_first_then_what_went_farthest() =>
        Assert.Equal([Critical, Warned, Far, Quiet, Untold], HeatmapOrder.BySeverity([Untold, Quiet, Far, Warned, Critical]));

    [Fact]
    public void An_open_alert_or_a_window_beyond_tolerance_counts_as_drifting() =>
        Assert.Equal([Far, Warned, Critical], new[] { Quiet, Untold, Far, Warned, Critical }.Where(HeatmapOrder.IsDrifting));

    [Fact]
    public void A_sketch_keeps_unknown_cells_apart_from_zero()
    {
        var start = new DateTimeOffset(2026, 7, 24, 0, 0, 0, TimeSpan.Zero);
        var spec = HeatmapSpec.Of([new TimeWindow(start, start.AddHours(1)), new TimeWindow(start.AddHours(1), start.AddHours(2))], [new HeatmapRow("x", "inputs", null, [0, null])]);
        Assert.Equal([0, null], spec.Cells[0]);
    }

    [Fact]
    public void The_score_is_shown_in_words_and_chosen_by_its_name()
    {
        var start = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
        var spec = HeatmapSpec.Of([new TimeWindow(start, start.AddHours(1))], [new HeatmapRow("_score", "score", null, [0]), new HeatmapRow("age", "inputs", null, [0])]);
        Assert.Equal(["the score", "age"], spec.Labels);
        Assert.Equal(["_score", "age"], spec.Columns);
    }
}

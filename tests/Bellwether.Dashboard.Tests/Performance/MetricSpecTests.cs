using Bellwether.Contracts;
using Bellwether.Dashboard.Performance;
using Bellwether.Monitoring.Overview;

namespace Bellwether.Dashboard.Tests.Performance;

public class MetricSpecTests
{
    private static readonly DateTimeOffset Start = new(2026, 7, 24, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_window_that_cannot_be_told_is_a_gap_that_says_why()
    {
        var spec = Spec([Point(0, 0.9), Point(1, 0.5, "tooFew"), Point(2, 0.88)]);
        Assert.Equal([0.9, null, 0.88], spec.Points.Select(point => point.Value));
        Assert.Null(spec.Points[1].Low);
        Assert.Contains("Too few outcomes to tell yet", spec.Points[1].Note);
    }

    [Fact]
    public void Many_alerts_of_one_window_are_one_mark_of_the_worst_severity()
    {
        var marks = Enumerable.Range(0, 30).Select(i => new AlertMark(Start.AddMinutes(70 + i), i == 7 ? Severity.Critical : Severity.Warning, $"feature_{i}", "moved")).ToList();
        var spec = Spec([Point(0, 0.9), Point(1, 0.8), Point(2, 0.7)], marks);
        Assert.Equal(("Critical", 0.8), (spec.Marks.Single().Severity, spec.Marks.Single().Value));
        Assert.Equal("and 26 more alerts", spec.Points[1].Note[^1]);
        Assert.Contains("feature_7: moved", spec.Points[1].Note);
    }

    [Fact]
    public void An_alert_where_nothing_is_known_lies_at_the_last_height_known()
    {
        var spec = Spec([Point(0, 0.9), Point(1, 0, "noOutcomes")], [new AlertMark(Start.AddMinutes(90), Severity.Warning, "x", "moved")]);
        Assert.Equal(0.9, spec.Marks.Single().Value);
    }

    [Fact]
    public void The_sentence_says_when_nothing_can_be_told()
    {
        var series = new MeasureSeries("auc", "AUC", "", [Point(0, 0, "noOutcomes") with { Value = null }], null, null, []);
        Assert.Equal("AUC: cannot be told in any of 1 windows.", MetricSpec.Describe(series));
    }

    private static MetricSpec Spec(IReadOnlyList<MeasurePoint> points, IReadOnlyList<AlertMark>? marks = null) =>
        MetricSpec.Of(new MeasureSeries("auc", "AUC", "", points, 0.89, 0.92, [new LimitLine(0.85, false, Severity.Critical, "auc.limit")]), marks ?? [], new TimeWindow(Start, Start.AddHours(3)));

    private static MeasurePoint Point(int hour, double value, string state = "ok") =>
        new(Start.AddHours(hour), Start.AddHours(hour + 1), value, value - 0.01, value + 0.01, state, 2000, 0.8);
}

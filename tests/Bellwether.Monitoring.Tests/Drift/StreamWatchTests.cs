using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Statistics.Drift;

namespace Bellwether.Monitoring.Tests.Drift;

public sealed class StreamWatchTests
{
    private static readonly WatchClock Clock = new(new WindowGrid(TimeSpan.FromHours(1), TimeZoneInfo.Utc), 1);
    private static readonly EventStream Stream = new("amount", StreamKind.Values, BudgetPool.Inputs, 0, 1);
    private static readonly StreamBaseline Baseline = new("amount", HasRhythm: false, EventReference.Static([500], 1000));

    [Theory, InlineData(false), InlineData(true)]
    public void A_day_before_an_outage_is_judged_once_however_long_the_outage_lasts(bool restarted)
    {
        var watch = new StreamWatch(Stream, Baseline, Clock);
        long day = Clock.DayStart(Clock.Grid.OrdinalOf(SyntheticWorld.Start));
        for (long hour = day; hour < day + 24; hour++) { Step(watch, hour, rows: 5, count: 4); }
        Step(watch, day + 24, rows: 0, count: 0);
        double evidence = watch.Detector!.Evidence(2);

        for (long hour = day + 25; hour < day + 48; hour++)
        {
            if (restarted) { watch = Restored(watch); }
            Step(watch, hour, rows: 0, count: 0);
        }

        Assert.InRange(evidence, 1e-4, 0.1);
        Assert.Equal(evidence, watch.Detector!.Evidence(2));
    }

    [Fact]
    public void Each_day_is_judged_when_values_come_on_every_day()
    {
        var watch = new StreamWatch(Stream, Baseline, Clock);
        long day = Clock.DayStart(Clock.Grid.OrdinalOf(SyntheticWorld.Start));
        var evidence = new List<double>();
        for (long hour = day; hour <= day + 96; hour++)
        {
            Step(watch, hour, rows: 5, count: 4);
            if ((hour - day) % 24 == 0 && hour > day) { evidence.Add(watch.Detector!.Evidence(2)); }
        }
        Assert.Equal(4, evidence.Distinct().Count());
    }

    private static void Step(StreamWatch watch, long hour, long rows, long count) =>
        watch.Step(hour, Clock.Grid.LocalStart(Clock.Grid.At(hour)), 1 / 8766.0, rows, [count]);

    private static StreamWatch Restored(StreamWatch watch)
    {
        var restored = new StreamWatch(Stream, Baseline, Clock);
        restored.Restore(Baseline, watch.Detector!.ToBytes(), watch.Learning!.ToBytes(), watch.Episode, watch.JudgedDay);
        return restored;
    }
}

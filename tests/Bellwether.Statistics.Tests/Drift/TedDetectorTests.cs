using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Drift;
using CsCheck;

namespace Bellwether.Statistics.Tests.Drift;

public sealed class TedDetectorTests
{
    private static readonly EventReference Wobbling = Fit(11, wobble: .3);
    private static readonly TedOptions Options = new(8_760, TedOptions.DefaultTolerances, true, 24);

    [Fact] // property: any counts, cut anywhere
    public void A_detector_read_from_bytes_continues_with_the_same_bits()
    {
        Assert.True(Wobbling.Track); // Otherwise the fast lane would go untested.
        Gen.Select(Gen.Int[0, 60], Gen.Double[0, 1]).Array[1, 60].Sample(windows =>
        {
            var straight = new TedDetector(Wobbling, Options);
            var resumed = new TedDetector(Wobbling, Options);
            double[] baseline = new double[2];
            for (int w = 0; w < windows.Length; w++)
            {
                Wobbling.Baseline([w % 24, w / 24 % 7, w % 24], baseline);
                long rows = windows[w].Item1, count = (long)(rows * windows[w].Item2);
                foreach (var detector in (TedDetector[])[straight, resumed])
                {
                    detector.Step([count, rows - count], rows, baseline, 1, w);
                    if (w == 20) { detector.Open(1); }
                }
                byte[] bytes = resumed.ToBytes();
                resumed = TedDetector.FromBytes(Wobbling, Options, bytes);
                if (!bytes.AsSpan().SequenceEqual(straight.ToBytes()) || !bytes.AsSpan().SequenceEqual(resumed.ToBytes())) { return false; }
            }
            return true;
        }, iter: 30);
    }

    [Fact]
    public void A_reference_read_from_bytes_is_the_same() =>
        Assert.Equal(Wobbling.ToBytes(), EventReference.FromBytes(Wobbling.ToBytes()).ToBytes());

    [Fact]
    public void A_cut_state_is_refused()
    {
        byte[] state = new TedDetector(Wobbling, Options).ToBytes();
        Assert.Throws<InvalidDataException>(() => TedDetector.FromBytes(Wobbling, Options, state.AsSpan(0, state.Length - 1)));
    }

    [Fact]
    public void A_window_without_rows_changes_nothing()
    {
        var detector = Static(1_000);
        Step(detector, 60, 100, 0);
        byte[] before = detector.ToBytes();
        Step(detector, 0, 0, 1);
        Assert.Equal(before, detector.ToBytes());
    }

    [Fact]
    public void A_rate_that_stays_is_quiet_and_one_that_jumps_alarms()
    {
        var detector = Static(1_000);
        for (int w = 0; w < 2_000; w++) { Step(detector, 50, 100, w); }
        Assert.InRange(detector.Evidence(0), 0, 10);
        for (int w = 2_000; w < 2_012; w++) { Step(detector, 80, 100, w); }
        Assert.True(detector.Evidence(0) >= 8_760);
        Assert.Equal((0, 1), (detector.Lead(0).Event, detector.Lead(0).Side));
        Assert.InRange(detector.Lead(0).SinceWindow, 1_990, 2_003);
        var size = detector.HeadlineSize(6);
        Assert.Equal((0, .8), (size.Event, size.Rate));
        Assert.InRange(size.BaselineRate, .499, .501);
        Assert.InRange(Angle.Of(.8) - Angle.Of(.5), size.AngleShift - size.HalfWidth, size.AngleShift + size.HalfWidth);
    }

    [Fact]
    public void An_episode_closes_once_it_is_old_enough_and_the_column_is_back()
    {
        var detector = Static(1_000, windowsPerDay: 1);
        for (int w = 0; w < 10; w++) { Step(detector, 90, 100, w); }
        detector.Open(1);
        Assert.Equal(0, detector.Evidence(0));
        Assert.Equal(0, detector.Evidence(1));
        Assert.True(detector.Evidence(2) > 0); // The level above goes on counting.
        for (int w = 10; w < 15; w++) { Step(detector, 50, 100, w); }
        Assert.False(detector.ShouldReturn);
        Step(detector, 50, 100, 15);
        Assert.True(detector.ShouldReturn);
        detector.Close();
        Assert.Equal((-1, 0, 0.0), (detector.OpenLevel, detector.LiveWindowsSinceOpen, detector.Evidence(2)));
    }

    [Fact]
    public void Evidence_is_scaled_down_but_never_up()
    {
        var detector = Static(1_000);
        Step(detector, 90, 100, 0);
        double before = detector.Evidence(0);
        detector.Scale(.5);
        Assert.Equal(before / 2, detector.Evidence(0), 1e-9 * before);
        Assert.Throws<ArgumentOutOfRangeException>(() => detector.Scale(2));
    }

    [Fact] // calibration: the mean of e is at most 1 at the edge of the tolerance, whatever the sample
    public void Evidence_at_the_edge_of_the_tolerance_grows_no_faster_than_the_clock()
    {
        var reference = EventReference.Static([50_000], 100_000);
        double edge = Angle.Inverse(Angle.Of(.5) + reference.Tolerance(0, .1));
        double sum = 0;
        const int Runs = 400, Windows = 50;
        for (int run = 0; run < Runs; run++)
        {
            var chance = new SplitMix64((ulong)run);
            var detector = new TedDetector(reference, new TedOptions(1e6, [.1], false, 1));
            for (int w = 0; w < Windows; w++)
            {
                int count = 0;
                for (int i = 0; i < 100; i++) { count += chance.NextDouble() < edge ? 1 : 0; }
                detector.Step([count], 100, reference.Angles.AsSpan(), 1, w);
            }
            sum += detector.Evidence(0);
        }
        Assert.InRange(sum / Runs, 1, Windows);
    }

    [Fact]
    public void Too_short_a_reference_is_refused()
    {
        Assert.Null(EventReference.TryFit(new long[7], [1, 1, 1, 1, 1, 1, 1], [], [], 1));
        Assert.Null(EventReference.TryFit(new long[9], new long[9], [], [], 1));
        Assert.Throws<ArgumentException>(() => EventReference.TryFit([2, 0], [1, 1], [], [], 1));
    }

    [Theory]
    [InlineData(60, 3)]
    [InlineData(24 * 60, 1)]
    [InlineData(7 * 24 * 60, 0)]
    public void The_rhythm_follows_the_length_of_a_window(int minutes, int factors) =>
        Assert.Equal(factors, Rhythm.For(TimeSpan.FromMinutes(minutes)).Length);

    [Fact]
    public void Keys_are_hour_weekday_and_both_and_holidays_stand_apart()
    {
        var factors = Rhythm.For(TimeSpan.FromHours(1));
        int[] keys = new int[3];
        Rhythm.Keys(factors, new DateTime(2024, 2, 25, 13, 0, 0), false, keys); // A Sunday.
        Assert.Equal([13, 6, 37], keys);
        Rhythm.Keys(factors, new DateTime(2024, 2, 26, 13, 0, 0), true, keys);
        Assert.Equal([13, 7, 37], keys);
    }

    private static EventReference Fit(ulong seed, double wobble)
    {
        var chance = new SplitMix64(seed);
        var factors = Rhythm.For(TimeSpan.FromHours(1));
        const int Windows = 24 * 28;
        long[] counts = new long[Windows * 2], rows = new long[Windows];
        int[] keys = new int[Windows * 3];
        double state = 0;
        for (int w = 0; w < Windows; w++)
        {
            state = .9 * state + Math.Sqrt(1 - .81) * chance.NextNormal();
            double rate = Angle.Inverse(Math.PI / 2 + wobble * state);
            rows[w] = 50 + chance.NextInt(50);
            for (int i = 0; i < rows[w]; i++) { counts[w * 2] += chance.NextDouble() < rate ? 1 : 0; }
            counts[w * 2 + 1] = rows[w] - counts[w * 2];
            Rhythm.Keys(factors, new DateTime(2024, 1, 1).AddHours(w), false, keys.AsSpan(w * 3, 3));
        }
        return EventReference.TryFit(counts, rows, factors, keys, 24)!;
    }

    private static TedDetector Static(long rows, int windowsPerDay = 24) =>
        new(EventReference.Static([rows / 2], rows), new TedOptions(8_760, TedOptions.DefaultTolerances, true, windowsPerDay));

    private static void Step(TedDetector detector, long count, long rows, int window) =>
        detector.Step([count], rows, [Math.PI / 2], 1, window);
}

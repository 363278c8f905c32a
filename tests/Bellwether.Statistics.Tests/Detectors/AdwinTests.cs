using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Detectors;
using CsCheck;

namespace Bellwether.Statistics.Tests.Detectors;

public sealed class AdwinTests
{
    [Fact]
    public void Width_mean_and_variance_are_those_of_the_newest_values() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 3000], Gen.Bool).Sample((seed, n, river) =>
        {
            double[] values = Stream(seed, n);
            var detector = new Adwin(new AdwinOptions(Compatibility: river ? Compatibility.River : Compatibility.Paper));
            var state = detector.Update(values);
            double[] window = values[^(int)detector.Width..];
            Assert.Equal(window.Average(), detector.Mean, 1e-9);
            Assert.Equal(window.Sum(x => (x - window.Average()) * (x - window.Average())) / window.Length, detector.Variance, 1e-8);
            Assert.True(state != DetectorState.WarmingUp || detector.Width <= 10);
        }, iter: 50);

    [Fact] // The early test of a cut spares divisions; against a plain program that tries every cut by the formula.
    public void Detects_exactly_where_trying_every_cut_does() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 40], Gen.Double[0.001, 0.5]).Sample((seed, clock, confidence) =>
        {
            double[] values = Stream(seed, 2500);
            var detector = new Adwin(new AdwinOptions(confidence, clock));
            var plain = new PlainAdwin(confidence, clock);
            foreach (double value in values)
            {
                bool drift = plain.Update(value);
                Assert.Equal(drift, detector.Update(value) == DetectorState.Drift);
                Assert.Equal(plain.Width, detector.Width);
            }
        }, iter: 20);

    [Fact]
    public void A_window_after_a_jump_holds_hardly_more_than_what_followed()
    {
        double[] values = [.. Enumerable.Range(0, 4000).Select(i => i < 2000 ? 0.0 : 1.0)];
        var detector = new Adwin();
        detector.Update(values);
        // A bucket that holds values of both sides may stay.
        Assert.InRange(detector.Width, 1990, 2050);
        Assert.InRange(detector.Mean, .97, 1);
    }

    [Fact]
    public void An_empty_window_has_no_mean()
    {
        Assert.Equal(double.NaN, new Adwin().Mean);
        Assert.Equal(double.NaN, new Adwin().Variance);
    }

    private static double[] Stream(ulong seed, int count)
    {
        var chance = new SplitMix64(seed);
        return [.. Enumerable.Range(0, count).Select(i => chance.NextNormal() + i / 700 % 3)];
    }

    /// <summary>Buckets as lists, oldest first; every cut by the paper's formula.</summary>
    private sealed class PlainAdwin(double confidence, int clock)
    {
        private readonly List<(long Size, double Total, double Squares)> _buckets = [];
        private int _tick;

        public long Width => _buckets.Sum(bucket => bucket.Size);

        public bool Update(double value)
        {
            _buckets.Add((1, value, 0));
            for (long size = 1; _buckets.Count(bucket => bucket.Size == size) > 5; size *= 2)
            {
                int at = _buckets.FindIndex(bucket => bucket.Size == size);
                var (first, second) = (_buckets[at], _buckets[at + 1]);
                _buckets[at] = Joined(first, second);
                _buckets.RemoveAt(at + 1);
            }
            if (++_tick % clock != 0 || Width <= 10) { return false; }
            bool drift = false;
            while (IsCut())
            {
                drift = true;
                _buckets.RemoveAt(0);
            }
            return drift;
        }

        private bool IsCut()
        {
            var all = _buckets.Aggregate(Joined);
            double log = Math.Log(2 * Math.Log(all.Size) / confidence);
            double n0 = 0, u0 = 0;
            foreach (var (size, total, _) in _buckets)
            {
                n0 += size;
                u0 += total;
                double n1 = all.Size - n0;
                if (n0 < 5 || n1 < 5) { continue; }
                double m = 1 / n0 + 1 / n1;
                double bound = Math.Sqrt(2 * m * (all.Squares / all.Size) * log) + 2 * m * log / 3;
                if (Math.Abs(u0 / n0 - (all.Total - u0) / n1) > bound) { return true; }
            }
            return false;
        }

        private static (long Size, double Total, double Squares) Joined((long Size, double Total, double Squares) a, (long Size, double Total, double Squares) b)
        {
            double difference = a.Total / a.Size - b.Total / b.Size;
            return (a.Size + b.Size, a.Total + b.Total, a.Squares + b.Squares + difference * difference * a.Size * b.Size / (a.Size + b.Size));
        }
    }
}

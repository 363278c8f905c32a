using System.Collections.Immutable;

namespace Bellwether.Statistics.Drift;

/// <summary>Fits an <see cref="EventReference"/>: level, rhythm by shrunk factors, wobble by block means, tracker.</summary>
internal static class EventReferenceFit
{
    private const int FewestWindows = 8;
    private const int FewestWindowsForTracking = 56;
    private const double HeaviestKurtosis = 1;

    public static EventReference? TryFit(
        ReadOnlySpan<long> counts, ReadOnlySpan<long> rows, ImmutableArray<RhythmFactor> factors, ReadOnlySpan<int> keys,
        int windowsPerDay, bool wobble, bool fastLane)
    {
        int all = rows.Length;
        int events = all == 0 ? 0 : counts.Length / all;
        Require(counts, rows, factors, keys, events, windowsPerDay);
        long total = 0;
        int live = 0;
        foreach (long n in rows)
        {
            total += n;
            live += n > 0 ? 1 : 0;
        }
        if (live < FewestWindows) { return null; }

        double[] p = new double[events], angles = new double[events];
        for (int j = 0; j < events; j++)
        {
            long sum = 0;
            for (int w = 0; w < all; w++) { sum += counts[w * events + j]; }
            p[j] = (sum + .5) / (total + 1.0);
            angles[j] = Angle.Of(p[j]);
        }

        double[] effects = new double[all * events], vf = new double[events];
        var tables = ImmutableArray.CreateBuilder<ImmutableArray<double>>(factors.Length);
        for (int f = 0; f < factors.Length; f++)
        {
            double[]? table = RhythmFit.TryFit(counts, rows, factors[f], Column(keys, f, factors.Length), p, angles, effects, vf);
            tables.Add(table is null ? [] : EventReference.Frozen(table));
        }

        double[] n1 = new double[live], residuals = new double[live * events];
        double inverse = 0;
        int row = 0;
        for (int w = 0; w < all; w++)
        {
            if (rows[w] == 0) { continue; }
            double n = n1[row] = rows[w];
            inverse += 1 / n;
            for (int j = 0; j < events; j++)
            {
                residuals[row * events + j] = Residual(counts[w * events + j], n, Angle.Rate(angles[j] + effects[w * events + j]));
            }
            row++;
        }
        inverse /= live;

        double[] own = new double[events];
        double pooled = wobble ? LongRun.Variance(residuals, n1, events, windowsPerDay, own) : 0;
        double meanVf = Mean(vf);
        var tracker = wobble && fastLane && live >= FewestWindowsForTracking
            ? WobbleTracker.TryFit(residuals, n1, events, windowsPerDay, inverse, p, vf, meanVf)
            : null;
        bool heavy = tracker is { Kurtosis: > HeaviestKurtosis };
        bool track = tracker is not null && !heavy;
        return new EventReference(events, live, total)
        {
            P = EventReference.Frozen(p),
            Angles = EventReference.Frozen(angles),
            Factors = factors,
            Tables = tables.DrainToImmutable(),
            V = 1.0 / total + pooled / live,
            Vf = EventReference.Frozen(vf),
            Own = EventReference.Frozen(own),
            TauSquared = pooled + meanVf,
            MeanInverseRows = inverse,
            Kurtosis = tracker?.Kurtosis ?? 0,
            Heavy = heavy,
            Track = track,
            Rho = track ? tracker!.Rho : 0,
            TrackerVariance = track ? EventReference.Frozen(tracker!.Variance) : [],
            S = track ? EventReference.Frozen(tracker!.S) : [],
            Pf = track ? EventReference.Frozen(tracker!.Left) : [],
        };
    }

    /// <summary>Distance of a count from its expectation, scaled so that a binomial has variance 1/n at every rate.</summary>
    public static double Residual(double count, double n, double p0) => (count - n * p0) / (n * Math.Sqrt(p0 * (1 - p0)));

    public static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) { sum += value; }
        return values.IsEmpty ? 0 : sum / values.Length;
    }

    private static int[] Column(ReadOnlySpan<int> keys, int column, int columns)
    {
        int[] one = new int[keys.Length / columns];
        for (int w = 0; w < one.Length; w++) { one[w] = keys[w * columns + column]; }
        return one;
    }

    private static void Require(
        ReadOnlySpan<long> counts, ReadOnlySpan<long> rows, ImmutableArray<RhythmFactor> factors, ReadOnlySpan<int> keys,
        int events, int windowsPerDay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowsPerDay, 1);
        if (counts.Length != rows.Length * events)
        {
            throw new ArgumentException($"{counts.Length} counts do not divide among {rows.Length} windows.", nameof(counts));
        }
        if (keys.Length != rows.Length * factors.Length)
        {
            throw new ArgumentException($"Expected {rows.Length * factors.Length} keys, got {keys.Length}.", nameof(keys));
        }
        for (int i = 0; i < keys.Length; i++)
        {
            var factor = factors[i % factors.Length];
            if ((uint)keys[i] >= (uint)factor.Groups)
            {
                throw new ArgumentException($"Key {keys[i]} of factor '{factor.Name}' is outside [0, {factor.Groups}).", nameof(keys));
            }
        }
        for (int w = 0; w < rows.Length; w++)
        {
            if (rows[w] < 0) { throw new ArgumentException($"Window {w} has {rows[w]} rows.", nameof(rows)); }
            for (int j = 0; j < events; j++)
            {
                if (counts[w * events + j] < 0 || counts[w * events + j] > rows[w])
                {
                    throw new ArgumentException(
                        $"Count {counts[w * events + j]} of event {j} in window {w} is outside [0, {rows[w]}].", nameof(counts));
                }
            }
        }
    }
}

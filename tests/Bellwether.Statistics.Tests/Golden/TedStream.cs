using System.Collections.Immutable;
using System.Text.Json;
using Bellwether.Statistics.Drift;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>The counts of one golden case: a reference, and the windows after it.</summary>
internal sealed class TedStream
{
    private static readonly DateTime Monday = new(2024, 1, 1);

    public required long[] Counts { get; init; }
    public required long[] RowCounts { get; init; }
    public required int WindowsPerDay { get; init; }
    public required int ReferenceWindows { get; init; }
    public ImmutableArray<RhythmFactor> Factors { get; init; } = [];

    public int Events => Counts.Length / RowCounts.Length;

    public static TedStream Of(JsonElement inputs, int windowsPerDay, int? referenceWindows, ImmutableArray<RhythmFactor> factors)
    {
        long[] rows = inputs.GetProperty("n").Integers();
        return new TedStream
        {
            Counts = inputs.GetProperty("K").Rows(),
            RowCounts = rows,
            WindowsPerDay = windowsPerDay,
            ReferenceWindows = referenceWindows ?? rows.Length,
            Factors = factors,
        };
    }

    public static TedStream Hourly(JsonElement inputs, int? referenceWindows) =>
        Of(inputs, 24, referenceWindows, Rhythm.For(TimeSpan.FromHours(1)));

    public EventReference Fit(bool wobble = true, bool fastLane = true)
    {
        int[] keys = new int[ReferenceWindows * Factors.Length];
        for (int w = 0; w < ReferenceWindows; w++) { Keys(w).CopyTo(keys, w * Factors.Length); }
        return EventReference.TryFit(
            Counts.AsSpan(0, ReferenceWindows * Events), RowCounts.AsSpan(0, ReferenceWindows), Factors, keys, WindowsPerDay, wobble, fastLane)!;
    }

    public int[] Keys(int window)
    {
        int[] keys = new int[Factors.Length];
        Rhythm.Keys(Factors, Monday + window * (TimeSpan.FromDays(1) / WindowsPerDay), false, keys);
        return keys;
    }

    public double[] Baseline(EventReference reference, int window)
    {
        double[] angles = new double[Events];
        reference.Baseline(Keys(window), angles);
        return angles;
    }

    public ReadOnlySpan<long> CountsOf(int window) => Counts.AsSpan(window * Events, Events);

    public void Step(TedDetector detector, EventReference reference, int window, double increment = 1) =>
        detector.Step(CountsOf(window), RowCounts[window], Baseline(reference, window), increment, window);

    /// <summary>Evidence at the first level after every window that follows the reference.</summary>
    public double[] Evidence(EventReference reference, double alarmLimit, double tolerance = .1, double increment = 1, int? lane = null)
    {
        var detector = new TedDetector(reference, new TedOptions(alarmLimit * increment, [tolerance], true, WindowsPerDay));
        var evidence = new List<double>();
        for (int w = ReferenceWindows; w < RowCounts.Length; w++)
        {
            Step(detector, reference, w, increment);
            evidence.Add((lane is { } one ? detector.LaneEvidence(0, one) : detector.Evidence(0)) / increment);
        }
        return [.. evidence];
    }
}

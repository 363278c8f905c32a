using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Drift;
using BenchmarkDotNet.Attributes;

namespace Bellwether.Benchmarks;

/// <summary>
/// One window of one numeric feature: the tolerance e-detector on 13 counts, three severities, beside the obvious alternative, a
/// two-sample Kolmogorov–Smirnov distance on the raw rows (sort included), which a daily job would compute.
/// </summary>
[MemoryDiagnoser]
public class DetectorStep
{
    private const int Events = 13;
    private const int Windows = 672;

    private EventReference _reference = null!;
    private TedDetector _bothLanes = null!;
    private TedDetector _slowLane = null!;
    private double[] _angles = [];
    private long[] _counts = [];
    private double[] _sortedReference = [];
    private double[] _rows = [];
    private double[] _scratch = [];
    private long _ordinal;

    [Params(200, 2000)]
    public int RowsPerWindow { get; set; }

    [GlobalSetup]
    public void Fit()
    {
        var random = new SplitMix64(7);
        var factors = Rhythm.For(TimeSpan.FromHours(1));
        var counts = new long[Windows * Events];
        var rows = new long[Windows];
        var keys = new int[Windows * factors.Length];
        var start = new DateTime(2026, 1, 5);
        double wobble = 0;
        for (int w = 0; w < Windows; w++)
        {
            wobble = .9 * wobble + .1 * random.NextNormal();
            Rhythm.Keys(factors, start.AddHours(w), false, keys.AsSpan(w * factors.Length, factors.Length));
            rows[w] = RowsPerWindow;
            Count(random, .3 * Math.Sin(w * Math.PI / 12) + wobble, counts.AsSpan(w * Events, Events));
        }
        _reference = EventReference.TryFit(counts, rows, factors, keys, 24)!;
        var options = new TedOptions(1, TedOptions.DefaultTolerances, FastLane: true, WindowsPerDay: 24);
        _bothLanes = new TedDetector(_reference, options);
        _slowLane = new TedDetector(_reference, options with { FastLane = false });
        _angles = new double[Events];
        _reference.Baseline(keys.AsSpan(0, factors.Length), _angles);
        _counts = counts[..Events];
        _rows = [.. Enumerable.Range(0, RowsPerWindow).Select(_ => random.NextNormal())];
        _sortedReference = [.. Enumerable.Range(0, 10_000).Select(_ => random.NextNormal()).Order()];
        _scratch = new double[RowsPerWindow];
    }

    [Benchmark(Baseline = true)]
    public double SortAndKolmogorovSmirnov()
    {
        _rows.CopyTo(_scratch, 0);
        Array.Sort(_scratch);
        double largest = 0;
        for (int i = 0, j = 0; i < _scratch.Length; i++)
        {
            while (j < _sortedReference.Length && _sortedReference[j] <= _scratch[i]) { j++; }
            largest = Math.Max(largest, Math.Abs((i + 1.0) / _scratch.Length - (double)j / _sortedReference.Length));
        }
        return largest;
    }

    [Benchmark]
    public double StepSlowLane()
    {
        _slowLane.Step(_counts, RowsPerWindow, _angles, 1 / 8766.0, _ordinal++);
        return _slowLane.Evidence(0);
    }

    [Benchmark]
    public double StepBothLanes()
    {
        _bothLanes.Step(_counts, RowsPerWindow, _angles, 1 / 8766.0, _ordinal++);
        return _bothLanes.Evidence(0);
    }

    private void Count(SplitMix64 random, double mean, Span<long> counts)
    {
        for (int r = 0; r < RowsPerWindow; r++)
        {
            double x = random.NextNormal() + mean;
            for (int j = 0; j < Events; j++) { counts[j] += x <= -2.4 + .4 * j ? 1 : 0; }
        }
    }
}

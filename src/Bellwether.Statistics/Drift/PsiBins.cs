using Bellwether.Statistics.Summaries;

namespace Bellwether.Statistics.Drift;

/// <summary>Two samples counted into the bins of one convention, ready for <see cref="PopulationStability"/> and the divergences.</summary>
/// <remarks>
/// Pooled bins move with the current sample, so that figures of two windows are over different bins: keep to the reference's where they will be compared.
/// </remarks>
public sealed class PsiBins
{
    private const int Bins = 10;

    private PsiBins(double[] edges, double[] reference, double[] current)
    {
        Edges = edges;
        Reference = reference;
        Current = current;
    }

    /// <summary>
    /// The edges: under <see cref="PsiBinning.ReferenceDeciles"/> the k − 1 inner ones, each the least value of the bin to its right; under
    /// <see cref="PsiBinning.DistinctValues"/> the k values; else all k + 1.
    /// </summary>
    public IReadOnlyList<double> Edges { get; }

    /// <summary>The reference's counts of k bins.</summary>
    public IReadOnlyList<double> Reference { get; }

    /// <summary>The current sample's counts of the same bins.</summary>
    public IReadOnlyList<double> Current { get; }

    /// <param name="reference">n ≥ 1 finite values.</param>
    /// <param name="current">m ≥ 1 finite values.</param>
    /// <param name="binning">The convention.</param>
    /// <returns>The bins and their counts. O((n + m) log(n + m)).</returns>
    /// <exception cref="ArgumentException">A sample is empty or holds a value that is not finite.</exception>
    public static PsiBins Of(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, PsiBinning binning)
    {
        var (low, high) = Histogram.Range(reference, nameof(reference));
        Histogram.Range(current, nameof(current));
        return binning switch
        {
            PsiBinning.ReferenceDeciles => Between(Deciles(reference), reference, current),
            PsiBinning.ReferenceWidth => ByWidth(low, high, reference, current),
            PsiBinning.PooledWidth => Within(Histogram.Edges(Pool(reference, current), Bins), reference, current),
            PsiBinning.PooledSturges => Within(Histogram.Edges(Pool(reference, current), HistogramRule.Sturges), reference, current),
            PsiBinning.DistinctValues => AtValues(reference, current),
            _ => throw new ArgumentException($"There is no binning {binning}.", nameof(binning)),
        };
    }

    /// <summary>The counts between edges that the caller has fixed; both outer bins are open.</summary>
    /// <param name="reference">n ≥ 1 finite values.</param>
    /// <param name="current">m ≥ 1 finite values.</param>
    /// <param name="edges">k − 1 ≥ 1 strictly ascending inner edges, each the least value of the bin to its right.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds a value that is not finite, or the edges do not ascend.</exception>
    public static PsiBins Of(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, ReadOnlySpan<double> edges)
    {
        Histogram.Range(reference, nameof(reference));
        Histogram.Range(current, nameof(current));
        if (edges.IsEmpty) { throw new ArgumentException("There are no edges.", nameof(edges)); }
        for (int i = 0; i < edges.Length; i++)
        {
            if (double.IsNaN(edges[i]) || (i > 0 && !(edges[i] > edges[i - 1]))) { throw new ArgumentException($"Edge {edges[i]} does not ascend.", nameof(edges)); }
        }
        return Between(edges.ToArray(), reference, current);
    }

    /// <summary>The population stability index over these bins.</summary>
    public double Index(EmptyBins emptyBins = EmptyBins.ReplaceZeros) => PopulationStability.Index((double[])Reference, (double[])Current, emptyBins);

    private static double[] Deciles(ReadOnlySpan<double> reference)
    {
        double[] ascending = reference.ToArray();
        Array.Sort(ascending);
        var edges = new List<double>(Bins - 1);
        for (int i = 1; i < Bins; i++)
        {
            double edge = Quantile.Of(ascending, i / (double)Bins);
            if (edges.Count == 0 || edge > edges[^1]) { edges.Add(edge); }
        }
        return [.. edges];
    }

    private static PsiBins Between(double[] edges, ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        return new PsiBins(edges, Counts(reference), Counts(current));

        double[] Counts(ReadOnlySpan<double> values)
        {
            double[] counts = new double[edges.Length + 1];
            foreach (double value in values)
            {
                int at = Array.BinarySearch(edges, value);
                counts[at >= 0 ? at + 1 : ~at]++;
            }
            return counts;
        }
    }

    private static PsiBins ByWidth(double low, double high, ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        if (low == high) { (low, high) = (low - .5, high + .5); } // A constant reference fills one bin of width 1/10 about itself.
        double width = (high - low) / Bins;
        return new PsiBins(Histogram.Edges(low, high, Bins), Counts(reference), Counts(current));

        double[] Counts(ReadOnlySpan<double> values)
        {
            double[] counts = new double[Bins];
            foreach (double value in values) { counts[(int)Math.Clamp(Math.Floor((value - low) / width), 0, Bins - 1)]++; }
            return counts;
        }
    }

    private static PsiBins Within(double[] edges, ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double[] counts = new double[edges.Length - 1], now = new double[edges.Length - 1];
        Histogram.Count(reference, edges, counts);
        Histogram.Count(current, edges, now);
        return new PsiBins(edges, counts, now);
    }

    private static PsiBins AtValues(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double[] all = Pool(reference, current);
        Array.Sort(all);
        double[] distinct = [.. all.Distinct()];
        return new PsiBins(distinct, Counts(reference), Counts(current));

        double[] Counts(ReadOnlySpan<double> values)
        {
            double[] counts = new double[distinct.Length];
            foreach (double value in values) { counts[Array.BinarySearch(distinct, value)]++; }
            return counts;
        }
    }

    private static double[] Pool(ReadOnlySpan<double> reference, ReadOnlySpan<double> current) => [.. reference, .. current];
}

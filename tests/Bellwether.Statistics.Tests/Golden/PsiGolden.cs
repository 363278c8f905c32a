using System.Text.Json;
using Bellwether.Statistics.Drift;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>The stability index under three conventions and the distances of Frouros, and the tests of k samples beside them.</summary>
internal sealed class PsiGolden : IGoldenFamily
{
    public bool Reads(string file) => file.StartsWith("a_psi", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        if (KSampleGolden.TryAnswer(golden, comparison)) { return; }
        if (golden.Function != "PSI conventions")
        {
            comparison.Fault($"unknown function {golden.Function}");
            return;
        }
        double[] reference = golden.Inputs.GetProperty("ref").Numbers(), current = golden.Inputs.GetProperty("cur").Numbers();
        var deciles = PsiBins.Of(reference, current, PsiBinning.ReferenceDeciles);
        comparison.Numbers("edges", Output("quantile10", "edges"), [.. deciles.Edges], golden.Tolerance);
        Compare("quantile10", deciles);
        var width = PsiBins.Of(reference, current, PsiBinning.ReferenceWidth);
        comparison.Number("min", Output("width10_ref", "min"), width.Edges[0], golden.Tolerance);
        comparison.Number("max", Output("width10_ref", "max"), width.Edges[^1], golden.Tolerance);
        Compare("width10_ref", width);
        Frouros(golden, comparison, reference, current);

        JsonElement Output(string convention, string name) => golden.Outputs.GetProperty(convention).GetProperty(name);

        void Compare(string convention, PsiBins bins)
        {
            comparison.Numbers($"{convention}.ref", Output(convention, "ref"), Shares(bins.Reference), golden.Tolerance);
            comparison.Numbers($"{convention}.cur", Output(convention, "cur"), Shares(bins.Current), golden.Tolerance);
            comparison.Number($"{convention}.psi", Output(convention, "psi"), bins.Index(), golden.Tolerance);
        }
    }

    private static void Frouros(GoldenCase golden, GoldenComparison comparison, double[] reference, double[] current)
    {
        var bins = PsiBins.Of(reference, current, PsiBinning.PooledWidth);
        double[] p = [.. bins.Reference], q = [.. bins.Current];
        comparison.Number("frouros_PSI", bins.Index(EmptyBins.SmallestNumber));
        comparison.Number("frouros_HellingerDistance", Hellinger.Distance(p, q));
        // Frouros adds the machine's epsilon to every share, so that the logarithm of no overlap is finite.
        comparison.Number("frouros_BhattacharyyaDistance", -Math.Log(Hellinger.Coefficient(Lifted(bins.Reference), Lifted(bins.Current))));
        comparison.Number("frouros_HINormalizedComplement", TotalVariation.Distance(p, q));
        comparison.Number("frouros_EMD", Wasserstein.Distance(reference, current));
        comparison.Number("frouros_EnergyDistance", EnergyDistance.Distance(reference, current));
        var (smooth, smoothNow) = Smoothed(reference, current);
        comparison.Number("frouros_KL", KullbackLeibler.Divergence(smooth, smoothNow));
        comparison.Number("frouros_JS", JensenShannon.Distance(smooth, smoothNow, LogarithmBase.Nats));
    }

    /// <summary>Each sample's own histogram, its mass spread evenly over each bin and read again at nine bins over both samples' range.</summary>
    private static (double[] Reference, double[] Current) Smoothed(double[] reference, double[] current)
    {
        double[] edges = Histogram.Edges([.. reference, .. current], 9);
        return (Of(reference), Of(current));

        double[] Of(double[] values)
        {
            double[] own = Histogram.Edges(values, HistogramRule.Narrower), counts = new double[own.Length - 1];
            Histogram.Count(values, own, counts);
            double[] below = [.. edges.Select(edge => Histogram.ShareBelow(edge, own, counts))];
            return [.. below.Skip(1).Zip(below, (right, left) => right - left)];
        }
    }

    private static double[] Lifted(IReadOnlyList<double> counts) => [.. Shares(counts).Select(share => share + Math.ScaleB(1, -52))];

    private static double[] Shares(IReadOnlyList<double> counts) => [.. counts.Select(count => count / counts.Sum())];
}

using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Detectors;
using CsCheck;
using MathNet.Numerics;

namespace Bellwether.Statistics.Tests.Detectors;

public sealed class BocpdTests
{
    // Nothing is dropped, and no drift: the posterior alone is looked at.
    private static readonly BocpdOptions Exact = new(
        0.02, 0.5, 0.7, 1.3, 2.1, DriftProbability: 0.9999999999, MaxHypotheses: 200, Negligible: 0);

    [Fact]
    public void Run_lengths_are_as_probable_as_by_summing_over_all_changes() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 60], Gen.Double[-3, 3]).Sample((seed, n, jump) =>
        {
            var chance = new SplitMix64(seed);
            double[] values = [.. Enumerable.Range(0, n).Select(i => chance.NextNormal() + (i > n / 2 ? jump : 0))];
            var detector = new Bocpd(Exact);
            detector.Update(values);
            double[] expected = Posterior(values, Exact);
            for (int r = 0; r <= n; r++) { Assert.Equal(expected[r], detector.RunLengthProbability(r), 1e-10); }
        }, iter: 60);

    [Fact]
    public void Merging_improbable_run_lengths_moves_probabilities_less_than_documented()
    {
        var options = new BocpdOptions(Hazard: 0.01, DriftProbability: 0.99);
        for (ulong seed = 1; seed <= 10; seed++)
        {
            // After a drift each goes on from run lengths of its own, so the comparison ends there.
            Bocpd pruned = new(options), whole = new(options with { Negligible = 0, MaxHypotheses = 1000 });
            foreach (double value in Steps(seed, 600, 450, 1))
            {
                var state = whole.Update(value);
                pruned.Update(value);
                Assert.Equal(whole.ChangeProbability, pruned.ChangeProbability, 0.01);
                if (state == DetectorState.Drift) { break; }
            }
            Assert.InRange(pruned.Hypotheses, 2, 200);
        }
    }

    [Fact]
    public void The_most_likely_run_begins_at_the_change()
    {
        var detector = new Bocpd();
        double[] values = Steps(3, 400, 300, 3);
        detector.Update(values);
        Assert.InRange(detector.MostLikelyRunLength, 95, 105);
    }

    [Fact]
    public void Changes_of_spread_alone_are_seen()
    {
        var chance = new SplitMix64(5);
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => chance.NextNormal() * (i < 500 ? 1 : 4))];
        var states = new DetectorState[values.Length];
        new Bocpd().Update(values, states);
        Assert.InRange(Array.IndexOf(states, DetectorState.Drift), 500, 530);
        Assert.Equal(1, states.Count(state => state == DetectorState.Drift));
    }

    [Fact]
    public void Far_outliers_leave_probabilities()
    {
        var detector = new Bocpd();
        foreach (double value in (double[])[0, 1, 1e100, -1e100, 1e-300, 0, 1e50, 0, 0, 0, 0, 0]) { detector.Update(value); }
        double sum = Enumerable.Range(0, 13).Sum(r => detector.RunLengthProbability(r));
        Assert.Equal(1, sum, 1e-6);
    }

    private static double[] Steps(ulong seed, int count, int every, double step)
    {
        var chance = new SplitMix64(seed);
        return [.. Enumerable.Range(0, count).Select(i => chance.NextNormal() + i / every * step)];
    }

    /// <summary>P(run length | values), from the joint probability of each last change and the closed-form likelihood of each stretch.</summary>
    private static double[] Posterior(double[] values, BocpdOptions o)
    {
        int n = values.Length;
        double[] change = new double[n + 1]; // The chance that a run begins after t values, jointly with them.
        change[0] = 1;
        for (int t = 1; t <= n; t++)
        {
            for (int s = 0; s < t; s++) { change[t] += o.Hazard * change[s] * Math.Pow(1 - o.Hazard, t - s - 1) * Likelihood(values[s..t], o); }
        }
        double[] joint = new double[n + 1];
        joint[0] = change[n];
        for (int r = 1; r <= n; r++) { joint[r] = change[n - r] * Math.Pow(1 - o.Hazard, r) * Likelihood(values[(n - r)..], o); }
        double sum = joint.Sum();
        return [.. joint.Select(one => one / sum)];
    }

    /// <summary>The marginal likelihood of values under the normal-gamma prior (Murphy 2007, equation 95).</summary>
    private static double Likelihood(double[] values, BocpdOptions o)
    {
        int n = values.Length;
        double mean = values.Average(), squares = values.Sum(x => (x - mean) * (x - mean));
        double weight = o.MeanWeight + n, shape = o.Shape + n / 2.0;
        double scale = o.Scale + squares / 2 + o.MeanWeight * n * (mean - o.Mean) * (mean - o.Mean) / (2 * weight);
        return Math.Exp(SpecialFunctions.GammaLn(shape) - SpecialFunctions.GammaLn(o.Shape)
            + o.Shape * Math.Log(o.Scale) - shape * Math.Log(scale)
            + Math.Log(o.MeanWeight / weight) / 2 - n / 2.0 * Math.Log(2 * Math.PI));
    }
}

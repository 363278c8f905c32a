using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Fairness;
using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Tests.Performance;

/// <summary>Whether 95 % intervals hold the truth 95 ± 1.5 times in a hundred, on simulated rows whose truth is that of two million of them.</summary>
public sealed class IntervalCoverageTests
{
    private const int Rows = 400;
    private const int Runs = 2000; // Standard deviation of the coverage 0.5 %.

    private static readonly Dictionary<string, Func<Sample, Estimate>> Measures = new()
    {
        ["accuracy"] = s => BinaryPerformance.Accuracy(s.Table),
        ["precision"] = s => BinaryPerformance.Precision(s.Table),
        ["specificity"] = s => BinaryPerformance.Specificity(s.Table),
        ["npv"] = s => BinaryPerformance.NegativePredictiveValue(s.Table),
        ["jaccard"] = s => BinaryPerformance.Jaccard(s.Table),
        ["balanced"] = s => BinaryPerformance.BalancedAccuracy(s.Table),
        ["f2"] = s => BinaryPerformance.F(s.Table, 2),
        ["mcc"] = s => BinaryPerformance.Mcc(s.Table),
        ["kappa"] = s => BinaryPerformance.Kappa(s.Table),
        ["value"] = s => BinaryPerformance.BusinessValue(s.Table, new CostMatrix(5, -1, -8, 0)),
        ["weighted precision"] = s => BinaryPerformance.Precision(s.Weighted),
        ["weighted f1"] = s => BinaryPerformance.F(s.Weighted),
        ["auc"] = s => BinaryPerformance.RocAuc(s.Scores, s.Actual),
        ["weighted auc"] = s => BinaryPerformance.RocAuc(s.Scores, s.Actual, s.Weights),
        ["average precision"] = s => ScorePerformance.AveragePrecision(s.Scores, s.Actual),
        ["log loss"] = s => ScorePerformance.LogLoss(s.Scores, s.Actual),
        ["brier"] = s => ScorePerformance.Brier(s.Scores, s.Actual),
        ["macro f1"] = s => MulticlassPerformance.F1(s.Matrix, Averaging.Macro),
        ["weighted recall"] = s => MulticlassPerformance.Precision(s.Matrix, Averaging.Weighted),
        ["quadratic kappa"] = s => MulticlassPerformance.Kappa(s.Matrix, quadratic: true),
        ["multiclass mcc"] = s => MulticlassPerformance.Mcc(s.Matrix),
        ["multiclass auc"] = s => MulticlassScorePerformance.RocAucOneVersusRest(s.ClassScores, s.Classes, 3, Averaging.Macro),
        ["r2"] = s => RegressionPerformance.R2(s.Predicted, s.Outcomes),
        ["explained variance"] = s => RegressionPerformance.ExplainedVariance(s.Predicted, s.Outcomes),
        ["d2"] = s => RegressionPerformance.AbsoluteErrorExplained(s.Predicted, s.Outcomes),
        ["median"] = s => RegressionPerformance.MedianAbsoluteError(s.Predicted, s.Outcomes),
        ["weighted mae"] = s => RegressionPerformance.MeanAbsoluteError(s.Predicted, s.Outcomes, s.Weights),
        ["pearson"] = s => RegressionPerformance.Pearson(s.Predicted, s.Outcomes),
        ["spearman"] = s => RegressionPerformance.Spearman(s.Predicted, s.Outcomes),
        ["parity"] = s => s.Groups.ParityDifferenceEstimate(),
        ["impact"] = s => s.Groups.DisparateImpactEstimate(),
        ["opportunity"] = s => s.Groups.EqualOpportunityDifferenceEstimate(),
        ["predictive parity"] = s => s.Groups.PredictiveParityDifferenceEstimate(),
    };

    private static readonly Lazy<Dictionary<string, int>> Covered = new(Simulate);

    /// <summary>Its own bound: two intervals, of which either may miss.</summary>
    [Fact]
    public void The_greater_of_two_differences_is_held_at_least_92_times_in_a_hundred()
    {
        double truth = new Sample(new SplitMix64(1), 300_000).Groups.EqualizedOddsDifference();
        int covered = 0;
        for (ulong run = 0; run < 1000; run++)
        {
            var estimate = new Sample(new SplitMix64(SplitMix64.SeedFrom(3, run)), Rows).Groups.EqualizedOddsDifferenceEstimate();
            covered += estimate.Low <= truth && truth <= estimate.High ? 1 : 0;
        }
        Assert.InRange(covered / 1000.0, .915, 1);
    }

    public static TheoryData<string> Names() => [.. Measures.Keys];

    [Theory, MemberData(nameof(Names))]
    public void The_interval_holds_the_truth_95_times_in_a_hundred(string name) =>
        Assert.InRange(Covered.Value[name] / (double)Runs, .935, .965);

    private static Dictionary<string, int> Simulate()
    {
        var large = new Sample(new SplitMix64(1), 300_000);
        var truth = Measures.ToDictionary(pair => pair.Key, pair => pair.Value(large).Value);
        var covered = Measures.ToDictionary(pair => pair.Key, _ => 0);
        for (ulong run = 0; run < Runs; run++)
        {
            var sample = new Sample(new SplitMix64(SplitMix64.SeedFrom(2, run)), Rows);
            foreach (var (name, measure) in Measures)
            {
                var estimate = measure(sample);
                covered[name] += estimate.Low <= truth[name] && truth[name] <= estimate.High ? 1 : 0;
            }
        }
        return covered;
    }

    private sealed class Sample
    {
        public Sample(SplitMix64 chance, int rows)
        {
            Scores = new double[rows];
            Weights = new double[rows];
            Predicted = new double[rows];
            Outcomes = new double[rows];
            ClassScores = new double[3 * rows];
            Actual = new bool[rows];
            Classes = new int[rows];
            bool[] predicted = new bool[rows], privileged = new bool[rows];
            int[] classes = new int[rows];
            for (int i = 0; i < rows; i++)
            {
                double signal = chance.NextNormal();
                Scores[i] = 1 / (1 + Math.Exp(-signal));
                Actual[i] = chance.NextDouble() < 1 / (1 + Math.Exp(.5 - 1.5 * signal));
                predicted[i] = Scores[i] > .45;
                privileged[i] = chance.NextDouble() < .5;
                if (privileged[i]) { predicted[i] = Scores[i] > .4; }
                Weights[i] = .5 + chance.NextDouble() + (Actual[i] ? .5 : 0);
                Classes[i] = chance.NextInt(3);
                for (int k = 0; k < 3; k++) { ClassScores[3 * i + k] = chance.NextNormal() + (Classes[i] == k ? 1 : 0); }
                var own = ClassScores.AsSpan(3 * i, 3);
                classes[i] = own[0] > own[1] ? (own[0] > own[2] ? 0 : 2) : own[1] > own[2] ? 1 : 2;
                Predicted[i] = signal;
                Outcomes[i] = .8 * signal + .6 * chance.NextNormal();
            }
            Table = ConfusionTable.Of(predicted, Actual);
            Weighted = ConfusionTable.Of(predicted, Actual, Weights);
            Matrix = ConfusionMatrix.Of(classes, Classes);
            Groups = GroupFairness.Of(predicted, Actual, privileged);
        }

        public double[] Scores { get; }

        public double[] Weights { get; }

        public double[] Predicted { get; }

        public double[] Outcomes { get; }

        public double[] ClassScores { get; }

        public bool[] Actual { get; }

        public int[] Classes { get; }

        public ConfusionTable Table { get; }

        public ConfusionTable Weighted { get; }

        public ConfusionMatrix Matrix { get; }

        public GroupFairness Groups { get; }
    }
}

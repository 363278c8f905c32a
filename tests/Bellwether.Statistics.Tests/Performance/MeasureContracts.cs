using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Fairness;
using Bellwether.Statistics.Performance;
using Bellwether.Statistics.Ranking;

namespace Bellwether.Statistics.Tests.Performance;

/// <summary>What holds for every measure with an interval: a new one is tested by standing in a list.</summary>
public sealed class MeasureContracts
{
    private static readonly Dictionary<string, Func<double[], bool[], double[], Estimate>> Binary = new()
    {
        ["accuracy"] = (s, y, w) => BinaryPerformance.Accuracy(Table(s, y, w)),
        ["precision"] = (s, y, w) => BinaryPerformance.Precision(Table(s, y, w)),
        ["recall"] = (s, y, w) => BinaryPerformance.Recall(Table(s, y, w)),
        ["specificity"] = (s, y, w) => BinaryPerformance.Specificity(Table(s, y, w)),
        ["npv"] = (s, y, w) => BinaryPerformance.NegativePredictiveValue(Table(s, y, w)),
        ["selection"] = (s, y, w) => BinaryPerformance.SelectionRate(Table(s, y, w)),
        ["jaccard"] = (s, y, w) => BinaryPerformance.Jaccard(Table(s, y, w)),
        ["balanced"] = (s, y, w) => BinaryPerformance.BalancedAccuracy(Table(s, y, w)),
        ["f1"] = (s, y, w) => BinaryPerformance.F(Table(s, y, w)),
        ["f2"] = (s, y, w) => BinaryPerformance.F(Table(s, y, w), 2),
        ["mcc"] = (s, y, w) => BinaryPerformance.Mcc(Table(s, y, w)),
        ["kappa"] = (s, y, w) => BinaryPerformance.Kappa(Table(s, y, w)),
        ["value"] = (s, y, w) => BinaryPerformance.BusinessValue(Table(s, y, w), new CostMatrix(5, -1, -20, .5)),
        ["auc"] = (s, y, w) => BinaryPerformance.RocAuc(s, y, w),
        ["ap"] = (s, y, w) => ScorePerformance.AveragePrecision(s, y, w),
        ["ks"] = (s, y, w) => ScorePerformance.KolmogorovSmirnov(s, y, w),
        ["logloss"] = (s, y, w) => ScorePerformance.LogLoss(s, y, w),
        ["brier"] = (s, y, w) => ScorePerformance.Brier(s, y, w),
        ["ece"] = (s, y, w) => ScorePerformance.CalibrationError(s, y, 10, w),
        ["gain"] = (s, y, w) => ScorePerformance.Gain(s, y, .2, w),
        ["lift"] = (s, y, w) => ScorePerformance.Lift(s, y, .2, w),
        ["macro precision"] = (s, y, w) => MulticlassPerformance.Precision(Matrix(s, y, w), Averaging.Macro),
        ["weighted f1"] = (s, y, w) => MulticlassPerformance.F1(Matrix(s, y, w), Averaging.Weighted),
        ["micro specificity"] = (s, y, w) => MulticlassPerformance.Specificity(Matrix(s, y, w), Averaging.Micro),
        ["quadratic kappa"] = (s, y, w) => MulticlassPerformance.Kappa(Matrix(s, y, w), quadratic: true),
        ["ovr auc"] = (s, y, w) => MulticlassScorePerformance.RocAucOneVersusRest(Rows(s), Labels(y), 2, Averaging.Weighted, w),
        ["multiclass log loss"] = (s, y, w) => MulticlassScorePerformance.LogLoss(Rows(s), Labels(y), 2, w),
        ["top 1"] = (s, y, w) => MulticlassScorePerformance.TopAccuracy(Rows(s), Labels(y), 2, 1, w),
        ["parity"] = (s, y, w) => Groups(s, y).ParityDifferenceEstimate(),
        ["impact"] = (s, y, w) => Groups(s, y).DisparateImpactEstimate(),
        ["opportunity"] = (s, y, w) => Groups(s, y).EqualOpportunityDifferenceEstimate(),
        ["average odds"] = (s, y, w) => Groups(s, y).AverageOddsDifferenceEstimate(),
        ["equalised odds"] = (s, y, w) => Groups(s, y).EqualizedOddsDifferenceEstimate(),
        ["predictive parity"] = (s, y, w) => Groups(s, y).PredictiveParityDifferenceEstimate(),
        ["ndcg"] = (s, y, w) => RankingPerformance.Ndcg(Lists(s, y), 3, new NdcgOptions()),
        ["map"] = (s, y, w) => RankingPerformance.MeanAveragePrecision(Lists(s, y), 3),
        ["mrr"] = (s, y, w) => RankingPerformance.MeanReciprocalRank(Lists(s, y), 3),
        ["hit rate"] = (s, y, w) => RankingPerformance.HitRate(Lists(s, y), 3),
        ["precision at 3"] = (s, y, w) => RankingPerformance.Precision(Lists(s, y), 3),
        ["recall at 3"] = (s, y, w) => RankingPerformance.Recall(Lists(s, y), 3),
    };

    private static readonly Dictionary<string, Func<double[], double[], double[], Estimate>> Regression = new()
    {
        ["me"] = (p, y, w) => RegressionPerformance.MeanError(p, y, w),
        ["mae"] = (p, y, w) => RegressionPerformance.MeanAbsoluteError(p, y, w),
        ["mse"] = (p, y, w) => RegressionPerformance.MeanSquaredError(p, y, w),
        ["rmse"] = (p, y, w) => RegressionPerformance.RootMeanSquareError(p, y, w),
        ["msle"] = (p, y, w) => RegressionPerformance.MeanSquaredLogError(p, y, w),
        ["rmsle"] = (p, y, w) => RegressionPerformance.RootMeanSquaredLogError(p, y, w),
        ["mape"] = (p, y, w) => RegressionPerformance.MeanAbsolutePercentageError(p, y, w),
        ["smape"] = (p, y, w) => RegressionPerformance.SymmetricPercentageError(p, y, w),
        ["pinball"] = (p, y, w) => RegressionPerformance.Pinball(p, y, .9, w),
        ["median"] = (p, y, w) => RegressionPerformance.MedianAbsoluteError(p, y, w),
        ["max"] = (p, y, w) => RegressionPerformance.MaxError(p, y),
        ["r2"] = (p, y, w) => RegressionPerformance.R2(p, y, w),
        ["explained"] = (p, y, w) => RegressionPerformance.ExplainedVariance(p, y, w),
        ["d2"] = (p, y, w) => RegressionPerformance.AbsoluteErrorExplained(p, y, w),
        ["pearson"] = (p, y, w) => RegressionPerformance.Pearson(p, y),
        ["spearman"] = (p, y, w) => RegressionPerformance.Spearman(p, y),
    };

    public static TheoryData<string> BinaryNames() => [.. Binary.Keys];

    public static TheoryData<string> RegressionNames() => [.. Regression.Keys];

    [Theory, MemberData(nameof(BinaryNames))]
    public void Any_yes_no_rows_get_an_answer_or_a_reason(string name)
    {
        var measure = Binary[name];
        Assert.Equal(MeasureState.NoOutcomes, measure([], [], []).State);
        AnswersOrSaysWhy(measure([.5], [true], []));
        foreach (int rows in new[] { 2, 29, 30, 31, 1000 })
        {
            double[] half = [.. Enumerable.Repeat(.5, rows)], scores = Scores(rows, 7);
            AnswersOrSaysWhy(measure(half, [.. half.Select(_ => true)], []));
            AnswersOrSaysWhy(measure(half, [.. half.Select(_ => false)], []));
            AnswersOrSaysWhy(measure(scores, [.. scores.Select(score => score > .5)], []));
            AnswersOrSaysWhy(measure(scores, [.. scores.Select(score => score <= .5)], []));
            AnswersOrSaysWhy(measure(scores, [.. scores.Select((_, i) => i % 3 == 0)], []));
        }
        Assert.Throws<ArgumentException>(() => measure([.5, .2], [true], []));
        if (name is "parity" or "impact" || name.Contains("odds", StringComparison.Ordinal) || name is "opportunity" or "predictive parity") { return; }
        if (Weighted(name)) { Assert.Throws<ArgumentException>(() => measure([.5, .2], [true, false], [1, double.NaN])); }
    }

    [Theory, MemberData(nameof(BinaryNames))]
    public void Equal_weights_change_nothing_and_doubled_rows_keep_the_value(string name)
    {
        var measure = Binary[name];
        double[] scores = Scores(600, 11);
        bool[] actual = [.. scores.Select((score, i) => i % 4 == 0 != score > .5)];
        var plain = measure(scores, actual, []);
        var weighted = measure(scores, actual, [.. scores.Select(_ => 2.5)]);
        Assert.Equal(plain.Value, weighted.Value, 1e-12);
        Assert.Equal(plain.Low, weighted.Low, 1e-9);
        Assert.Equal(plain.High, weighted.High, 1e-9);
        if (!Weighted(name)) { return; }
        double[] weights = [.. scores.Select((_, i) => 1.0 + i % 3)];
        int[] repeated = [.. Enumerable.Range(0, scores.Length).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        Assert.Equal(
            measure([.. repeated.Select(i => scores[i])], [.. repeated.Select(i => actual[i])], []).Value, measure(scores, actual, weights).Value, 1e-12);
    }

    [Theory, MemberData(nameof(RegressionNames))]
    public void Any_numbers_get_an_answer_or_a_reason(string name)
    {
        var measure = Regression[name];
        Assert.Equal(MeasureState.NoOutcomes, measure([], [], []).State);
        Assert.Equal(MeasureState.TooFew, measure([1], [2], []).State);
        foreach (int rows in new[] { 2, 29, 30, 31, 1000 })
        {
            double[] constant = [.. Enumerable.Repeat(3.0, rows)], values = Scores(rows, 3);
            AnswersOrSaysWhy(measure(constant, constant, []));
            AnswersOrSaysWhy(measure(values, constant, []));
            AnswersOrSaysWhy(measure(constant, values, []));
            AnswersOrSaysWhy(measure(values, values, []));
            AnswersOrSaysWhy(measure(values, Scores(rows, 4), []));
        }
        Assert.Throws<ArgumentException>(() => measure([1, 2], [1], []));
        foreach (double bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            Assert.Throws<ArgumentException>(() => measure([1, bad], [1, 2], []));
            Assert.Throws<ArgumentException>(() => measure([1, 2], [1, bad], []));
        }
    }

    [Theory, MemberData(nameof(RegressionNames))]
    public void Order_of_rows_does_not_matter(string name)
    {
        double[] predicted = Scores(300, 5), actual = [.. Scores(300, 6).Select(y => y + .1)], weights = Scores(300, 8);
        int[] order = [.. Enumerable.Range(0, 300).Select(i => i * 7 % 300)];
        double[] Shuffled(double[] values) => [.. order.Select(i => values[i])];
        var left = Regression[name](predicted, actual, weights);
        var right = Regression[name](Shuffled(predicted), Shuffled(actual), Shuffled(weights));
        Assert.Equal(left.Value, right.Value, 1e-12);
        Assert.Equal(left.Low, right.Low, 1e-9);
    }

    [Fact]
    public void A_score_that_is_not_a_number_is_refused_everywhere()
    {
        bool[] actual = [true, false];
        foreach (string name in new[] { "auc", "ap", "ks", "logloss", "brier", "ece", "gain", "lift", "ovr auc", "multiclass log loss", "top 1", "ndcg" })
        {
            Assert.Throws<ArgumentException>(() => Binary[name]([double.NaN, .5, .5, .5, .5], [true, false, true, false, true], []));
        }
        Assert.Throws<ArgumentException>(() => ScorePerformance.Brier([double.PositiveInfinity, .5], actual));
    }

    private static bool Weighted(string name) => name is not ("parity" or "impact" or "opportunity" or "average odds" or "equalised odds" or "predictive parity"
        or "ndcg" or "map" or "mrr" or "hit rate" or "precision at 3" or "recall at 3");

    private static void AnswersOrSaysWhy(Estimate estimate)
    {
        if (estimate.State == MeasureState.Ok)
        {
            Assert.False(double.IsNaN(estimate.Value) || double.IsNaN(estimate.Low) || double.IsNaN(estimate.High));
            Assert.True(estimate.Low <= estimate.Value + 1e-12 && estimate.Value <= estimate.High + 1e-12, $"{estimate}");
        }
        else
        {
            Assert.True(double.IsNaN(estimate.Value) && double.IsNaN(estimate.Low) && double.IsNaN(estimate.High));
        }
    }

    private static double[] Scores(int rows, ulong seed)
    {
        var chance = new SplitMix64(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => Math.Round(chance.NextDouble(), 2))];
    }

    private static ConfusionTable Table(double[] scores, bool[] actual, double[] weights) => ConfusionTable.Of([.. scores.Select(score => score > .5)], actual, weights);

    private static ConfusionMatrix Matrix(double[] scores, bool[] actual, double[] weights) => ConfusionMatrix.Of([.. scores.Select(score => score > .5 ? 3 : -1)], [.. actual.Select(y => y ? 3 : -1)], weights);

    private static GroupFairness Groups(double[] scores, bool[] actual) => GroupFairness.Of([.. scores.Select(score => score > .5)], actual, [.. scores.Select((_, i) => i % 2 == 0)]);

    private static double[] Rows(double[] scores) => [.. scores.SelectMany(score => new[] { 1 - score, score })];

    private static int[] Labels(bool[] actual) => [.. actual.Select(y => y ? 1 : 0)];

    private static RankedLists Lists(double[] scores, bool[] actual)
    {
        int[] lengths = [.. Enumerable.Repeat(5, scores.Length / 5), .. scores.Length % 5 == 0 ? Array.Empty<int>() : [scores.Length % 5]];
        double[] relevances = [.. actual.Select(y => y ? 2.0 : 0)];
        return new RankedLists(scores, relevances, lengths);
    }
}

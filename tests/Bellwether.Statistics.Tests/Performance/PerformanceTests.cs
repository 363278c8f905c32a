using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Performance;
using CsCheck;

namespace Bellwether.Statistics.Tests.Performance;

public sealed class PerformanceTests
{
    [Fact]
    public void Wilson_of_one_in_ten_is_the_textbook_interval()
    {
        var share = Proportion.Wilson(1, 10);
        Assert.Equal(.1, share.Value);
        Assert.Equal(.017876, share.Low, 1e-6);
        Assert.Equal(.404150, share.High, 1e-6);
    }

    [Fact] // property: any scores with ties, any outcomes
    public void The_area_is_that_of_counting_all_pairs() =>
        Gen.Select(Gen.Int[0, 8].Select(i => i / 4.0), Gen.Bool).Array[30, 120].Sample(rows =>
        {
            double[] scores = [.. rows.Select(row => row.Item1)];
            bool[] actual = [.. rows.Select(row => row.Item2)];
            var area = BinaryPerformance.RocAuc(scores, actual);
            if (actual.All(y => y) || !actual.Any(y => y)) { return area.State == MeasureState.OneClass; }
            var (expected, variance) = ByPairs(scores, actual);
            return Math.Abs(area.Value - expected) < 1e-12 && area.Low <= area.Value && area.Value <= area.High
                && (!(variance > 1e-12) || area.High >= 1 || Math.Abs(area.High - (expected + 1.959963984540054 * Math.Sqrt(variance))) < 1e-9);
        });

    [Fact]
    public void A_score_that_is_not_a_number_is_refused() =>
        Assert.Throws<ArgumentException>(() => BinaryPerformance.RocAuc([double.NaN], [true]));

    [Fact]
    public void Perfect_separation_still_has_an_interval()
    {
        double[] scores = [.. Enumerable.Range(0, 40)];
        var area = BinaryPerformance.RocAuc(scores, [.. scores.Select(score => score >= 20)]);
        Assert.Equal((1.0, 1.0), (area.Value, area.High));
        Assert.InRange(area.Low, .8, .9);
    }

    [Fact]
    public void Measures_of_a_known_table_are_the_known_ones()
    {
        var (predicted, actual) = Table(truePositives: 30, falsePositives: 10, falseNegatives: 20, trueNegatives: 40);
        Assert.Equal(.7, BinaryPerformance.Accuracy(predicted, actual).Value, 1e-15);
        Assert.Equal(.75, BinaryPerformance.Precision(predicted, actual).Value, 1e-15);
        Assert.Equal(.6, BinaryPerformance.Recall(predicted, actual).Value, 1e-15);
        var f1 = BinaryPerformance.F1(predicted, actual);
        Assert.Equal(2.0 / 3, f1.Value, 1e-15);
        double half = 1.959963984540054 * 2 / 2.25 * Math.Sqrt(.25 / 60);
        Assert.Equal(f1.Value - half, f1.Low, 1e-15);
        Assert.Equal(f1.Value + half, f1.High, 1e-15);
    }

    [Fact]
    public void Macro_f1_over_two_labels_is_the_mean_of_both_sides()
    {
        var (predicted, actual) = Table(truePositives: 30, falsePositives: 10, falseNegatives: 20, trueNegatives: 40);
        var macro = MulticlassPerformance.MacroF1([.. predicted.Select(y => y ? 1 : 0)], [.. actual.Select(y => y ? 1 : 0)]);
        Assert.Equal((60.0 / 90 + 80.0 / 110) / 2, macro.Value, 1e-15);
    }

    [Fact]
    public void What_cannot_be_told_says_why()
    {
        bool[] none = new bool[40];
        Assert.Equal(MeasureState.NoOutcomes, BinaryPerformance.Accuracy([], []).State);
        Assert.Equal(MeasureState.TooFew, BinaryPerformance.Accuracy(new bool[29], new bool[29]).State);
        Assert.Equal(MeasureState.OneClass, BinaryPerformance.Precision(none, none).State);
        Assert.Equal(MeasureState.OneClass, BinaryPerformance.F1(none, none).State);
        Assert.Equal(MeasureState.OneClass, BinaryPerformance.RocAuc(new double[40], none).State);
        Assert.Equal(MeasureState.TooFew, RegressionPerformance.MeanAbsoluteError([1], [2]).State);
        Assert.Throws<ArgumentException>(() => BinaryPerformance.Accuracy([true], []));
        Assert.Throws<ArgumentException>(() => RegressionPerformance.RootMeanSquareError([double.NaN], [1]));
    }

    [Theory] // calibration: 95 % intervals hold the truth about 95 times in a hundred
    [InlineData("auc", .76024994)] // Φ(1/√2)
    [InlineData("f1", .69146246)]  // threshold midway, classes equal: precision = recall = Φ(½)
    [InlineData("macro", .69146246)]
    [InlineData("mae", .79788456)] // √(2/π)
    [InlineData("rmse", 1)]
    public void Intervals_cover_the_truth(string measure, double truth)
    {
        int covered = 0;
        for (ulong run = 0; run < 400; run++)
        {
            var estimate = Simulated(measure, new SplitMix64(SplitMix64.SeedFrom(run)));
            covered += estimate.Low <= truth && truth <= estimate.High ? 1 : 0;
        }
        Assert.InRange(covered, 364, 394); // 380 ± 3.5 standard deviations.
    }

    private static Estimate Simulated(string measure, SplitMix64 chance)
    {
        const int Rows = 300;
        bool[] actual = new bool[Rows];
        double[] scores = new double[Rows], noise = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            actual[i] = chance.NextDouble() < .5;
            noise[i] = Normal(chance);
            scores[i] = noise[i] + (actual[i] ? 1 : 0);
        }
        bool[] predicted = [.. scores.Select(score => score > .5)];
        return measure switch
        {
            "auc" => BinaryPerformance.RocAuc(scores, actual),
            "f1" => BinaryPerformance.F1(predicted, actual),
            "macro" => MulticlassPerformance.MacroF1([.. predicted.Select(y => y ? 4 : -4)], [.. actual.Select(y => y ? 4 : -4)]),
            "mae" => RegressionPerformance.MeanAbsoluteError(noise, new double[Rows]),
            _ => RegressionPerformance.RootMeanSquareError(noise, new double[Rows]),
        };
    }

    /// <summary>Box–Muller: exact tails, unlike the generator's own normal.</summary>
    private static double Normal(SplitMix64 chance) =>
        Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());

    private static (double Area, double Variance) ByPairs(double[] scores, bool[] actual)
    {
        double[] positives = [.. scores.Where((_, i) => actual[i])], negatives = [.. scores.Where((_, i) => !actual[i])];
        double[] ofPositives = [.. positives.Select(x => negatives.Average(y => Kernel(x, y)))];
        double[] ofNegatives = [.. negatives.Select(y => positives.Average(x => Kernel(x, y)))];
        double area = ofPositives.Average();
        return (area, Spread(ofPositives, area) + Spread(ofNegatives, area));

        static double Kernel(double x, double y) => x > y ? 1 : x == y ? .5 : 0;
        static double Spread(double[] values, double mean) => values.Length < 2 ? double.NaN : values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1) / values.Length;
    }

    private static (bool[] Predicted, bool[] Actual) Table(int truePositives, int falsePositives, int falseNegatives, int trueNegatives)
    {
        var rows = Enumerable.Repeat((true, true), truePositives).Concat(Enumerable.Repeat((true, false), falsePositives))
            .Concat(Enumerable.Repeat((false, true), falseNegatives)).Concat(Enumerable.Repeat((false, false), trueNegatives)).ToArray();
        return ([.. rows.Select(row => row.Item1)], [.. rows.Select(row => row.Item2)]);
    }
}

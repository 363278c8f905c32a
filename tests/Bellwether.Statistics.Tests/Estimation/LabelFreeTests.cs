using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Estimation;
using Bellwether.Statistics.Estimation.Boosting;
using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Tests.Estimation;

public sealed class LabelFreeTests
{
    [Fact]
    public void With_honest_probabilities_the_estimates_are_what_turns_out()
    {
        var (scores, predicted, actual) = Rows(60_000, 3, 0);
        var cbpe = Cbpe.Fit(scores.AsSpan(0, 20_000), predicted.AsSpan(0, 20_000), actual.AsSpan(0, 20_000));
        var estimates = cbpe.Estimate(scores.AsSpan(20_000), predicted.AsSpan(20_000));
        foreach (var (measure, estimate) in estimates)
        {
            double realised = Cbpe.Realized(measure, scores.AsSpan(20_000), predicted.AsSpan(20_000), actual.AsSpan(20_000));
            Assert.InRange(realised, estimate.Value - .012, estimate.Value + .012);
            Assert.InRange(estimate.Low, 0, estimate.Value);
            Assert.InRange(estimate.High, estimate.Value, 1);
        }
    }

    [Fact]
    public void Two_labels_estimate_as_one_against_the_other()
    {
        var (scores, predicted, _) = Rows(500, 4, 0);
        double[] both = [.. scores.SelectMany(score => new[] { 1 - score, score })];
        int[] labels = [.. predicted.Select(answer => answer ? 1 : 0)];
        var (reference, named, actual) = Rows(10, 9, 0); // Too few to calibrate.
        var two = MulticlassCbpe.Fit([.. reference.SelectMany(score => new[] { 1 - score, score })], [.. named.Select(y => y ? 1 : 0)], [.. actual.Select(y => y ? 1 : 0)], 2)
            .Estimate(both, labels);
        var one = Cbpe.Fit(reference, named, actual).Estimate(scores, predicted);
        Assert.Equal(one[BinaryMeasure.RocAuc].Value, two[MulticlassMeasure.RocAuc].Value, 1e-6);
        Assert.Equal(one[BinaryMeasure.Accuracy].Value, two[MulticlassMeasure.Accuracy].Value, 1e-12);
    }

    [Fact]
    public void Rows_that_cannot_tell_say_so()
    {
        var cbpe = Cbpe.Fit([.2, .3], [false, false], [false, false]);
        Assert.Null(cbpe.Calibrator);
        var estimates = cbpe.Estimate([0, 0], [false, false]);
        Assert.True(double.IsNaN(estimates[BinaryMeasure.RocAuc].Value));
        Assert.Equal(0, estimates[BinaryMeasure.Precision].Value);
        Assert.True(double.IsNaN(Cbpe.Realized(BinaryMeasure.F1, [.2, .3], [false, false], [false, true])));
        Assert.Throws<ArgumentException>(() => cbpe.Estimate([], []));
        Assert.Throws<ArgumentException>(() => cbpe.Estimate([double.NaN], [true]));
        Assert.Throws<ArgumentException>(() => cbpe.Estimate([2], [true]));
        Assert.Throws<ArgumentException>(() => cbpe.Estimate([.5, .5], [true]));
    }

    [Fact] // calibration
    public void Prediction_powered_intervals_hold_the_truth_95_times_in_a_hundred_and_are_shorter()
    {
        int covered = 0;
        double powered = 0, plain = 0;
        for (ulong run = 0; run < 2000; run++)
        {
            var chance = new SplitMix64(SplitMix64.SeedFrom(7, run));
            double[] guesses = [.. Enumerable.Range(0, 2200).Select(_ => chance.NextDouble())];
            double[] values = [.. guesses.Take(200).Select(guess => chance.NextDouble() < .1 + .8 * guess ? 1.0 : 0)];
            var estimate = PredictionPowered.Mean(values, guesses.AsSpan(0, 200), guesses.AsSpan(200));
            covered += estimate.Low <= .5 && .5 <= estimate.High ? 1 : 0;
            powered += estimate.High - estimate.Low;
            var alone = PredictionPowered.Mean(values, guesses.AsSpan(0, 200), []);
            plain += alone.High - alone.Low;
        }
        Assert.InRange(covered / 2000.0, .935, .965);
        Assert.True(powered < .95 * plain);
    }

    [Fact]
    public void Guesses_that_say_nothing_do_no_harm()
    {
        var chance = new SplitMix64(8);
        double[] values = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 1.0 : 0)];
        var estimate = PredictionPowered.Mean(values, [.. values.Select(_ => 3.0)], [.. values.Select(_ => chance.NextDouble())]);
        Assert.Equal(.5, estimate.Value, 1e-12);
        Assert.Equal(MeasureState.TooFew, PredictionPowered.Mean([1], [1], [1]).State);
    }

    [Fact]
    public void Weights_bring_the_calibration_to_where_the_inputs_went()
    {
        // The scores are right where the feature is low and nearly empty where it is high; production goes to high.
        var (features, scores, actual) = Shifted(20_000, 11, .5);
        var (nowFeatures, nowScores, nowActual) = Shifted(5_000, 12, .9);
        bool[] predicted = [.. nowScores.Select(score => score > .5)];
        double realised = Cbpe.Realized(BinaryMeasure.Accuracy, nowScores, predicted, nowActual);
        var ratio = DensityRatio.Fit(features, nowFeatures, 1);
        Assert.True(ratio.IsUsable);
        double weighted = WeightedCbpe.Estimate(ratio, scores, actual, nowScores, predicted)!.Table.Accuracy();
        double plain = Cbpe.Fit(scores, [.. scores.Select(score => score > .5)], actual).Estimate(nowScores, predicted)[BinaryMeasure.Accuracy].Value;
        Assert.True(Math.Abs(weighted - realised) < .02, $"{weighted} {realised}");
        Assert.True(Math.Abs(plain - realised) > .05, $"{plain} {realised}");
    }

    [Fact]
    public void Production_that_left_the_reference_gets_no_estimate()
    {
        var chance = new SplitMix64(3);
        double[] reference = [.. Enumerable.Range(0, 12_000).Select(_ => chance.NextNormal())], current = [.. reference.Take(4000).Select(x => x + 4)];
        var ratio = DensityRatio.Fit(reference, current, 4);
        Assert.True(ratio.EffectiveRows < 150);
        Assert.False(ratio.IsUsable);
        Assert.Null(WeightedCbpe.Estimate(ratio, reference.Take(3000).Select(_ => .5).ToArray(), new bool[3000], [.5], [true]));
        var same = DensityRatio.Fit(reference, reference, 4);
        Assert.True(same.IsUsable && Math.Abs(same.EffectiveRows - 3000) < 1);
    }

    [Fact]
    public void Trees_learn_steps_and_products_and_leave_constants_alone()
    {
        var chance = new SplitMix64(1);
        double[] rows = [.. Enumerable.Range(0, 8000).Select(_ => chance.NextDouble())];
        double[] targets = [.. Enumerable.Range(0, 4000).Select(i => (rows[2 * i] > .5 ? 3.0 : 0) + rows[2 * i] * rows[2 * i + 1])];
        var boosted = GradientBoosting.Fit(rows, targets, BoostingLoss.Squared);
        Assert.Equal(3 + .81 * .9, boosted.Predict([.9, .81]), .05);
        Assert.Equal(.04, boosted.Predict([.2, .2]), .05);
        Assert.Equal(7, GradientBoosting.Fit(rows, [.. targets.Select(_ => 7.0)], BoostingLoss.Squared).Predict([.1, .1]), 1e-12);
        var classifier = GradientBoosting.Fit(rows, [.. targets.Select(target => target > 2 ? 1.0 : 0)], BoostingLoss.Logistic);
        Assert.True(classifier.Predict([.9, .5]) > .95 && classifier.Predict([.1, .5]) < .05);
    }

    [Fact]
    public void A_missing_value_is_a_value_of_its_own()
    {
        double[] rows = [.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? double.NaN : i)];
        double[] targets = [.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? 5.0 : 1)];
        var boosted = GradientBoosting.Fit(rows, targets, BoostingLoss.Squared);
        Assert.Equal(5, boosted.Predict([double.NaN]), .01);
        Assert.Equal(1, boosted.Predict([3]), .01);
    }

    [Fact]
    public void The_loss_of_new_rows_is_estimated_from_where_they_lie()
    {
        var chance = new SplitMix64(2);
        double[] features = [.. Enumerable.Range(0, 6000).Select(_ => chance.NextDouble())];
        double[] predicted = [.. features.Select(x => 2 * x)], actual = [.. features.Select(x => 2 * x + (1 + x) * chance.NextNormal())];
        var estimator = DirectLossEstimator.Fit(RegressionMeasure.MeanSquaredError, features.AsSpan(0, 5000), predicted.AsSpan(0, 5000), actual.AsSpan(0, 5000));
        double[] high = [.. Enumerable.Range(0, 500).Select(i => .5 + i / 1000.0)], low = [.. high.Select(x => x - .5)];
        Assert.InRange(estimator.Estimate(high, [.. high.Select(x => 2 * x)]).Value, 2.6, 3.6); // The mean of (1 + x)² is 3.08,
        Assert.InRange(estimator.Estimate(low, [.. low.Select(x => 2 * x)]).Value, 1.3, 1.9);   // and here 1.58.
        Assert.Throws<ArgumentException>(() => estimator.Estimate([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => DirectLossEstimator.Fit(RegressionMeasure.MeanSquaredLogError, [1], [-2], [1]));
    }

    private static (double[] Scores, bool[] Predicted, bool[] Actual) Rows(int rows, ulong seed, double bias)
    {
        var chance = new SplitMix64(seed);
        double[] scores = [.. Enumerable.Range(0, rows).Select(_ => 1 / (1 + Math.Exp(-1.5 * chance.NextNormal())))];
        return (scores, [.. scores.Select(score => score > .6)], [.. scores.Select(score => chance.NextDouble() < score + bias)]);
    }

    private static (double[] Features, double[] Scores, bool[] Actual) Shifted(int rows, ulong seed, double shareHigh)
    {
        var chance = new SplitMix64(seed);
        double[] features = [.. Enumerable.Range(0, rows).Select(_ => chance.NextDouble() < shareHigh ? 1 + chance.NextDouble() : chance.NextDouble())];
        double[] scores = [.. features.Select(_ => chance.NextDouble())];
        return (features, scores, [.. scores.Zip(features, (score, feature) => chance.NextDouble() < (feature > 1 ? .4 + .2 * score : score))]);
    }
}

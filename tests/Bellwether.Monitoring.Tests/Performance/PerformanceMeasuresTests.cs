using Bellwether.Contracts.Log;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Performance;
using Bellwether.Monitoring.Plans;

namespace Bellwether.Monitoring.Tests.Performance;

public sealed class PerformanceMeasuresTests
{
    [Theory]
    [InlineData(1e200, "ok", "notFinite")] // The mean of its squares is beyond a double, the mean of its sizes is not.
    [InlineData(1e308, "notFinite", "notFinite")]
    [InlineData(10, "ok", "ok")]
    public void A_mean_beyond_what_a_number_holds_cannot_be_told(double prediction, string mae, string rmse)
    {
        var measures = PerformanceMeasures.Of(Plan(ModelTask.Regression, null), Rows([.. Enumerable.Repeat(prediction, 100)], [.. Enumerable.Repeat(1.0, 100)]), 0, 100, 0).Measures;
        Assert.Equal((mae, rmse), (measures["mae"].State, measures["rmse"].State));
        Assert.All(measures.Values, m => Assert.Equal(m.State == "ok", m.Value is { } value && double.IsFinite(value)));
        Assert.All(measures.Values, m => Assert.All(new[] { m.Low, m.High }, bound => Assert.True(bound is null || double.IsFinite(bound.Value))));
    }

    [Fact]
    public void True_and_1_are_one_class_whoever_writes_them()
    {
        FeatureValue?[] ways = [null, true, 1, "true", "1", "True"];
        Assert.All(ways, TakesBoth);
    }

    private static void TakesBoth(FeatureValue? positive)
    {
        var plan = Plan(ModelTask.Binary, positive);
        Assert.All(new[] { (1.0, (string?)null), (double.NaN, "true"), (double.NaN, "True"), (double.NaN, "1"), (double.NaN, "1.0") }, w => Assert.True(plan.IsPositive(w.Item1, w.Item2)));
        Assert.All(new[] { (0.0, (string?)null), (double.NaN, "false"), (double.NaN, "0"), (double.NaN, "yes"), (2, null) }, w => Assert.False(plan.IsPositive(w.Item1, w.Item2)));
        double[] outcomes = [.. Enumerable.Range(0, 100).Select(i => i % 2.0)];
        Assert.Equal(1, PerformanceMeasures.Of(plan, Rows(outcomes, outcomes), 0, 100, 0).Measures["recall"].Value);
    }

    [Fact]
    public void A_word_is_the_positive_class_only_as_it_is_written()
    {
        var plan = Plan(ModelTask.Binary, "default");
        Assert.True(plan.IsPositive(double.NaN, "default"));
        Assert.All(new[] { "Default", "1", "true", "paid" }, text => Assert.False(plan.IsPositive(double.NaN, text)));
        Assert.False(plan.IsPositive(1, null));
    }

    private static CompiledPlan Plan(ModelTask task, FeatureValue? positive)
    {
        var plan = CompiledPlan.Compile(SyntheticWorld.Model, new ModelDefinition(task) { Positive = positive }, null, 0, out var faults);
        Assert.Empty(faults);
        return plan!;
    }

    private static JoinedRows Rows(double[] predictions, double[] outcomes) => new()
    {
        Count = predictions.Length,
        Timestamps = new long[predictions.Length],
        Predictions = predictions,
        PredictionTexts = new string?[predictions.Length],
        Scores = [.. Enumerable.Repeat(double.NaN, predictions.Length)],
        Outcomes = outcomes,
        OutcomeTexts = new string?[predictions.Length],
        KnownAt = new long[predictions.Length],
        Sequences = new long[predictions.Length],
    };
}

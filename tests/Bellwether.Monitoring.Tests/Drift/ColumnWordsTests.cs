using Bellwether.Monitoring.Drift;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Monitoring.Tests.Drift;

public sealed class ColumnWordsTests
{
    [Theory]
    [InlineData("_score", "the score", "The score")]
    [InlineData("_prediction", "the prediction", "The prediction")]
    [InlineData("_latency", "latency", "Latency")]
    [InlineData("_error", "the error share", "The error share")]
    [InlineData("income", "income", "income")]
    [InlineData("the score", "the score", "the score")]
    public void Reserved_columns_have_words_and_features_their_own_name(string column, string inside, string first) =>
        Assert.Equal((inside, first), (ColumnWords.Of(column), ColumnWords.First(column)));

    [Fact]
    public void Events_of_an_answer_are_told_without_its_reserved_name()
    {
        double[] scores = [.. Enumerable.Range(0, 1000).Select(i => i / 1000.0)];
        var schema = new BinSchema(
            [
                ColumnSchema.FitNumeric(EventStream.ScoreColumn, scores),
                ReferenceFitter.Categories(EventStream.PredictionColumn, [.. scores.Select(s => s < .5 ? "no" : "yes")]),
                ColumnSchema.FitNumeric("_scores", scores),
            ],
            300_000);
        var streams = EventStream.Of(schema);
        Assert.Contains(Texts("_score"), text => text.StartsWith("scores ≤ ", StringComparison.Ordinal));
        Assert.Contains("predictions = yes", Texts("_prediction"));
        Assert.Contains("unseen", Texts("_prediction"));
        Assert.All(Texts("_scores"), text => Assert.StartsWith("_scores ≤ ", text, StringComparison.Ordinal)); // A feature, whatever it is called.
        Assert.DoesNotContain(Texts("_score").Concat(Texts("_prediction")).Concat(Texts("_latency")).Concat(Texts("_error")), text => text.Contains('_', StringComparison.Ordinal));

        List<string> Texts(string column)
        {
            var stream = streams.Single(s => s.Column == column && s.Kind != StreamKind.Presence);
            return [.. Enumerable.Range(0, stream.Events).Select(e => stream.EventText(schema, e))];
        }
    }
}

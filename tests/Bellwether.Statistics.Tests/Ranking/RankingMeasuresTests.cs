using Bellwether.Statistics.Ranking;
using CsCheck;

namespace Bellwether.Statistics.Tests.Ranking;

public sealed class RankingMeasuresTests
{
    private static readonly Gen<(double Score, int Relevance)[]> Items = Gen.Select(Gen.Int[0, 6].Select(i => i / 6.0), Gen.Int[0, 3]).Array[1, 12];

    [Fact] // property
    public void Every_measure_lies_between_0_and_1() => Gen.Select(Items, Gen.Int[1, 15]).Sample((items, cut) =>
    {
        double[] scores = [.. items.Select(item => item.Score)], relevances = [.. items.Select(item => (double)item.Relevance)];
        int[] lengths = [items.Length];
        var lists = new RankedLists(scores, relevances, lengths);
        double[] values =
        [
            RankingMeasures.Ndcg(lists, cut, new NdcgOptions())[0],
            RankingMeasures.Ndcg(lists, cut, new NdcgOptions(RelevanceGain.Exponential, RankingTies.InOrder))[0],
            RankingMeasures.AveragePrecision(lists, cut)[0],
            RankingMeasures.ReciprocalRank(lists, cut)[0],
            RankingMeasures.Hit(lists, cut)[0],
            RankingMeasures.Precision(lists, cut)[0],
            RankingMeasures.Recall(lists, cut)[0],
        ];
        return values.All(value => value is >= 0 and <= 1 + 1e-12);
    });

    [Fact] // property
    public void With_averaged_ties_the_order_given_does_not_matter() => Items.Sample(items =>
    {
        return Math.Abs(Gain(items) - Gain([.. items.Reverse()])) < 1e-12;

        static double Gain((double Score, int Relevance)[] list)
        {
            double[] scores = [.. list.Select(item => item.Score)], relevances = [.. list.Select(item => (double)item.Relevance)];
            int[] lengths = [list.Length];
            return RankingMeasures.Ndcg(new RankedLists(scores, relevances, lengths), 3, new NdcgOptions())[0];
        }
    });

    [Fact]
    public void The_best_order_is_worth_1_and_a_query_without_relevant_items_nothing_or_no_number()
    {
        double[] scores = [3, 2, 1, 1, 0], relevances = [2, 1, 0, 0, 0];
        int[] lengths = [3, 2];
        var lists = new RankedLists(scores, relevances, lengths);
        Assert.Equal([1, 0], RankingMeasures.Ndcg(lists, 3, new NdcgOptions()));
        Assert.Equal([1, double.NaN], RankingMeasures.AveragePrecision(lists, 3, EmptyQueries.LeaveOut));
    }

    [Fact]
    public void Lists_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Lengths([1.0], [1.0], [2]));
        Assert.Throws<ArgumentException>(() => Lengths([1.0], [1.0], [1, 0]));
        Assert.Throws<ArgumentException>(() => Lengths([double.NaN], [1.0], [1]));
        Assert.Throws<ArgumentException>(() => Lengths([1.0], [-1.0], [1]));
        Assert.Throws<ArgumentException>(() => RankingMeasures.Hit(default, 0));

        static int Lengths(double[] scores, double[] relevances, int[] lengths) => new RankedLists(scores, relevances, lengths).Lengths.Length;
    }
}

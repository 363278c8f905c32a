using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Ranking;

/// <summary>Means of ranking measures over queries, each with a 95 % interval.</summary>
/// <remarks>
/// Queries are taken as independent; fewer than 30 give <see cref="MeasureState.TooFew"/>. The interval is normal; Wilson's, which is longer,
/// where all queries have the same value. Values, parameters and errors are those of <see cref="RankingMeasures"/>.
/// </remarks>
public static class RankingPerformance
{
    /// <summary>Mean normalised discounted cumulative gain at k.</summary>
    public static Estimate Ndcg(RankedLists lists, int cut, NdcgOptions options, EmptyQueries empty = EmptyQueries.CountAsZero) =>
        Mean(RankingMeasures.Ndcg(lists, cut, options, empty));

    /// <summary>Mean average precision at k (MAP).</summary>
    public static Estimate MeanAveragePrecision(RankedLists lists, int cut, EmptyQueries empty = EmptyQueries.CountAsZero) =>
        Mean(RankingMeasures.AveragePrecision(lists, cut, empty));

    /// <summary>Mean reciprocal rank at k (MRR).</summary>
    public static Estimate MeanReciprocalRank(RankedLists lists, int cut, EmptyQueries empty = EmptyQueries.CountAsZero) =>
        Mean(RankingMeasures.ReciprocalRank(lists, cut, empty));

    /// <summary>Share of queries with a relevant item in the first k; Wilson.</summary>
    public static Estimate HitRate(RankedLists lists, int cut, EmptyQueries empty = EmptyQueries.CountAsZero)
    {
        var mean = Mean(RankingMeasures.Hit(lists, cut, empty), out int queries);
        return mean.State == MeasureState.Ok ? Proportion.Wilson(Math.Clamp(mean.Value, 0, 1), queries) : mean;
    }

    /// <summary>Mean precision at k.</summary>
    public static Estimate Precision(RankedLists lists, int cut, EmptyQueries empty = EmptyQueries.CountAsZero) => Mean(RankingMeasures.Precision(lists, cut, empty));

    /// <summary>Mean recall at k.</summary>
    public static Estimate Recall(RankedLists lists, int cut, EmptyQueries empty = EmptyQueries.CountAsZero) => Mean(RankingMeasures.Recall(lists, cut, empty));

    private static Estimate Mean(double[] values) => Mean(values, out _);

    private static Estimate Mean(double[] values, out int queries)
    {
        double[] known = [.. values.Where(value => !double.IsNaN(value))];
        queries = known.Length;
        var state = Estimate.StateOf((double)queries);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        var mean = Estimate.Mean(known, SampleWeights.Of([], queries), 0, 1);
        return mean.High - mean.Low > 1e-9 ? mean : Proportion.Wilson(Math.Clamp(mean.Value, 0, 1), queries);
    }
}

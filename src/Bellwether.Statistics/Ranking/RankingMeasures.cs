namespace Bellwether.Statistics.Ranking;

/// <summary>Measures of ranked lists, one value a query; <see cref="RankingPerformance"/> averages them with intervals.</summary>
/// <remarks>
/// Each fills one number a query into an array: in [0, 1], NaN where the query has no relevant item and those are left out. Cut at k: only the first k
/// items count. O(items · log items). All throw an <see cref="ArgumentException"/> for a cut below 1.
/// </remarks>
public static class RankingMeasures
{
    /// <summary>Normalised discounted cumulative gain at k: Σ gain/log₂(rank + 1), over that of the best order.</summary>
    /// <remarks>
    /// A query without relevant items counts as 0 or is left out. Sources: K. Järvelin, J. Kekäläinen, ACM TOIS 20(4), 2002;
    /// F. McSherry, M. Najork, ECIR 2008 (averaged ties).
    /// </remarks>
    public static double[] Ndcg(RankedLists lists, int cut, NdcgOptions options, EmptyQueries empty = EmptyQueries.CountAsZero) =>
        Each(lists, cut, empty, (order, scores, relevances) => Discounted(order, scores, relevances, cut, options));

    /// <summary>Average precision at k: Σ over relevant items in the first k of the precision there, over the smaller of k and the number of relevant items.</summary>
    public static double[] AveragePrecision(RankedLists lists, int cut, EmptyQueries empty = EmptyQueries.CountAsZero) =>
        Each(lists, cut, empty, (order, _, relevances) =>
        {
            double sum = 0, hits = 0;
            for (int rank = 0; rank < Math.Min(cut, order.Length); rank++)
            {
                if (relevances[order[rank]] > 0) { sum += ++hits / (rank + 1); }
            }
            return sum / Math.Min(cut, Relevant(relevances));
        });

    /// <summary>Reciprocal of the rank of the first relevant item, 0 when it is not in the first k.</summary>
    public static double[] ReciprocalRank(RankedLists lists, int cut, EmptyQueries empty = EmptyQueries.CountAsZero) =>
        Each(lists, cut, empty, (order, _, relevances) =>
        {
            for (int rank = 0; rank < Math.Min(cut, order.Length); rank++)
            {
                if (relevances[order[rank]] > 0) { return 1.0 / (rank + 1); }
            }
            return 0;
        });

    /// <summary>1 when a relevant item is in the first k, else 0.</summary>
    public static double[] Hit(RankedLists lists, int cut, EmptyQueries empty = EmptyQueries.CountAsZero) =>
        Each(lists, cut, empty, (order, _, relevances) => Found(order, relevances, cut) > 0 ? 1 : 0);

    /// <summary>Share of relevant items among the first k; places beyond the end of the list count as not relevant.</summary>
    public static double[] Precision(RankedLists lists, int cut, EmptyQueries empty = EmptyQueries.CountAsZero) =>
        Each(lists, cut, empty, (order, _, relevances) => Found(order, relevances, cut) / cut);

    /// <summary>Share of the relevant items that are in the first k.</summary>
    public static double[] Recall(RankedLists lists, int cut, EmptyQueries empty = EmptyQueries.CountAsZero) =>
        Each(lists, cut, empty, (order, _, relevances) => Found(order, relevances, cut) / Relevant(relevances));

    private delegate double OfQuery(ReadOnlySpan<int> order, ReadOnlySpan<double> scores, ReadOnlySpan<double> relevances);

    private static double[] Each(RankedLists lists, int cut, EmptyQueries empty, OfQuery measure)
    {
        if (cut < 1) { throw new ArgumentException($"Cut {cut} is below 1.", nameof(cut)); }
        double[] values = new double[lists.Lengths.Length];
        for (int query = 0, start = 0; query < values.Length; start += lists.Lengths[query++])
        {
            var scores = lists.Scores.Slice(start, lists.Lengths[query]);
            var relevances = lists.Relevances.Slice(start, lists.Lengths[query]);
            values[query] = Relevant(relevances) > 0 ? measure(Order(scores), scores, relevances)
                : empty == EmptyQueries.CountAsZero ? 0 : double.NaN;
        }
        return values;
    }

    private static double Discounted(ReadOnlySpan<int> order, ReadOnlySpan<double> scores, ReadOnlySpan<double> relevances, int cut, NdcgOptions options)
    {
        double[] ideal = relevances.ToArray();
        for (int i = 0; i < ideal.Length; i++) { ideal[i] = Gain(ideal[i], options.Gain); }
        Array.Sort(ideal);
        double best = 0, sum = 0;
        for (int rank = 0; rank < Math.Min(cut, ideal.Length); rank++) { best += ideal[^(rank + 1)] * Discount(rank); }
        for (int start = 0; start < Math.Min(cut, order.Length);)
        {
            int end = start + 1;
            while (options.Ties == RankingTies.Averaged && end < order.Length && scores[order[end]] == scores[order[start]]) { end++; }
            double gain = 0, discount = 0;
            for (int rank = start; rank < end; rank++)
            {
                gain += Gain(relevances[order[rank]], options.Gain);
                discount += rank < cut ? Discount(rank) : 0;
            }
            sum += gain / (end - start) * discount;
            start = end;
        }
        return sum / best;
    }

    private static double Gain(double relevance, RelevanceGain gain) => gain == RelevanceGain.Linear ? relevance : Math.Pow(2, relevance) - 1;

    private static double Discount(int rank) => 1 / Math.Log2(rank + 2);

    private static double Found(ReadOnlySpan<int> order, ReadOnlySpan<double> relevances, int cut)
    {
        double found = 0;
        for (int rank = 0; rank < Math.Min(cut, order.Length); rank++) { found += relevances[order[rank]] > 0 ? 1 : 0; }
        return found;
    }

    private static double Relevant(ReadOnlySpan<double> relevances)
    {
        double relevant = 0;
        foreach (double relevance in relevances) { relevant += relevance > 0 ? 1 : 0; }
        return relevant;
    }

    private static int[] Order(ReadOnlySpan<double> scores)
    {
        double[] keys = scores.ToArray();
        int[] order = new int[keys.Length];
        for (int i = 0; i < order.Length; i++) { order[i] = i; }
        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[b].CompareTo(keys[a]) : a.CompareTo(b));
        return order;
    }
}

namespace Bellwether.Statistics.Ranking;

/// <summary>Scores and relevances of the items of many queries, one query's items after another's.</summary>
public readonly ref struct RankedLists
{
    /// <summary>Checks the lists; they are not copied.</summary>
    /// <param name="scores">Scores by which each query's items are ranked, highest first; of equal ones the earlier item comes first. No NaN.</param>
    /// <param name="relevances">Relevance of each item: finite and ≥ 0, above 0 for relevant.</param>
    /// <param name="lengths">Items of each query, each ≥ 1, in sum the number of items.</param>
    /// <exception cref="ArgumentException">The lists are not as described.</exception>
    public RankedLists(ReadOnlySpan<double> scores, ReadOnlySpan<double> relevances, ReadOnlySpan<int> lengths)
    {
        if (scores.Length != relevances.Length) { throw new ArgumentException($"Expected {scores.Length} relevances, got {relevances.Length}.", nameof(relevances)); }
        long items = 0;
        foreach (int length in lengths)
        {
            if (length < 1) { throw new ArgumentException($"A query has {length} items.", nameof(lengths)); }
            items += length;
        }
        if (items != scores.Length) { throw new ArgumentException($"The queries have {items} items, but {scores.Length} are given.", nameof(lengths)); }
        for (int i = 0; i < scores.Length; i++)
        {
            if (double.IsNaN(scores[i])) { throw new ArgumentException($"Score {i} is NaN.", nameof(scores)); }
            if (!(relevances[i] >= 0) || !double.IsFinite(relevances[i]))
            {
                throw new ArgumentException($"Relevance {relevances[i]} at {i} is not a finite number ≥ 0.", nameof(relevances));
            }
        }
        Scores = scores;
        Relevances = relevances;
        Lengths = lengths;
    }

    /// <summary>Scores of all items.</summary>
    public ReadOnlySpan<double> Scores { get; }

    /// <summary>Relevances of all items.</summary>
    public ReadOnlySpan<double> Relevances { get; }

    /// <summary>Items of each query.</summary>
    public ReadOnlySpan<int> Lengths { get; }
}

namespace Bellwether.Statistics.Summaries;

/// <summary>Which categories of a reference get bins and names.</summary>
internal static class CategoricalColumnFit
{
    public static ColumnSchema Fit(string name, IReadOnlyDictionary<string, long> counts, long nulls)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nulls);
        foreach (var (category, count) in counts)
        {
            if (count < 0) { throw new ArgumentException($"Category '{category}' has count {count}.", nameof(counts)); }
        }
        var ranked = counts.Where(pair => pair.Value > 0)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        var top = ranked.Take(ColumnSchema.MostCategories).ToArray();
        var rest = ranked.Skip(top.Length).ToArray();
        long total = ranked.Sum(pair => pair.Value);
        return new ColumnSchema(
            name, ColumnKind.Categorical,
            [.. top.Select(pair => pair.Key)],
            [.. rest.Take(ColumnSchema.MostOtherNames).Select(pair => pair.Key).Order(StringComparer.Ordinal)],
            othersComplete: rest.Length <= ColumnSchema.MostOtherNames)
        {
            ReferenceBins = [.. top.Select(pair => pair.Value), rest.Sum(pair => pair.Value), 0],
            NullShare = total + nulls == 0 ? 0 : nulls / (double)(total + nulls),
        };
    }
}

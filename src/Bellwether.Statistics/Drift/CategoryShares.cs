namespace Bellwether.Statistics.Drift;

/// <summary>Turns categories into numbers: each into its share of the reference, an unseen one into 0, a missing one into the most frequent's share.</summary>
/// <remarks>Keeps no order and tells categories of equal share not apart; it suits measures of many columns that need one number for each.</remarks>
public sealed class CategoryShares
{
    private readonly Dictionary<string, double> _shares;
    private readonly double _most;

    private CategoryShares(Dictionary<string, double> shares)
    {
        _shares = shares;
        _most = shares.Values.Max();
    }

    /// <param name="reference">At least one category; null is missing, and counts as the most frequent.</param>
    /// <exception cref="ArgumentException">No category is given.</exception>
    public static CategoryShares Fit(IReadOnlyCollection<string?> reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string category in reference.OfType<string>()) { counts[category] = counts.GetValueOrDefault(category) + 1; }
        if (counts.Count == 0) { throw new ArgumentException("There are no categories.", nameof(reference)); }
        double most = counts.Values.Max();
        string frequent = counts.Where(pair => pair.Value == most).Select(pair => pair.Key).Order(StringComparer.Ordinal).First();
        counts[frequent] += reference.Count - counts.Values.Sum();
        return new CategoryShares(counts.ToDictionary(pair => pair.Key, pair => pair.Value / reference.Count, StringComparer.Ordinal));
    }

    /// <returns>A share in [0, 1].</returns>
    public double Of(string? category) => category is null ? _most : _shares.GetValueOrDefault(category);
}

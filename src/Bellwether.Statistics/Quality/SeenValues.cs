namespace Bellwether.Statistics.Quality;

/// <summary>The categories of a reference, and how many rows of a chunk have none of them.</summary>
/// <remarks>Missing (null) is a category of its own: it counts as unseen where the reference has no missing value.</remarks>
public sealed class SeenValues
{
    private readonly HashSet<string> _seen;
    private readonly bool _missing;

    /// <param name="reference">Any number of categories; null is missing.</param>
    public SeenValues(IEnumerable<string?> reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        _seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string? value in reference)
        {
            if (value is null) { _missing = true; }
            else { _seen.Add(value); }
        }
    }

    /// <returns>How many are not in the reference. O(n).</returns>
    public int Unseen(IEnumerable<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count(value => value is null ? !_missing : !_seen.Contains(value));
    }
}

using System.Globalization;

namespace Bellwether.Statistics.Ordering;

/// <summary>What is demanded of two samples counted in the same ordered bins.</summary>
internal static class OrderedCounts
{
    /// <summary>The number of values of each sample.</summary>
    /// <exception cref="ArgumentException">The lengths differ, a count is negative or a sample has no values.</exception>
    public static (long Reference, long Current) Totals(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        if (reference.Length != current.Length)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected {reference.Length} bins, got {current.Length}."), nameof(current));
        }
        return (Total(reference, nameof(reference)), Total(current, nameof(current)));
    }

    private static long Total(ReadOnlySpan<long> counts, string name)
    {
        long total = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] < 0)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Expected counts of at least 0, got {counts[i]} in bin {i}."), name);
            }
            total = checked(total + counts[i]);
        }
        return total > 0 ? total : throw new ArgumentException("Expected at least one value, got none.", name);
    }
}

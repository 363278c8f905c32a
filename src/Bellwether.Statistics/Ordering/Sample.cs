using System.Globalization;
using System.Runtime.CompilerServices;

namespace Bellwether.Statistics.Ordering;

/// <summary>What every test demands of its samples: values, all of them finite. Missing values are counted and left out by the caller.</summary>
internal static class Sample
{
    /// <exception cref="ArgumentException">The sample is empty or holds NaN or an infinity.</exception>
    public static void RequireFinite(ReadOnlySpan<double> sample, [CallerArgumentExpression(nameof(sample))] string name = "")
    {
        if (sample.IsEmpty) { throw new ArgumentException("Expected at least one value, got none.", name); }
        for (int i = 0; i < sample.Length; i++)
        {
            if (!double.IsFinite(sample[i]))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Expected finite values, got {sample[i]} at index {i}; leave missing values out."), name);
            }
        }
    }

    /// <exception cref="ArgumentException">There are fewer values.</exception>
    public static void RequireAtLeast(int least, ReadOnlySpan<double> sample, [CallerArgumentExpression(nameof(sample))] string name = "")
    {
        if (sample.Length < least)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected at least {least} values, got {sample.Length}."), name);
        }
    }
}

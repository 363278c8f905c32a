using System.Globalization;

namespace Bellwether.Statistics.Drift;

/// <summary>What is asked of rows of several columns, which lie in a span one row after another.</summary>
internal static class Rows
{
    /// <returns>How many rows there are.</returns>
    /// <exception cref="ArgumentException">There are fewer rows than asked, the values do not fill rows, or one is not finite.</exception>
    public static int Require(ReadOnlySpan<double> values, int columns, int least, string name, bool allowMissing = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length % columns != 0) { throw new ArgumentException($"{values.Length} values do not fill rows of {columns} columns.", name); }
        if (values.Length / columns < least) { throw new ArgumentException($"Expected at least {least} rows, got {values.Length / columns}.", name); }
        foreach (double value in values)
        {
            if (!double.IsFinite(value) && !(allowMissing && double.IsNaN(value)))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Value {value} is not finite."), name);
            }
        }
        return values.Length / columns;
    }
}

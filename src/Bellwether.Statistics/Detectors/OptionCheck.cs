using System.Globalization;
using System.Runtime.CompilerServices;

namespace Bellwether.Statistics.Detectors;

/// <summary>Refuses options outside their range, naming the option and its value.</summary>
internal static class OptionCheck
{
    public static void AtLeast(long value, long least, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value < least) { throw Refused(value, string.Create(CultureInfo.InvariantCulture, $"at least {least}"), name); }
    }

    public static void Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!double.IsFinite(value)) { throw Refused(value, "a finite number", name); }
    }

    public static void NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= 0 && double.IsFinite(value))) { throw Refused(value, "a finite number ≥ 0", name); }
    }

    public static void Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value > 0 && double.IsFinite(value))) { throw Refused(value, "a finite number > 0", name); }
    }

    /// <summary>Requires a probability in (0, 1).</summary>
    public static void Probability(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value > 0 && value < 1)) { throw Refused(value, "a number in (0, 1)", name); }
    }

    /// <summary>Requires a weight in (0, 1].</summary>
    public static void Weight(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value > 0 && value <= 1)) { throw Refused(value, "a number in (0, 1]", name); }
    }

    public static void OneOf<T>(T value, ReadOnlySpan<T> known, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : struct, Enum
    {
        foreach (T one in known)
        {
            if (EqualityComparer<T>.Default.Equals(one, value)) { return; }
        }
        throw new ArgumentException($"Expected one of {string.Join(", ", known.ToArray())}, got {value}.", Short(name));
    }

    private static ArgumentException Refused(double value, string expected, string name) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Expected {expected}, got {value:R}."), Short(name));

    private static string Short(string name) => name[(name.LastIndexOf('.') + 1)..];
}

using System.Globalization;
using System.Text.Json;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Collects how the answers to one case compare with its outputs.</summary>
internal sealed class GoldenComparison(GoldenCase golden)
{
    private readonly List<string> _faults = [];

    /// <summary>Outputs compared so far; a case without any was not tested.</summary>
    public int Compared { get; private set; }

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Why the library answers this case otherwise, on purpose; null for nearly all.</summary>
    public string? Reason { get; private set; }

    /// <summary>Of a detector case: the values of an implementation that is not the one reproduced.</summary>
    public bool IsOtherImplementation { get; private set; }

    /// <summary>The library gives another, documented answer.</summary>
    public void Otherwise(string reason) => Reason = reason;

    /// <summary>Implementations of this detector disagree, and the one of this case is not the one reproduced.</summary>
    public void OtherImplementation() => IsOtherImplementation = true;

    /// <summary>Why the case is not asked of this library: its inputs cannot be read here, or another test answers it; null for nearly all.</summary>
    public string? Excused { get; private set; }

    /// <summary>The case is not asked, for a reason that lies outside the library.</summary>
    public void Excuse(string reason) => Excused = reason;

    public void Fault(string what)
    {
        Compared++;
        _faults.Add($"{golden}: {what}");
    }

    /// <summary>Compares with the output of that name, at the case's tolerance. A <c>{value, warning}</c> counts as its value.</summary>
    public void Number(string output, double actual) => Number(output, golden.Outputs.GetProperty(output), actual, golden.Tolerance);

    /// <summary>Compares with a given expected number at <c>max(abs, rel·|expected|)</c> of the given tolerance.</summary>
    public void Number(string what, JsonElement expected, double actual, JsonElement tolerance)
    {
        Compared++;
        double value = Value(expected);
        double relative = Bound(tolerance, "rel");
        double absolute = Bound(tolerance, "abs");
        bool agrees = value.Equals(actual) // Also NaN and infinities.
            || Math.Abs(actual - value) <= Math.Max(absolute, relative * Math.Abs(value))
            || (IsPValue(what) && Math.Abs(value) < 1e-300 && actual == 0); // Such a p-value may underflow.
        if (!agrees)
        {
            _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{golden}: {what} expected {value:R}, got {actual:R}"));
        }
    }

    public void Numbers(string output, ReadOnlySpan<double> actual) => Numbers(output, golden.Outputs.GetProperty(output), actual, golden.Tolerance);

    public void Numbers(string what, JsonElement expected, ReadOnlySpan<double> actual, JsonElement tolerance)
    {
        if (expected.GetArrayLength() != actual.Length)
        {
            Fault($"{what} expected {expected.GetArrayLength()} values, got {actual.Length}");
            return;
        }
        int at = 0;
        foreach (var item in expected.EnumerateArray())
        {
            Number($"{what}[{at}]", item, actual[at], tolerance);
            at++;
        }
    }

    /// <summary>The implementation refused: ours has to throw an <see cref="ArgumentException"/> or answer NaN, "cannot tell".</summary>
    public void Refuses(string what, Func<double> answer)
    {
        Compared++;
        try
        {
            double given = answer();
            if (!double.IsNaN(given)) { _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{golden}: {what} was answered with {given:R}")); }
        }
        catch (ArgumentException)
        {
            // Refused as well, naming the parameter.
        }
    }

    /// <summary>Compares whole numbers, flags, words: anything that agrees exactly or not at all.</summary>
    public void Exactly<T>(string what, T expected, T actual)
    {
        Compared++;
        if (!EqualityComparer<T>.Default.Equals(expected, actual)) { _faults.Add($"{golden}: {what} expected {expected}, got {actual}"); }
    }

    /// <summary>Compares sequences that agree exactly or not at all, naming the first difference.</summary>
    public void ExactlyAll<T>(string what, IReadOnlyList<T> expected, IReadOnlyList<T> actual)
    {
        Compared++;
        for (int i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            if (i < expected.Count && i < actual.Count && EqualityComparer<T>.Default.Equals(expected[i], actual[i])) { continue; }
            string wanted = i < expected.Count ? $"{expected[i]}" : "nothing";
            string got = i < actual.Count ? $"{actual[i]}" : "nothing";
            _faults.Add($"{golden}: {what}[{i}] expected {wanted}, got {got} (lengths {expected.Count}, {actual.Count})");
            return;
        }
    }

    private static double Value(JsonElement expected) =>
        expected.ValueKind == JsonValueKind.Object ? expected.GetProperty("value").Number() : expected.Number();

    private static double Bound(JsonElement tolerance, string name) => tolerance.TryGetProperty(name, out var bound) ? bound.GetDouble() : 0;

    private static bool IsPValue(string what) => what.Contains("pvalue", StringComparison.Ordinal) || what.StartsWith("p_", StringComparison.Ordinal);
}

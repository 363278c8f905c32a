using System.Text.Json;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Compares answers with outputs where a refusal is an answer too.</summary>
internal static class MeasureAnswers
{
    /// <summary>
    /// Compares a number with an output. Where the output is an error, the library must refuse (an <see cref="ArgumentException"/>) or say that it
    /// cannot tell (NaN). Of inputs that it refuses it cannot tell either, which agrees with an output of NaN only.
    /// </summary>
    public static void Measure(this GoldenComparison comparison, string output, JsonElement expected, JsonElement tolerance, Func<double> answer)
    {
        double actual;
        try
        {
            actual = answer();
        }
        catch (ArgumentException)
        {
            actual = double.NaN;
        }
        if (expected.IsError()) { comparison.Exactly($"{output} is refused", true, double.IsNaN(actual)); }
        else { comparison.Number(output, expected, actual, tolerance); }
    }

    public static bool IsError(this JsonElement expected) => expected.ValueKind == JsonValueKind.Object && expected.TryGetProperty("error", out _);

    public static bool[] Flags(this JsonElement array) => [.. array.Integers().Select(value => value == 1)];

    public static int[] Labels(this JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetInt32())];

    /// <summary>The numbers of an array that may be absent or null; then none.</summary>
    public static double[] Optional(this JsonElement inputs, string name) =>
        inputs.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array ? array.Numbers() : [];
}

using System.Text.Json;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Test vectors of the tolerance e-detector, one file a case, made by an independent implementation named in each file.</summary>
internal static class TedGolden
{
    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("BELLWETHER_GOLDEN_TED") is { Length: > 0 } named) { return named; }
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string shared = Path.Combine(at.FullName, "shared", "golden_ted");
            if (Directory.Exists(shared)) { return shared; }
        }
        return null;
    }

    public static JsonElement Case(string prefix)
    {
        if (Folder() is not { } folder)
        {
            Assert.Skip("No golden vectors: name their folder in BELLWETHER_GOLDEN_TED.");
            return default;
        }
        string file = Directory.GetFiles(folder, prefix + "*.json").Single();
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.GetProperty("cases")[0].Clone();
    }

    public static double[] Numbers(this JsonElement array) => [.. array.EnumerateArray().Select(Number)];

    public static long[] Integers(this JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetInt64())];

    /// <summary>An array of arrays, row after row.</summary>
    public static long[] Rows(this JsonElement array) => [.. array.EnumerateArray().SelectMany(Integers)];

    public static double Number(this JsonElement item) =>
        item.ValueKind == JsonValueKind.String ? double.Parse(item.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : item.GetDouble();

    public static void Close(double expected, double actual, double relative, string what, double absolute = 1e-12) =>
        Assert.True(
            Math.Abs(actual - expected) <= Math.Max(absolute, relative * Math.Abs(expected)), $"{what}: expected {expected:R}, got {actual:R}");

    public static void Close(double[] expected, ReadOnlySpan<double> actual, double relative, string what, double absolute = 1e-12)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) { Close(expected[i], actual[i], relative, $"{what}[{i}]", absolute); }
    }
}

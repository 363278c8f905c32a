namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Where the golden values lie: the folder named by BELLWETHER_GOLDEN, else <c>shared/golden</c> above the tests.</summary>
internal static class GoldenFolder
{
    public static string? Path { get; } = Find();

    /// <summary>The golden files, each by its name without ending, in order; empty where there is no folder.</summary>
    public static IReadOnlyList<string> Files { get; } = Path is null
        ? []
        : [.. Directory.GetFiles(Path, "*.json").Select(System.IO.Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal).OfType<string>()];

    /// <summary>A file that a case names as input: beside the golden files, in their folder <c>data</c>, or in the folder <c>data</c> next to theirs.</summary>
    public static string Input(string name)
    {
        string[] places =
        [
            System.IO.Path.Combine(Path!, name),
            System.IO.Path.Combine(Path!, "data", name),
            System.IO.Path.Combine(Path!, "..", "data", name),
        ];
        return places.FirstOrDefault(File.Exists) ?? throw new FileNotFoundException($"'{name}' lies neither in nor beside {Path}.", name);
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("BELLWETHER_GOLDEN") is { Length: > 0 } named) { return named; }
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string shared = System.IO.Path.Combine(at.FullName, "shared", "golden");
            if (Directory.Exists(shared)) { return shared; }
        }
        return null;
    }
}

using System.Text.Json;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>One file of golden values: the named inputs that its cases refer to, and the cases.</summary>
internal sealed class GoldenFile
{
    private readonly JsonElement _root;

    private GoldenFile(string name, JsonElement root)
    {
        Name = name;
        _root = root;
        Cases = [.. root.GetProperty("cases").EnumerateArray().Select(item => new GoldenCase(this, item))];
    }

    /// <summary>The file's name without ending, such as <c>a_categorical</c>.</summary>
    public string Name { get; }

    public IReadOnlyList<GoldenCase> Cases { get; }

    /// <summary>The one input stream of a file of detector errors.</summary>
    public JsonElement Stream => _root.GetProperty("stream");

    public JsonElement Dataset(string name) => _root.GetProperty("datasets").GetProperty(name);

    public static GoldenFile Load(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(GoldenFolder.Path!, name + ".json")));
        return new GoldenFile(name, document.RootElement.Clone());
    }
}

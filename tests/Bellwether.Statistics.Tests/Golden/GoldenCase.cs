using System.Text.Json;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>One case: a function of an independent implementation with its parameters, inputs, outputs and the tolerance to agree within.</summary>
internal sealed class GoldenCase(GoldenFile file, JsonElement json)
{
    public GoldenFile File => file;

    public string Id { get; } = json.GetProperty("id").GetString()!;

    public string Function { get; } = json.GetProperty("function").GetString()!;

    public JsonElement Params => json.GetProperty("params");

    public JsonElement Inputs => json.GetProperty("inputs");

    public JsonElement Outputs => json.GetProperty("outputs");

    public JsonElement Tolerance => json.GetProperty("tolerance");

    /// <summary>The named input that this case refers to by <c>inputs.dataset</c>.</summary>
    public JsonElement Dataset => file.Dataset(Inputs.GetProperty("dataset").GetString()!);

    public override string ToString() => $"{file.Name}/{Id}";
}

using System.Text;
using Bellwether.Contracts;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Registry;
using Bellwether.Storage.Log;

namespace Bellwether.Server.Registry;

/// <summary>What a definition from outside may get wrong before its meaning is looked at.</summary>
internal static class DefinitionChecks
{
    private const int MaximumLabels = 64;

    public static IReadOnlyList<Fault> Find(ModelDefinition definition)
    {
        var faults = new List<Fault>();
        if (!Enum.IsDefined(definition.Task)) { faults.Add(new Fault(0, 0, "task", "Use binary, multiclass or regression.")); }
        if (definition.Positive is { Kind: FeatureKind.Vector or FeatureKind.Null }) { faults.Add(new Fault(0, 0, "positive", "The positive class is a number, a text, true or false.")); }
        if (definition.Columns is { } columns)
        {
            if (columns.Count > IngestLimits.Features) { faults.Add(new Fault(0, 0, "columns", $"{columns.Count} features; at most {IngestLimits.Features} are taken.")); }
            foreach (var (name, column) in columns)
            {
                string path = $"columns.{name}";
                if (column is null) { faults.Add(new Fault(0, 0, path, "Say the type: {\"type\":\"number\"}, text, boolean or vector.")); }
                if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > IngestLimits.NameBytes) { faults.Add(new Fault(0, 0, path, $"A feature's name has 1 to {IngestLimits.NameBytes} bytes.")); }
            }
        }
        if (definition.Labels is { } labels)
        {
            if (labels.Count > MaximumLabels) { faults.Add(new Fault(0, 0, "labels", $"{labels.Count} labels; at most {MaximumLabels} are taken.")); }
            foreach (var (name, value) in labels)
            {
                if (value is null || Encoding.UTF8.GetByteCount(value) > IngestLimits.NameBytes || Encoding.UTF8.GetByteCount(name) > IngestLimits.NameBytes)
                {
                    faults.Add(new Fault(0, 0, $"labels.{name}", $"A label is a text of at most {IngestLimits.NameBytes} bytes."));
                }
            }
        }
        return faults;
    }
}

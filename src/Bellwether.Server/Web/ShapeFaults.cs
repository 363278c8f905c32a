using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bellwether.Contracts;

namespace Bellwether.Server.Web;

/// <summary>
/// Holds a JSON document against a shape: every property that is not known, every one that is missing, every name that is none of an
/// enumeration's, each with its path. The serializer itself stops at the first, and names .NET types.
/// </summary>
internal static class ShapeFaults
{
    private const int MaximumFaults = 100;

    public static IReadOnlyList<Fault> Find(JsonElement root, JsonTypeInfo shape)
    {
        var faults = new List<Fault>();
        Search(root, shape, "", faults);
        return faults.Count <= MaximumFaults ? faults : faults[..MaximumFaults];
    }

    private static void Search(JsonElement element, JsonTypeInfo shape, string path, List<Fault> faults)
    {
        if (faults.Count > MaximumFaults) { return; }
        if (shape.Kind == JsonTypeInfoKind.Object && element.ValueKind == JsonValueKind.Object) { SearchObject(element, shape, path, faults); }
        else if (shape.Kind == JsonTypeInfoKind.Object && element.ValueKind != JsonValueKind.Null)
        {
            faults.Add(new Fault(0, 0, path, $"An object is needed here: {{\"{shape.Properties[0].Name}\":…}}."));
        }
        else if (shape.Kind == JsonTypeInfoKind.Dictionary && element.ValueKind == JsonValueKind.Object && shape.ElementType is { } valueType)
        {
            foreach (var property in element.EnumerateObject()) { Search(property.Value, shape.Options.GetTypeInfo(valueType), $"{path}.{property.Name}", faults); }
        }
        else if (shape.Type.IsEnum && element.ValueKind != JsonValueKind.Null)
        {
            string[] names = [.. Enum.GetNames(shape.Type).Select(JsonNamingPolicy.CamelCase.ConvertName)];
            string? name = element.ValueKind == JsonValueKind.String ? element.GetString() : null;
            if (!names.Contains(name, StringComparer.OrdinalIgnoreCase)) { faults.Add(new Fault(0, 0, path, $"Use one of {string.Join(", ", names)}.")); }
        }
    }

    private static void SearchObject(JsonElement element, JsonTypeInfo shape, string path, List<Fault> faults)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in element.EnumerateObject())
        {
            string place = Join(path, property.Name);
            if (!seen.Add(property.Name)) { faults.Add(new Fault(0, 0, place, $"'{property.Name}' is there twice.")); }
            var known = shape.Properties.FirstOrDefault(p => p.Name.Equals(property.Name, StringComparison.OrdinalIgnoreCase));
            if (known is null)
            {
                faults.Add(new Fault(0, 0, place, $"'{property.Name}' is not known here; known are {string.Join(", ", shape.Properties.Select(p => p.Name))}."));
                continue;
            }
            Search(property.Value, shape.Options.GetTypeInfo(known.PropertyType), place, faults);
        }
        foreach (var needed in shape.Properties.Where(p => p.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false } && !seen.Contains(p.Name)))
        {
            string values = needed.PropertyType.IsEnum ? $": one of {string.Join(", ", Enum.GetNames(needed.PropertyType).Select(JsonNamingPolicy.CamelCase.ConvertName))}" : "";
            faults.Add(new Fault(0, 0, Join(path, needed.Name), $"'{needed.Name}' is needed{values}."));
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}

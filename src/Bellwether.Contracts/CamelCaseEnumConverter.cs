using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bellwether.Contracts;

/// <summary>Writes an enumeration as its camel-case name and refuses numbers.</summary>
public sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

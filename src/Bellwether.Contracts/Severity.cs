using System.Text.Json.Serialization;

namespace Bellwether.Contracts;

/// <summary>How much a finding or an alert matters.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Info,
    /// <summary>Look at it this week.</summary>
    Warning,
    /// <summary>Look at it today.</summary>
    Major,
    /// <summary>Look at it now.</summary>
    Critical,
}

using System.Text.RegularExpressions;
using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Bellwether.Monitoring.Plans;

/// <summary>Reads a plan from YAML or JSON (which is YAML). Unknown and doubled properties are faults with their line and column.</summary>
public static partial class PlanReader
{
    /// <summary>The longest plan taken, in characters.</summary>
    public const int MaximumLength = 1 << 20;

    public static PlanReading Read(string text)
    {
        if (text.Length > MaximumLength) { return Refused(0, 0, $"The plan is longer than {MaximumLength} characters."); }
        var deserializer = new DeserializerBuilder()
            .WithNamingConvention(CamelCaseNamingConvention.Instance)
            .WithDuplicateKeyChecking()
            .WithTypeMapping<IReadOnlyList<string>, List<string>>()
            .WithTypeMapping<IReadOnlyList<PlanThreshold>, List<PlanThreshold>>()
            .WithTypeMapping<IReadOnlyDictionary<string, string>, Dictionary<string, string>>()
            .WithTypeMapping<IReadOnlyDictionary<string, FeatureType>, Dictionary<string, FeatureType>>()
            .Build();
        try
        {
            var plan = deserializer.Deserialize<Plan?>(text);
            return plan is null ? Refused(1, 1, "The plan is empty.") : new PlanReading(plan, []);
        }
        catch (YamlException exception)
        {
            var (path, message) = Readable(Innermost(exception).Message);
            return new PlanReading(null, [new Fault((int)exception.Start.Line, (int)exception.Start.Column, path, message)]);
        }
    }

    /// <summary>The parser speaks of our types; whoever wrote the plan knows its properties.</summary>
    private static (string Path, string Message) Readable(string message) =>
        UnknownProperty().Match(message) is { Success: true } unknown
            ? (unknown.Groups[1].Value, $"There is no property '{unknown.Groups[1].Value}' here.")
            : ("", TypeName().Replace(message, "what is expected here"));

    [GeneratedRegex("^Property '([^']*)' not found on type ")]
    private static partial Regex UnknownProperty();

    [GeneratedRegex("(type )?'?(System|Bellwether)\\.[A-Za-z0-9_.`\\[\\], =]*'?")]
    private static partial Regex TypeName();

    private static PlanReading Refused(int line, int column, string message) => new(null, [new Fault(line, column, "", message)]);

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner) { exception = inner; }
        return exception;
    }
}

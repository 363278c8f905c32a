using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Bellwether.Monitoring.Plans;

/// <summary>Reads a plan from YAML or JSON (which is YAML). Unknown and doubled properties are faults with their line and column.</summary>
public static class PlanReader
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
            return Refused((int)exception.Start.Line, (int)exception.Start.Column, Innermost(exception).Message);
        }
    }

    private static PlanReading Refused(int line, int column, string message) => new(null, [new Fault(line, column, "", message)]);

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner) { exception = inner; }
        return exception;
    }
}

using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Plans;

namespace Bellwether.Monitoring.Tests.Plans;

public sealed class PlanReaderTests
{
    private const string Text = """
        model: credit
        task: binary
        window: 1h
        features: [income, region]
        types: {region: text}
        labels: {team: risk}
        outcomes: {delay: 2d}
        thresholds:
          - {id: floor, measure: auc, below: 0.7, severity: critical, when: interval, for: 3}
        """;

    [Fact]
    public void Reads_every_part()
    {
        var plan = PlanReader.Read(Text).Plan!;
        Assert.Equal(["income", "region"], plan.Features!);
        Assert.Equal(FeatureType.Text, plan.Types!["region"]);
        Assert.Equal(("floor", 0.7, Severity.Critical, 3), (plan.Thresholds![0].Id, plan.Thresholds[0].Below, plan.Thresholds[0].Severity, plan.Thresholds[0].For));
    }

    [Fact]
    public void Json_is_read_too() =>
        Assert.Equal("2d", PlanReader.Read("""{"task":"binary","outcomes":{"delay":"2d"}}""").Plan!.Outcomes!.Delay);

    [Theory]
    [InlineData("task: binary\nwindwo: 1h", 2, "windwo")]
    [InlineData("task: binary\ntask: binary", 2, "task")]
    [InlineData("task: tertiary", 1, "tertiary")]
    [InlineData("task: [", 1, "")]
    [InlineData("", 1, "empty")]
    public void A_fault_names_its_line(string text, int line, string named)
    {
        var fault = Assert.Single(PlanReader.Read(text).Faults);
        Assert.InRange(fault.Line, line, line + 1);
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compiling_lists_every_fault_at_once()
    {
        var plan = PlanReader.Read("""
            window: 1d
            thresholds:
              - {measure: auk, below: 1}
              - {measure: auc}
              - {measure: auc, below: 0.5, for: 0}
            """).Plan;
        var definition = new ModelDefinition(ModelTask.Binary) { TimeZone = "Mars/Base", FalseAlarmsPerYear = 0, Window = "7h" };
        Assert.Null(CompiledPlan.Compile(ModelKey.Parse("m"), definition, plan, 1, out var faults));
        Assert.Equal(
            ["falseAlarmsPerYear", "thresholds[0].measure", "thresholds[1]", "thresholds[2].for", "timeZone", "window", "window"],
            faults.Select(f => f.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("250ms", 0.25)]
    [InlineData("90s", 90)]
    [InlineData("1.5h", 5400)]
    [InlineData("7d", 604800)]
    public void Durations_are_read(string text, double seconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory, InlineData(""), InlineData("1"), InlineData("-1h"), InlineData("0h"), InlineData("1y"), InlineData("500d"), InlineData("h")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(Durations.TryParse(text, out _));
}

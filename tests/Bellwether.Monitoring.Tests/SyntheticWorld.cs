using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Plans;
using Bellwether.Statistics.Chance;

namespace Bellwether.Monitoring.Tests;

/// <summary>A small service with daily and weekly rhythm: three numbers, one category, a score, latencies, outcomes two days late.</summary>
internal sealed class SyntheticWorld(ulong seed, int rowsPerHour = 60)
{
    public static readonly ModelKey Model = ModelKey.Parse("world");
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero); // A Monday.
    public static readonly string[] Categories = ["north", "south", "east", "west"];

    /// <summary>From here on the first number shifts by one σ.</summary>
    public DateTimeOffset? DriftFrom { get; init; }

    /// <summary>From here on the second number is missing in half of the rows.</summary>
    public DateTimeOffset? NullsFrom { get; init; }

    /// <summary>From here on the score says nothing about the outcome.</summary>
    public DateTimeOffset? ConceptFrom { get; init; }

    /// <summary>From here on a fifth of the requests take longer than the objective.</summary>
    public DateTimeOffset? SlowFrom { get; init; }

    public (LabelledColumns Rows, long[] KnownAt) Rows(DateTimeOffset from, DateTimeOffset to)
    {
        int hours = (int)(to - from).TotalHours, n = hours * rowsPerHour;
        var ids = new string[n];
        var times = new long[n];
        var numbers = Enumerable.Range(0, 3).Select(_ => new double[n]).ToArray();
        var numberStates = Enumerable.Range(0, 3).Select(_ => new byte[n]).ToArray();
        var texts = new string?[n];
        var scores = new double[n];
        var latencies = new double[n];
        var outcomes = new double[n];
        var known = new long[n];
        for (int h = 0; h < hours; h++)
        {
            var hour = from.AddHours(h);
            var random = new SplitMix64(SplitMix64.SeedFrom(seed, (ulong)hour.ToUnixTimeSeconds()));
            double rhythm = 0.5 * Math.Sin(2 * Math.PI * hour.Hour / 24) + (hour.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.4 : 0);
            for (int r = 0; r < rowsPerHour; r++)
            {
                int i = h * rowsPerHour + r;
                ids[i] = $"{hour.ToUnixTimeSeconds()}-{r}";
                times[i] = hour.ToMicroseconds() + r * (3_600_000_000L / rowsPerHour);
                numbers[0][i] = random.NextNormal() + rhythm + (hour >= DriftFrom ? 1 : 0);
                numbers[1][i] = Math.Exp(random.NextNormal());
                numbers[2][i] = Math.Floor(random.NextDouble() * 5);
                if (random.NextDouble() < 0.5 && hour >= NullsFrom) { (numbers[1][i], numberStates[1][i]) = (double.NaN, (byte)ValueState.Null); }
                texts[i] = Categories[(int)(random.NextDouble() * (hour.Hour < 12 ? 4 : 3))];
                double z = random.NextNormal();
                scores[i] = 1 / (1 + Math.Exp(-z));
                outcomes[i] = random.NextDouble() < (hour >= ConceptFrom ? 0.5 : 1 / (1 + Math.Exp(-2 * z))) ? 1 : 0;
                latencies[i] = (hour >= SlowFrom && r % 5 == 0 ? 0.5 : 0.05) * Math.Exp(0.5 * random.NextNormal());
                known[i] = times[i] + (long)((48 + random.NextDouble()) * 3_600_000_000);
            }
        }
        var columns = new PredictionColumns
        {
            Count = n,
            Ids = ids,
            Timestamps = times,
            Versions = new string?[n],
            Predictions = [.. Enumerable.Repeat(double.NaN, n)],
            PredictionTexts = new string?[n],
            Scores = scores,
            Latencies = latencies,
            Errors = new string?[n],
            Features =
            [
                .. Enumerable.Range(0, 3).Select(f => new FeatureColumn { Name = $"number{f}", Type = FeatureType.Number, Numbers = numbers[f], States = numberStates[f] }),
                new FeatureColumn { Name = "region", Type = FeatureType.Text, Texts = texts, States = new byte[n] },
            ],
        };
        return (new LabelledColumns(columns, true, outcomes, new string?[n], []), known);
    }

    public static async Task<MemoryMonitorStore> StoreAsync(LabelledColumns? reference, string? plan = null, double budget = 1)
    {
        var store = new MemoryMonitorStore();
        var definition = new ModelDefinition(ModelTask.Binary) { FalseAlarmsPerYear = budget };
        await store.DefineAsync(Model, definition, "test", Start, TestContext.Current.CancellationToken);
        var read = PlanReader.Read(plan ?? "operations: {latencyObjective: 300ms}");
        Assert.Empty(read.Faults);
        await store.SavePlanAsync(Model, plan ?? "operations: {latencyObjective: 300ms}", "test", Start, TestContext.Current.CancellationToken);
        if (reference is not null)
        {
            var compiled = CompiledPlan.Compile(Model, definition, read.Plan, 1, out var faults);
            Assert.Empty(faults);
            await store.SaveReferenceAsync(Model, ReferenceFitter.Fit(compiled!, "test", "digest", reference), "test", Start, TestContext.Current.CancellationToken);
        }
        return store;
    }
}

using System.Text.Json;
using Bellwether.Client;
using Bellwether.Contracts;
using Bellwether.Contracts.Drift;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Plans;
using Bellwether.Server.Demo;

namespace Bellwether.Acceptance.Tests;

/// <summary>The demo as it ran in a server, and as a replay of the same rows sees it later.</summary>
public sealed class DemoReplayTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_live_demo_and_its_later_replay_find_the_same_byte_for_byte()
    {
        var before = TimeProvider.System.GetUtcNow();
        await using var server = await ServerProcess.StartAsync(Cancellation, "demo", "--seed", "3");
        var now = TimeProvider.System.GetUtcNow();
        if (DemoOptions.HourOf(before) != DemoOptions.HourOf(now)) { Assert.Skip("The hour turned while the demo started: its history could be either hour's."); }
        var client = new BellwetherClient(server.Http, server.Address);
        var live = new List<Finding>();
        await foreach (var finding in client.FindingsAsync(CreditDefaultWorld.Model, cancellationToken: Cancellation)) { live.Add(finding); }
        Assert.True(live.Count >= 8, $"{live.Count} findings");
        Assert.True(live.Select(f => f.Topic).Distinct().Count() >= 4);

        string closes = await server.Http.GetStringAsync($"/v1/models/{CreditDefaultWorld.Model}/closes", Cancellation);
        var through = JsonSerializer.Deserialize(closes, BellwetherJson.Default.PageCloseRecord)!.Items[^1].Through;
        var later = await ReplayAsync(new CreditDefaultWorld(new DemoOptions(3, true, now)), now, through);

        Assert.Equal(Text(later), Text(live));
    }

    private static async Task<IReadOnlyList<Finding>> ReplayAsync(CreditDefaultWorld world, DateTimeOffset now, DateTimeOffset through)
    {
        var hours = world.Between(world.Options.ReferenceEnd, now).ToList();
        var rows = RowConcatenation.Of([.. hours.Select(h => h.Rows)]);
        var log = new MemoryModelLog(
            new LabelledColumns(rows, true, [.. hours.SelectMany(h => h.Outcomes)], new string?[rows.Count], []),
            [.. hours.SelectMany(h => h.KnownAt).Select(k => k <= now.ToMicroseconds() ? k : long.MaxValue)]);
        var store = new MemoryMonitorStore();
        await store.DefineAsync(CreditDefaultWorld.Model, CreditDefaultWorld.Definition, "test", now, Cancellation);
        await store.SavePlanAsync(CreditDefaultWorld.Model, CreditDefaultWorld.PlanText, "test", now, Cancellation);
        var plan = CompiledPlan.Compile(CreditDefaultWorld.Model, CreditDefaultWorld.Definition, PlanReader.Read(CreditDefaultWorld.PlanText).Plan, 1, out _)!;
        var reference = ReferenceFitter.Fit(plan, "first four weeks", world.ReferenceDigest, world.Reference());
        await store.SaveReferenceAsync(CreditDefaultWorld.Model, reference, "test", now, Cancellation);
        var evaluator = await ModelEvaluator.LoadAsync(CreditDefaultWorld.Model, log, store, Cancellation);
        await evaluator!.EvaluateAsync(through, "request", now, Cancellation);
        return await store.FindingsAsync(CreditDefaultWorld.Model, new TimeWindow(world.Options.Start, now.AddDays(1)), Cancellation);
    }

    private static string Text(IReadOnlyList<Finding> findings) => JsonSerializer.Serialize(new Page<Finding>(findings), BellwetherJson.Default.PageFinding);
}

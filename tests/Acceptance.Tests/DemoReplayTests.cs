using System.Text.Json;
using Bellwether.Client;
using Bellwether.Contracts;
using Bellwether.Contracts.Drift;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Plans;
using Bellwether.Server.Demo;
using Bellwether.Statistics.Chance;

namespace Bellwether.Acceptance.Tests;

/// <summary>The demo as it ran in a server, and as a replay of the same rows sees it later.</summary>
public sealed class DemoReplayTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 17, 13, 25, 0, TimeSpan.Zero);

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

    [Fact]
    public async Task However_unevenly_windows_close_a_later_replay_finds_the_same_byte_for_byte()
    {
        await using var run = await LiveRun.StartAsync(11);
        var random = new SplitMix64(11);
        while (run.Sent < Now)
        {
            // Some minutes, an hour, or half a day and more at once: the service was away, or the server was.
            await run.SendAsync(TimeSpan.FromHours(random.NextInt(3) switch { 0 => .02 + .3 * random.NextDouble(), 1 => 1, _ => 30 * random.NextDouble() }));
            switch (random.NextInt(8))
            {
                case < 2: break; // The watermark closes by itself, some time during the next rows.
                case 2: await Task.Delay(1600, Cancellation); break; // … or before them.
                default: await run.CloseAsync(); break;
            }
        }
        var spans = await run.RequireSameAsReplayAsync();
        Assert.Contains(spans, s => s == TimeSpan.FromHours(1));
        Assert.Contains(spans, s => s > TimeSpan.FromHours(6));
    }

    [Fact]
    public async Task Windows_closed_one_at_a_time_find_what_a_later_replay_finds_byte_for_byte()
    {
        await using var run = await LiveRun.StartAsync(12);
        while (run.Sent < Now)
        {
            await run.SendAsync(TimeSpan.FromHours(1));
            await run.CloseAsync();
        }
        Assert.All(await run.RequireSameAsReplayAsync(), span => Assert.Equal(TimeSpan.FromHours(1), span));
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

    /// <summary>Two weeks of the demo's rows, with everything that goes wrong in them, sent as they would come.</summary>
    private sealed class LiveRun(DemoServer server, CreditDefaultWorld world) : IAsyncDisposable
    {
        private static readonly TimeSpan Lateness = TimeSpan.FromMinutes(10);

        public DateTimeOffset Sent { get; private set; } = world.Options.ReferenceEnd;

        public static async Task<LiveRun> StartAsync(ulong seed)
        {
            var run = new LiveRun(await DemoServer.StartAsync(Cancellation), new CreditDefaultWorld(new DemoOptions(seed, true, Now)));
            await run.DefineAsync();
            return run;
        }

        public async Task SendAsync(TimeSpan span)
        {
            var to = Sent + span is var next && next < Now ? next : Now;
            await server.Demo.SendAsync(world, Sent, to, Cancellation);
            Sent = to;
        }

        public Task<DateTimeOffset?> CloseAsync() => server.CloseAsync(Sent - Lateness);

        /// <summary>How much time each close after the first covered.</summary>
        public async Task<List<TimeSpan>> RequireSameAsReplayAsync()
        {
            var through = await CloseAsync();
            var live = await server.Data.Store.FindingsAsync(CreditDefaultWorld.Model, new TimeWindow(world.Options.Start, Now.AddDays(1)), Cancellation);
            var later = await ReplayAsync(world, Now, through!.Value);
            var closes = await server.Data.Store.ClosesAsync(CreditDefaultWorld.Model, Cancellation);
            TestContext.Current.TestOutputHelper?.WriteLine($"{live.Count} findings, {closes.Count} closes, {closes.Count(c => c.Reason == "watermark")} of them by the watermark");
            Assert.True(live.Count >= 8, $"{live.Count} findings");
            Assert.Equal(4, live.Select(f => f.Topic).Distinct().Count());
            Assert.Equal(Text(later), Text(live));
            Assert.All(live, finding => Assert.DoesNotMatch(@"(?<!\w)_(score|prediction|latency|error)", finding.Text));
            return [.. closes.Zip(closes.Skip(1), (one, next) => next.Through - one.Through)];
        }

        public ValueTask DisposeAsync() => server.DisposeAsync();

        private Task DefineAsync() => server.Demo.DefineAsync(world, Now, Cancellation);
    }

    private static string Text(IReadOnlyList<Finding> findings) => JsonSerializer.Serialize(new Page<Finding>(findings), BellwetherJson.Default.PageFinding);
}

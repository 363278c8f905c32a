using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Evaluation;
using static Bellwether.Storage.Tests.Metadata.StoreFixture;

namespace Bellwether.Storage.Tests.Metadata;

/// <summary>What every monitor store does; a new one is tested by being named in a class below.</summary>
public abstract class MonitorStoreContract
{
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected abstract Task<OpenStore> OpenAsync();

    private static ModelDefinition Plain(double threshold = 0.5) => new(ModelTask.Binary) { Threshold = threshold };

    private async Task<OpenStore> OpenDefinedAsync()
    {
        var store = await OpenAsync();
        await store.Store.DefineAsync(Model, Plain(), "ana", Start, Cancel);
        return store;
    }

    [Fact]
    public async Task Models_are_listed_once_in_ordinal_order()
    {
        using var fixture = await OpenAsync();
        foreach (string key in (string[])["z", "a-b", "a.b"]) { await fixture.Store.DefineAsync(ModelKey.Parse(key), Plain(), "ana", Start, Cancel); }
        await fixture.Store.DefineAsync(ModelKey.Parse("z"), Plain(0.9), "ana", Start, Cancel);
        var models = await fixture.Store.ListModelsAsync(Cancel);
        Assert.Equal(["a-b", "a.b", "z"], models.Select(m => m.Model.Value));
        Assert.Equal(2, models[^1].Revision);
    }

    [Fact]
    public async Task Plans_and_references_are_found_in_their_newest_revision()
    {
        using var fixture = await OpenDefinedAsync();
        Assert.Null(await fixture.Store.FindPlanAsync(Model, Cancel));
        await fixture.Store.SavePlanAsync(Model, "task: binary", "ana", Start, Cancel);
        await fixture.Store.SavePlanAsync(Model, "task: binary", "ana", Start, Cancel);
        var plan = await fixture.Store.SavePlanAsync(Model, "task: binary\nwindow: 1d", "ana", Start, Cancel);
        Assert.Equal(2, plan.Revision);
        Assert.Equal(plan, await fixture.Store.FindPlanAsync(Model, Cancel));

        await fixture.Store.SaveReferenceAsync(Model, Reference("june", 6), "ana", Start, Cancel);
        Assert.Equal(2, (await fixture.Store.SaveReferenceAsync(Model, Reference("july", 7), "ana", Start, Cancel)).Revision);
        var found = await fixture.Store.FindReferenceAsync(Model, Cancel);
        Assert.Equal("july", found!.Name);
        Assert.Equal([7], found.Fitted);
        Assert.Equal(["income", "region"], found.Receipt.Columns);
    }

    [Fact]
    public async Task An_owner_that_lost_the_race_stores_nothing()
    {
        using var fixture = await OpenDefinedAsync();
        Assert.Null(await fixture.Store.LoadStateAsync(Model, Cancel));
        Assert.Equal(1, await fixture.Store.TrySaveAsync(Model, 0, Changes(state: 1), Start, Cancel));
        Assert.Equal(2, await fixture.Store.TrySaveAsync(Model, 1, Changes(state: 2), Start, Cancel));

        var late = Changes(
            state: 99, closes: [new CloseRecord(Model, Start, "watermark", Start)], summaries: [Summary(0)], reports: [Report(0)],
            findings: [Finding("f1", 0)], notifications: [Notification("a", "firing", AlertState.Firing)], learnt: Reference("learnt"));
        foreach (long stale in (long[])[0, 1, 7]) { Assert.Null(await fixture.Store.TrySaveAsync(Model, stale, late, Start, Cancel)); }

        Assert.Equal(2, (await fixture.Store.LoadStateAsync(Model, Cancel))!.Value.State[0]);
        Assert.Empty(await fixture.Store.ClosesAsync(Model, Cancel));
        Assert.Empty(await fixture.Store.SummariesAsync(Model, Always, Cancel));
        Assert.Empty(await fixture.Store.ReportsAsync(Model, Always, Cancel));
        Assert.Empty(await fixture.Store.FindingsAsync(Model, Always, Cancel));
        Assert.Empty(await fixture.Store.AlertsAsync(null, null, Cancel));
        Assert.Null(await fixture.Store.FindReferenceAsync(Model, Cancel));
    }

    [Fact]
    public async Task Of_owners_racing_from_the_same_version_exactly_one_wins()
    {
        using var fixture = await OpenDefinedAsync();
        var versions = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Task.Run(() => fixture.Store.TrySaveAsync(Model, 0, Changes(state: (byte)i, summaries: [Summary(i)]), Start, Cancel))));
        Assert.Single(versions, version => version == 1);
        Assert.Equal(7, versions.Count(version => version is null));
        Assert.Single(await fixture.Store.SummariesAsync(Model, Always, Cancel));
    }

    [Fact]
    public async Task Each_window_comes_once_in_its_newest_revision_when_it_overlaps_the_range()
    {
        using var fixture = await OpenDefinedAsync();
        await fixture.Store.TrySaveAsync(
            Model, 0, Changes(summaries: [Summary(0), Summary(1), Summary(2)], reports: [Report(2), Report(0), Report(1)]), Start, Cancel);
        await fixture.Store.TrySaveAsync(
            Model, 1, Changes(summaries: [Summary(1, revision: 2, schema: "b")], reports: [Report(1, revision: 2, auc: 0.5)]), Start, Cancel);

        var summaries = await fixture.Store.SummariesAsync(Model, Always, Cancel);
        Assert.Equal([(0, 1, "a"), (1, 2, "b"), (2, 1, "a")], summaries.Select(s => ((s.Window.Start - Start).Hours, s.Revision, s.BinSchema)));
        var reports = await fixture.Store.ReportsAsync(Model, new TimeWindow(Start.AddMinutes(90), Start.AddHours(2)), Cancel);
        Assert.Equal(0.5, Assert.Single(reports).Measures["auc"].Value);
        Assert.Empty(await fixture.Store.SummariesAsync(ModelKey.Parse("credit"), Always, Cancel));
    }

    [Fact]
    public async Task A_finding_stored_twice_is_one_and_the_first_text_stays()
    {
        using var fixture = await OpenDefinedAsync();
        await fixture.Store.TrySaveAsync(Model, 0, Changes(findings: [Finding("bb", 1), Finding("aa", 1), Finding("cc", 0)]), Start, Cancel);
        await fixture.Store.TrySaveAsync(Model, 1, Changes(findings: [Finding("aa", 1, "another sentence")]), Start, Cancel);
        var findings = await fixture.Store.FindingsAsync(Model, Always, Cancel);
        Assert.Equal(["cc", "aa", "bb"], findings.Select(f => f.Id));
        Assert.Equal("income fell", findings[1].Text);
        Assert.Equal(Hour(1), findings[1].Window);
        // Windows that end in [from, to): the end of hour 0 is from, the end of hour 1 is to.
        Assert.Equal(["cc"], (await fixture.Store.FindingsAsync(Model, new TimeWindow(Hour(0).End, Hour(1).End), Cancel)).Select(f => f.Id));
    }

    [Fact]
    public async Task Alerts_come_in_their_latest_state_newest_first()
    {
        using var fixture = await OpenDefinedAsync();
        await fixture.Store.TrySaveAsync(
            Model, 0, Changes(notifications: [Notification("a", "firing", AlertState.Firing), Notification("b", "firing", AlertState.Firing, hour: 3)]), Start, Cancel);
        await fixture.Store.TrySaveAsync(Model, 1, Changes(notifications: [Notification("a", "resolved", AlertState.Resolved)]), Start, Cancel);
        var other = ModelKey.Parse("churn");
        await fixture.Store.DefineAsync(other, Plain(), "ana", Start, Cancel);
        await fixture.Store.TrySaveAsync(other, 0, Changes(notifications: [Notification("c", "firing", AlertState.Firing, 1, "churn")]), Start, Cancel);

        Assert.Equal(["b", "c", "a"], (await fixture.Store.AlertsAsync(null, null, Cancel)).Select(a => a.Id));
        Assert.Equal(["b"], (await fixture.Store.AlertsAsync(Model, AlertState.Firing, Cancel)).Select(a => a.Id));
        Assert.Equal(["a"], (await fixture.Store.AlertsAsync(null, AlertState.Resolved, Cancel)).Select(a => a.Id));
        Assert.Equal(Start.AddHours(5), (await fixture.Store.AlertsAsync(Model, AlertState.Resolved, Cancel))[0].EndsAt);
    }

    [Fact]
    public async Task Six_weeks_of_summaries_are_stored_in_one_transaction_and_read_back_whole()
    {
        using var fixture = await OpenDefinedAsync();
        var summaries = Enumerable.Range(0, 1000).Select(hour => Summary(hour, size: 10_000)).ToArray();
        Assert.Equal(1, await fixture.Store.TrySaveAsync(Model, 0, Changes(summaries: summaries), Start, Cancel));
        var read = await fixture.Store.SummariesAsync(Model, Always, Cancel);
        Assert.Equal(1000, read.Count);
        Assert.All(read.Zip(summaries), pair => Assert.Equal(pair.Second.Bytes, pair.First.Bytes));
    }

    /// <summary>A store, and what has to go with it.</summary>
    private protected sealed record OpenStore(IMonitorStore Store, IDisposable? Owner) : IDisposable
    {
        public void Dispose() => Owner?.Dispose();
    }
}

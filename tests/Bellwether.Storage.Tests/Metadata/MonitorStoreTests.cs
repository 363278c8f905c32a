using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Log;
using Bellwether.Storage.Metadata;
using static Bellwether.Storage.Tests.Metadata.StoreFixture;

namespace Bellwether.Storage.Tests.Metadata;

public sealed class MonitorStoreTests : MonitorStoreContract
{
    private protected override async Task<OpenStore> OpenAsync()
    {
        var fixture = await StoreFixture.OpenAsync("http://localhost:1/hook");
        return new OpenStore(fixture.Store, fixture);
    }

    [Fact]
    public async Task The_same_definition_again_keeps_its_revision_and_another_gets_the_next()
    {
        using var fixture = await StoreFixture.OpenAsync();
        var first = await fixture.Store.DefineAsync(Model, Definition(), "ana", Start, Cancel);
        var again = await fixture.Store.DefineAsync(Model, Definition(), "ben", Start.AddMinutes(1), Cancel);
        var other = await fixture.Store.DefineAsync(Model, Definition(0.7), "ben", Start.AddMinutes(2), Cancel);
        Assert.Equal((1, true), (first.Stored.Revision, first.Created));
        Assert.Equal((1, false), (again.Stored.Revision, again.Created));
        Assert.Equal((2, false), (other.Stored.Revision, other.Created));
        Assert.Equal(0.7, (await fixture.Store.FindModelAsync(Model, Cancel))!.Definition.Threshold);
        Assert.Null(await fixture.Store.FindModelAsync(ModelKey.Parse("unknown"), Cancel));
    }

    [Fact]
    public async Task Everything_is_there_after_the_file_is_opened_again()
    {
        using var fixture = await StoreFixture.OpenAsync();
        await fixture.Store.DefineAsync(Model, Definition(), "ana", Start, Cancel);
        var close = new CloseRecord(Model, Start.AddHours(2), "silence", Start.AddHours(4));
        await fixture.Store.TrySaveAsync(Model, 0, Changes(closes: [close], summaries: [Summary(1)], learnt: Reference("learnt")), Start, Cancel);
        using var again = await MetadataDatabase.OpenAsync(fixture.Folder, Cancel);
        var store = new MonitorStore(again, []);
        Assert.Equal([close], await store.ClosesAsync(Model, Cancel));
        Assert.Equal(close.Through, await store.ClosedThroughAsync(Model, Cancel));
        Assert.Null(await store.ClosedThroughAsync(ModelKey.Parse("nobody"), Cancel));
        Assert.Equal(1, (await store.LoadStateAsync(Model, Cancel))!.Value.Version);
        Assert.Equal("learnt", (await store.FindReferenceAsync(Model, Cancel))!.Name);
        Assert.Equal(1d, (await store.FindModelAsync(Model, Cancel))!.Definition.Positive!.Value.Number);
    }

    [Fact]
    public async Task An_owner_that_lost_the_race_leaves_nothing_in_the_outbox()
    {
        using var fixture = await StoreFixture.OpenAsync("http://localhost:1/hook");
        await fixture.Store.TrySaveAsync(Model, 0, Changes(), Start, Cancel);
        Assert.Null(await fixture.Store.TrySaveAsync(Model, 0, Changes(notifications: [Notification("a", "firing", AlertState.Firing)]), Start, Cancel));
        Assert.Empty(await new DeliveryOutbox(fixture.Database).PendingAsync(10, Cancel));
    }
}

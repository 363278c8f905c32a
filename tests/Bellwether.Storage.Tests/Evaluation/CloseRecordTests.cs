using System.Globalization;
using Bellwether.Contracts;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Storage.Metadata;
using Bellwether.Storage.Tests.Log;

namespace Bellwether.Storage.Tests.Evaluation;

/// <summary>Closes in the log and in the metadata, with crashes between the two.</summary>
public sealed class CloseRecordTests
{
    private static readonly DateTimeOffset Ten = new(2026, 7, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeWindow Always = new(Ten.AddDays(-1), Ten.AddDays(1));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_close_that_was_evaluated_stands_in_the_log_as_in_the_metadata()
    {
        await using var log = await TemporaryLog.OpenAsync();
        using var database = await DatabaseAsync(log);
        var store = await StoreAsync(log, database);
        var evaluator = await LoadAsync(log, store);
        await evaluator.EvaluateAsync(Ten.AddMinutes(70), "watermark", Ten.AddHours(3), Cancellation);
        Assert.Null(await evaluator.EvaluateAsync(Ten.AddMinutes(80), "request", Ten.AddHours(4), Cancellation));
        await evaluator.EvaluateAsync(Ten.AddHours(2), "silence", Ten.AddHours(5), Cancellation);
        await log.CrashAsync();

        CloseRecord[] expected =
        [
            new(TemporaryLog.Model, Ten.AddHours(1), "watermark", Ten.AddHours(3)),
            new(TemporaryLog.Model, Ten.AddHours(2), "silence", Ten.AddHours(5)),
        ];
        var logged = await log.Log.ClosesAfterAsync(TemporaryLog.Model, 0, Cancellation);
        Assert.Equal(expected, logged.Select(l => l.Close));
        Assert.Equal(expected, await store.ClosesAsync(TemporaryLog.Model, Cancellation));
        Assert.Equal(expected[1..], (await log.Log.ClosesAfterAsync(TemporaryLog.Model, logged[0].Sequence, Cancellation)).Select(l => l.Close));
        Assert.Empty(await (await LoadAsync(log, store)).CatchUpAsync(Cancellation));
    }

    [Fact]
    public async Task A_close_that_a_crash_left_without_its_evaluation_is_evaluated_as_it_was_recorded()
    {
        await using var log = await TemporaryLog.OpenAsync();
        using var database = await DatabaseAsync(log);
        var store = await StoreAsync(log, database);
        await (await LoadAsync(log, store)).EvaluateAsync(Ten.AddHours(1), "watermark", Ten.AddHours(3), Cancellation);
        // What the disk holds when the process dies after the journal has the close and before the metadata is committed.
        CloseRecord[] left =
        [
            new(TemporaryLog.Model, Ten.AddHours(2), "watermark", Ten.AddHours(4)),
            new(TemporaryLog.Model, Ten.AddHours(3), "request", Ten.AddHours(5)),
        ];
        foreach (var close in left) { await log.Log.AppendCloseAsync(close, Cancellation); }
        await log.CrashAsync();

        var evaluator = await LoadAsync(log, store);
        Assert.Equal(left, (await evaluator.CatchUpAsync(Cancellation)).Select(changes => Assert.Single(changes.Closes)));
        Assert.Equal(Ten.AddHours(3), evaluator.ClosedThrough);
        Assert.Equal(left, (await store.ClosesAsync(TemporaryLog.Model, Cancellation)).Skip(1));
        Assert.Equal([Ten, Ten.AddHours(1), Ten.AddHours(2)], (await store.SummariesAsync(TemporaryLog.Model, Always, Cancellation)).Select(s => s.Window.Start));
        Assert.Empty(await (await LoadAsync(log, store)).CatchUpAsync(Cancellation));
        Assert.Equal(3, (await log.Log.ClosesAfterAsync(TemporaryLog.Model, 0, Cancellation)).Count);
    }

    [Fact]
    public async Task An_evaluation_that_failed_after_its_close_was_recorded_leaves_nothing_to_do_twice()
    {
        await using var log = await TemporaryLog.OpenAsync();
        using var database = await DatabaseAsync(log);
        var store = await StoreAsync(log, database);
        var stale = await LoadAsync(log, store);
        await (await LoadAsync(log, store)).EvaluateAsync(Ten.AddHours(2), "watermark", Ten.AddHours(3), Cancellation);
        await Assert.ThrowsAsync<FencedException>(() => stale.EvaluateAsync(Ten.AddHours(1), "watermark", Ten.AddHours(3), Cancellation));

        var evaluator = await LoadAsync(log, store);
        Assert.Empty(await evaluator.CatchUpAsync(Cancellation));
        Assert.Equal(Ten.AddHours(2), evaluator.ClosedThrough);
        Assert.Single(await store.ClosesAsync(TemporaryLog.Model, Cancellation));
        Assert.All(await store.SummariesAsync(TemporaryLog.Model, Always, Cancellation), s => Assert.Equal(1, s.Revision));
    }

    private static async Task<MetadataDatabase> DatabaseAsync(TemporaryLog log) => await MetadataDatabase.OpenAsync(log.Folder, Cancellation);

    private static async Task<MonitorStore> StoreAsync(TemporaryLog log, MetadataDatabase database)
    {
        var store = new MonitorStore(database, []);
        await store.DefineAsync(TemporaryLog.Model, new ModelDefinition(ModelTask.Binary), "test", Ten, Cancellation);
        await log.PredictAsync(string.Join('\n', Enumerable.Range(0, 18).Select(i => string.Create(
            CultureInfo.InvariantCulture, $$"""{"id":"{{i}}","timestamp":"{{UtcInstantConverter.Format(Ten.AddMinutes(10 * i))}}","prediction":1,"score":0.7}"""))), arrival: Ten.AddHours(3));
        return store;
    }

    private static async Task<ModelEvaluator> LoadAsync(TemporaryLog log, MonitorStore store) =>
        (await ModelEvaluator.LoadAsync(TemporaryLog.Model, log.Log, store, Cancellation))!;
}

using Bellwether.Contracts;
using Bellwether.Storage.Log;

namespace Bellwether.Storage.Tests.Log;

/// <summary>What the log remembers of rows that were sent as history.</summary>
public sealed class HistoryTests
{
    private static readonly DateTimeOffset Ten = new(2026, 7, 1, 10, 0, 0, TimeSpan.Zero);

    [Theory, InlineData(false), InlineData(true)]
    public async Task History_never_counts_as_live_however_the_process_ended(bool flushed)
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.UploadAsync("""{"id":"a","timestamp":"2026-07-01T10:00:00Z"}""");
        await EndAsync();
        Assert.Equal(new LogMarks(null, Ten, null), await MarksAsync());

        await log.PredictAsync("""{"id":"b","timestamp":"2026-07-01T09:00:00Z"}""");
        await log.UploadAsync("""{"id":"c","timestamp":"2026-07-01T11:00:00Z"}""");
        await log.KnowAsync("""{"id":"c","outcome":1,"timestamp":"2026-07-01T11:30:00Z"}""");
        await EndAsync();
        Assert.Equal(new LogMarks(Ten.AddHours(-1), Ten.AddHours(1), Ten.AddHours(1.5)), await MarksAsync());
        Assert.Equal(["b", "a", "c"], await log.IdsAsync());

        // Older live rows and repeats of history move nothing back or on.
        await log.PredictAsync("""{"id":"d","timestamp":"2026-07-01T08:00:00Z"}""");
        Assert.Equal(1, (await log.PredictAsync("""{"id":"c","timestamp":"2026-07-01T11:00:00Z"}""")).Receipt.Duplicates);
        await EndAsync();
        Assert.Equal(Ten.AddHours(-1), (await MarksAsync())!.Live);

        async Task EndAsync()
        {
            if (flushed) { await log.Log.FlushAsync(TestContext.Current.CancellationToken); }
            await log.CrashAsync();
        }

        Task<LogMarks?> MarksAsync() => log.Log.MarksAsync(TemporaryLog.Model, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_model_without_rows_has_no_marks()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.KnowAsync("""{"id":"a","outcome":1}""");
        Assert.Null(await log.Log.MarksAsync(TemporaryLog.Model, TestContext.Current.CancellationToken));
        Assert.Null(await log.Log.MarksAsync(ModelKey.Parse("nobody"), TestContext.Current.CancellationToken));
    }
}

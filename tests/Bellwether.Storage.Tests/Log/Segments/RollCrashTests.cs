using Bellwether.Storage.Log.Segments;
using Microsoft.Extensions.Logging;

namespace Bellwether.Storage.Tests.Log.Segments;

public sealed class RollCrashTests
{
    private const string Rows = """
        {"id":"a","timestamp":"2026-06-30T10:00:00Z","features":{"x":1,"c":"red"},"prediction":1,"score":0.9}
        {"id":"b","timestamp":"2026-07-01T11:00:00Z","features":{"x":2},"prediction":"yes"}
        {"id":"c","timestamp":"2026-07-01T11:10:00Z","features":{"x":3},"prediction":"no","role":"shadow"}
        """;

    private const string Late = """{"id":"d","timestamp":"2026-07-01T10:30:00Z","features":{"z":[1, 2]}}""";

    private static readonly string[] Ids = ["a", "b", "c", "d"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)] // The first step of writing a day anew.
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public async Task A_crash_after_any_step_leaves_the_old_or_the_new_state(int lastStep)
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Rows);
        await log.KnowAsync("""{"id":"b","outcome":"yes"}""");
        if (lastStep > 8) { await log.RollAsync(); }
        await log.PredictAsync(Late);
        string before = await LogAnswers.OfAsync(log, Ids);
        int steps = lastStep > 8 ? 8 : 0;
        await log.RollAsync(_ =>
        {
            if (++steps >= lastStep) { throw new IOException("The power fails here."); }
        });
        Assert.True(steps >= lastStep);
        Assert.Equal(before, await LogAnswers.OfAsync(log, Ids)); // The same process goes on,
        await log.CrashAsync();
        Assert.Equal(before, await LogAnswers.OfAsync(log, Ids)); // and so does the next one.

        await log.RollAsync();
        Assert.Equal(before, await LogAnswers.OfAsync(log, Ids));
        Assert.Equal(2, log.SegmentFiles().Length);
        Assert.Empty(log.Log.DamagedSegments);
        Assert.Equal((0, 3), ((await log.PredictAsync(Rows)).Receipt.Accepted, (await log.PredictAsync(Rows)).Receipt.Duplicates));
        await log.RestartAsync();
        Assert.Equal(before, await LogAnswers.OfAsync(log, Ids));
        Assert.DoesNotContain(log.Log.DamagedSegments, _ => true);
    }

    [Fact]
    public async Task A_failed_roll_is_told_and_the_next_one_does_its_work()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Rows);
        Assert.Empty(await log.RollAsync(step => throw new IOException("The disk is full.")));
        Assert.Equal(2, log.Told.At(LogLevel.Error).Count(line => line.StartsWith("The roll of d2026", StringComparison.Ordinal)));
        Assert.Empty(log.SegmentFiles());
        Assert.Equal(2, (await log.RollAsync()).Count);
        Assert.Contains(log.Told.At(LogLevel.Information), line => line.StartsWith("Rolled churn into model-churn/2026-07-01.1.parquet: 2 rows, ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_roll_that_is_given_up_leaves_everything_as_it_was()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Rows);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => log.Log.RollAsync(
            async (_, _) =>
            {
                await stop.CancelAsync();
                return TemporaryLog.Arrival.AddDays(2);
            },
            TemporaryLog.Arrival.AddDays(31), stop.Token));
        Assert.Empty(log.SegmentFiles());
        Assert.Equal(["a", "b"], await log.IdsAsync());
        Assert.Equal(2, (await log.RollAsync()).Count);
    }

    [Fact]
    public async Task Leftovers_of_a_roll_are_removed_at_start_and_the_files_of_a_person_are_not()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Rows);
        await log.RollAsync();
        string folder = Path.Combine(log.Folder, "segments", "model-churn");
        string[] leftovers = ["2026-06-28.1.parquet", "2026-07-01.2.parquet", "2026-07-01.2.parquet.tmp"], others = ["notes.txt", "summer.parquet"];
        foreach (string name in leftovers.Concat(others)) { await File.WriteAllTextAsync(Path.Combine(folder, name), "x", TestContext.Current.CancellationToken); }
        await log.RestartAsync();

        Assert.Equal(["2026-06-30.1.parquet", "2026-07-01.1.parquet", .. others], log.SegmentFiles().Select(Path.GetFileName));
        Assert.Equal(["a", "b"], await log.IdsAsync());
    }

    [Fact]
    public async Task Rows_in_the_journal_alone_are_replayed_into_rolled_days()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Rows);
        await log.RollAsync();
        await log.PredictAsync(Late);
        await log.CrashAsync();
        Assert.Equal(["a", "d", "b"], await log.IdsAsync());
        Assert.Equal(0, (await log.PredictAsync(Late)).Receipt.Accepted);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("cut")]
    [InlineData("missing")]
    public async Task A_damaged_segment_is_named_and_never_read(string damage)
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Rows);
        await log.RollAsync();
        await log.Log.DisposeAsync();
        string path = log.SegmentFiles()[1];
        byte[] whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), broken = [.. whole];
        broken[whole.Length / 3] ^= 1;
        if (damage == "missing") { File.Delete(path); }
        else { await File.WriteAllBytesAsync(path, damage == "cut" ? whole[..^8] : broken, TestContext.Current.CancellationToken); }
        await log.RestartAsync();

        const string Name = "model-churn/2026-07-01.1.parquet";
        if (damage != "changed") { Assert.Equal(Name, Assert.Single(log.Log.DamagedSegments).Key); } // Known before anyone reads.
        var refused = await Assert.ThrowsAsync<SegmentDamagedException>(() => log.ReadAsync());
        Assert.Equal(Name, refused.File);
        await Assert.ThrowsAsync<SegmentDamagedException>(log.JoinAsync);
        await Assert.ThrowsAsync<SegmentDamagedException>(() => log.Log.FindAsync(TemporaryLog.Model, "b", TestContext.Current.CancellationToken));
        Assert.Equal(Name, Assert.Single(log.Log.DamagedSegments).Key);
        Assert.Single(log.Told.At(LogLevel.Error), line => line.Contains(Name, StringComparison.Ordinal));

        // Other days are read, and rows are taken.
        Assert.NotNull(await log.Log.FindAsync(TemporaryLog.Model, "a", TestContext.Current.CancellationToken));
        Assert.Equal(1, (await log.PredictAsync(Late)).Receipt.Accepted);
        Assert.Empty(await log.RollAsync());

        await File.WriteAllBytesAsync(path, whole, TestContext.Current.CancellationToken);
        Assert.Equal(["a", "d", "b"], await log.IdsAsync());
        Assert.Empty(log.Log.DamagedSegments);
        Assert.Single(await log.RollAsync());
        Assert.Equal(["a", "d", "b"], await log.IdsAsync());
    }
}

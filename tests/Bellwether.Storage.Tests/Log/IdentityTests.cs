using System.Globalization;
using Bellwether.Storage.Log;

namespace Bellwether.Storage.Tests.Log;

public sealed class IdentityTests
{
    private const string Row = """{"id":"a","timestamp":"2026-07-01T10:00:00Z","features":{"x":1},"prediction":1}""";
    private const string Other = """{"id":"a","timestamp":"2026-07-01T10:00:00Z","features":{"x":2},"prediction":1}""";

    [Fact]
    public async Task An_equal_repeat_changes_nothing()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Row);
        var repeat = await log.PredictAsync(Row, arrival: TemporaryLog.Arrival.AddHours(2));
        Assert.Equal((0, 1), (repeat.Receipt.Accepted, repeat.Receipt.Duplicates));
        Assert.Null(repeat.Latest);
        Assert.Equal(["a"], await log.IdsAsync());
    }

    [Fact]
    public async Task A_repeat_without_time_is_equal_whenever_it_arrives()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync("""{"id":"a","prediction":1}""");
        var repeat = await log.PredictAsync("""{"prediction":1.0,"id":"a"}""", arrival: TemporaryLog.Arrival.AddMinutes(50));
        Assert.Equal(1, repeat.Receipt.Duplicates);
        Assert.Equal(["a"], await log.IdsAsync());
    }

    [Fact]
    public async Task A_repeat_without_time_is_known_in_another_hour_even_after_a_crash()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync("""{"id":"a","prediction":1}""");
        await log.CrashAsync();
        var repeat = await log.PredictAsync("""{"id":"a","prediction":1}""", arrival: TemporaryLog.Arrival.AddMinutes(50));
        Assert.Equal((0, 1), (repeat.Receipt.Accepted, repeat.Receipt.Duplicates));
        Assert.Equal(["a"], await log.IdsAsync());
    }

    [Fact]
    public async Task Another_content_is_kept_as_a_revision_and_never_counts()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Row);
        var revision = await log.PredictAsync(Other);
        Assert.Equal((1, 0), (revision.Receipt.Accepted, revision.Receipt.Duplicates));
        Assert.Equal(1, (await log.PredictAsync(Other)).Receipt.Duplicates);

        var rows = Assert.Single(await log.ReadAsync());
        Assert.Equal(1, rows.Count);
        Assert.Equal(1, rows.Features[0].Numbers[0]);
        var stored = await log.Log.FindAsync(TemporaryLog.Model, "a", TestContext.Current.CancellationToken);
        Assert.Equal(1, stored!.Prediction.Features!["x"].Number);
        Assert.Equal(2, Assert.Single(stored.Revisions).Features!["x"].Number);
    }

    [Fact]
    public async Task Repeats_within_a_batch_are_found()
    {
        await using var log = await TemporaryLog.OpenAsync();
        var result = await log.PredictAsync($"{Row}\n{Other}\n{Row}\n{Other}");
        Assert.Equal((2, 2), (result.Receipt.Accepted, result.Receipt.Duplicates));
        Assert.Equal(["a"], await log.IdsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Repeats_and_revisions_are_found_after_a_restart(bool crash)
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Row);
        await (crash ? log.CrashAsync() : log.RestartAsync());
        Assert.Equal(1, (await log.PredictAsync(Row)).Receipt.Duplicates);
        Assert.Equal(1, (await log.PredictAsync(Other)).Receipt.Accepted);
        await (crash ? log.CrashAsync() : log.RestartAsync());
        Assert.Equal(1, (await log.PredictAsync(Other)).Receipt.Duplicates);
        Assert.Equal(1, Assert.Single(await log.ReadAsync()).Features[0].Numbers[0]);
        Assert.Equal(["a"], await log.IdsAsync());
    }

    [Fact]
    public async Task Hours_dropped_from_memory_are_read_again()
    {
        await using var log = await TemporaryLog.OpenAsync(new LogOptions { FlushInterval = TimeSpan.FromHours(1), IdentityLimit = 10 });
        string[] bodies = [.. Enumerable.Range(0, 20).Select(hour => string.Join('\n', Enumerable.Range(0, 5).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{hour}}-{{i}}","timestamp":"2026-06-30T{{hour:D2}}:00:00Z"}"""))))];
        foreach (string body in bodies) { Assert.Equal(5, (await log.PredictAsync(body)).Receipt.Accepted); }
        foreach (string body in bodies) { Assert.Equal(5, (await log.PredictAsync(body)).Receipt.Duplicates); }
        Assert.Equal(100, (await log.IdsAsync()).Length);
    }

    [Fact]
    public async Task Outcomes_beyond_memory_are_looked_up()
    {
        await using var log = await TemporaryLog.OpenAsync(new LogOptions { FlushInterval = TimeSpan.FromHours(1), IdentityLimit = 10 });
        string[] bodies = [.. Enumerable.Range(0, 8).Select(batch => string.Join('\n', Enumerable.Range(0, 5).Select(i => $$"""{"id":"it's {{batch}}-{{i}}","outcome":1}""")))];
        foreach (string body in bodies) { Assert.Equal(5, (await log.KnowAsync(body)).Receipt.Accepted); }
        foreach (string body in bodies) { Assert.Equal(5, (await log.KnowAsync(body)).Receipt.Duplicates); }
    }

    [Fact]
    public async Task Of_identical_batches_at_the_same_time_one_is_accepted()
    {
        await using var log = await TemporaryLog.OpenAsync(new LogOptions { FlushInterval = TimeSpan.FromMilliseconds(20) });
        string body = string.Join('\n', Enumerable.Range(0, 500).Select(i => $$$"""{"id":"r{{{i}}}","timestamp":"2026-07-01T10:00:00Z","features":{"f{{{i % 7}}}":{{{i}}}}}"""));
        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => log.PredictAsync(body))));

        Assert.Equal(500, results.Sum(result => result.Receipt.Accepted));
        Assert.Equal(11 * 500, results.Sum(result => result.Receipt.Duplicates));
        await log.CrashAsync();
        Assert.Equal(500, (await log.IdsAsync()).Distinct().Count());
        Assert.Equal(500, (await log.IdsAsync()).Length);
    }
}

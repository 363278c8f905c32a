using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using Bellwether.Storage.Log;
using Bellwether.Storage.Log.Segments;
using CsCheck;

namespace Bellwether.Storage.Tests.Log.Segments;

public sealed class DayRollTests
{
    private const string Rows = """
        {"id":"a","timestamp":"2026-07-01T10:00:00Z","features":{"x":1,"c":"red"},"prediction":1,"score":0.9}
        {"id":"b","timestamp":"2026-07-01T11:00:00Z","features":{"x":2},"prediction":"yes"}
        """;

    private static readonly string[] Ids = ["a", "b", "c", "nobody"];
    private static readonly DateTimeOffset Midnight = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact] // property: any rows, of several days, some of them late or old, under schemas that change
    public Task Every_answer_is_the_same_before_and_after_a_roll_and_a_restart() => Gen.Int[0, int.MaxValue - 1].SampleAsync(
        async seed =>
        {
            var rows = new RandomRows(seed);
            await using var log = await TemporaryLog.OpenAsync();
            await log.PredictAsync(rows.Predictions(Midnight.AddDays(-1), TimeSpan.FromDays(1.5), 40));
            await log.KnowAsync(rows.Outcomes(TemporaryLog.Arrival, 30));
            await log.PredictAsync(rows.Predictions(Midnight.AddDays(-40), TimeSpan.FromDays(20), 20));
            await log.Log.DeclareColumnsAsync(TemporaryLog.Model, new Dictionary<string, FeatureType>
            {
                ["income"] = FeatureType.Text,
                ["embedding"] = FeatureType.Text,
                ["region"] = FeatureType.Number,
                ["new"] = FeatureType.Vector,
            }, TestContext.Current.CancellationToken);
            await log.PredictAsync(rows.Predictions(Midnight.AddDays(-1), TimeSpan.FromDays(1.5), 30));
            string before = await LogAnswers.OfAsync(log, RandomRows.Ids);

            Assert.NotEmpty(await log.RollAsync());
            Assert.Equal(before, await LogAnswers.OfAsync(log, RandomRows.Ids));
            await log.RestartAsync();
            Assert.Equal(before, await LogAnswers.OfAsync(log, RandomRows.Ids));

            await log.PredictAsync(rows.Predictions(Midnight.AddDays(-1), TimeSpan.FromDays(1.5), 30));
            string late = await LogAnswers.OfAsync(log, RandomRows.Ids);
            Assert.NotEmpty(await log.RollAsync());
            Assert.Equal(late, await LogAnswers.OfAsync(log, RandomRows.Ids));
        },
        iter: 4, threads: 1);

    [Fact]
    public async Task A_row_says_where_it_lies()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Rows);
        Assert.Equal("hot", (await FindAsync(log, "a")).Store);

        var segment = Assert.Single(await log.RollAsync());
        Assert.Equal(("model-churn/2026-07-01.1.parquet", 2L), (segment.File, segment.Rows));
        Assert.Equal("model-churn/2026-07-01.1.parquet", (await FindAsync(log, "a")).Store);
        await log.PredictAsync("""{"id":"c","timestamp":"2026-07-01T11:30:00Z"}""");
        Assert.Equal("hot", (await FindAsync(log, "c")).Store);
    }

    [Fact]
    public async Task A_day_is_rolled_when_it_is_long_over_and_all_its_rows_lie_in_closed_windows()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Rows);
        var due = Midnight.AddDays(2);
        Assert.Empty(await log.RollAsync(now: due.AddSeconds(-1)));
        Assert.Empty(await log.RollAsync(now: due, closedThrough: Midnight.AddHours(11)));
        Assert.Empty(await log.Log.RollAsync((_, _) => Task.FromResult<DateTimeOffset?>(null), due, null, TestContext.Current.CancellationToken));
        Assert.Single(await log.RollAsync(now: due, closedThrough: Midnight.AddHours(12)));
        Assert.Empty(await log.RollAsync(now: due));
    }

    [Fact]
    public async Task A_day_waits_for_all_its_models_and_gives_each_a_file()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Rows);
        var other = ModelKey.Parse("con.");
        await log.Log.AppendPredictionsAsync(
            other, BodyFormat.NdJson, new MemoryStream("""{"id":"a","timestamp":"2026-07-01T09:00:00Z","features":{"y":1}}"""u8.ToArray()), TemporaryLog.Arrival, TestContext.Current.CancellationToken);

        Assert.Empty(await RollAsync(slow: Midnight.AddHours(9)));
        Assert.Equal(["model-churn/2026-07-01.1.parquet", "model-con.~/2026-07-01.1.parquet"], (await RollAsync(slow: Midnight.AddHours(10))).Select(segment => segment.File));
        Assert.Equal(1, Assert.Single(await log.ReadAsync(model: other)).Count);
        Assert.Equal(2, Assert.Single(await log.ReadAsync()).Count);

        Task<IReadOnlyList<Segment>> RollAsync(DateTimeOffset slow) => log.Log.RollAsync(
            (model, _) => Task.FromResult<DateTimeOffset?>(model == other ? slow : Midnight.AddDays(1)), Midnight.AddDays(3), null, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Repeats_and_revisions_of_rolled_rows_are_found()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Rows);
        await log.RollAsync();
        await log.RestartAsync();
        Assert.Equal((0, 2), Counts(await log.PredictAsync(Rows)));
        string other = Rows.Replace("\"x\":1", "\"x\":5", StringComparison.Ordinal);
        Assert.Equal((1, 1), Counts(await log.PredictAsync(other)));
        Assert.Equal(["a", "b"], await log.IdsAsync());
        Assert.Equal(1, Assert.Single(await log.ReadAsync()).Features[0].Numbers[0]);
        Assert.Equal(5, Assert.Single((await FindAsync(log, "a")).Revisions).Features!["x"].Number);

        await log.RollAsync();
        await log.RestartAsync();
        Assert.Equal((0, 2), Counts(await log.PredictAsync(other)));
        Assert.Equal(5, Assert.Single((await FindAsync(log, "a")).Revisions).Features!["x"].Number);
    }

    [Fact]
    public async Task Late_rows_wait_and_then_the_day_is_written_anew()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Rows);
        await log.RollAsync();
        var arrival = TemporaryLog.Arrival.AddDays(5);
        await log.PredictAsync("""{"id":"c","timestamp":"2026-07-01T10:30:00Z","features":{"z":3}}""", arrival: arrival);
        string before = await LogAnswers.OfAsync(log, Ids);

        Assert.Empty(await log.RollAsync(now: arrival.AddHours(23)));
        var segment = Assert.Single(await log.RollAsync(now: arrival.AddHours(24)));
        Assert.Equal(("model-churn/2026-07-01.2.parquet", 3L), (segment.File, segment.Rows));
        Assert.Equal(before, await LogAnswers.OfAsync(log, Ids));
        Assert.Equal(segment.File, Path.GetRelativePath(Path.Combine(log.Folder, "segments"), Assert.Single(log.SegmentFiles())).Replace('\\', '/'));
        Assert.Equal(["a", "c", "b"], await log.IdsAsync());
    }

    [Fact]
    public async Task Rows_that_come_while_their_day_is_rolled_stay_hot()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Rows);
        int steps = 0;
        var rolled = await log.RollAsync(step =>
        {
            steps++;
            if (step != RollStep.Written) { return; }
            log.PredictAsync("""{"id":"c","timestamp":"2026-07-01T10:30:00Z","prediction":1}""").GetAwaiter().GetResult();
            log.Log.FlushAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        });

        Assert.Equal((4, 2L), (steps, Assert.Single(rolled).Rows));
        Assert.Equal(["a", "c", "b"], await log.IdsAsync());
        await log.CrashAsync();
        Assert.Equal(["a", "c", "b"], await log.IdsAsync());
        Assert.Equal(3, Assert.Single(await log.RollAsync()).Rows);
        Assert.Equal(["a", "c", "b"], await log.IdsAsync());
    }

    [Fact]
    public async Task A_reader_goes_on_with_what_it_began_while_its_day_is_rolled_and_written_anew()
    {
        await using var log = await TemporaryLog.OpenAsync();
        for (int batch = 0; batch < 6; batch++)
        {
            await log.PredictAsync(string.Join('\n', Enumerable.Range(batch * 10_000, 10_000).Select(i => $$"""{"id":"r{{i:D6}}","timestamp":"2026-07-01T10:00:00Z"}""")));
        }
        var token = TestContext.Current.CancellationToken;
        await using var reader = log.Log.ReadPredictionsAsync(TemporaryLog.Model, TemporaryLog.Always, token).GetAsyncEnumerator(token);
        Assert.True(await reader.MoveNextAsync());
        int seen = reader.Current.Count;
        await log.RollAsync();
        await using var second = log.Log.ReadPredictionsAsync(TemporaryLog.Model, TemporaryLog.Always, token).GetAsyncEnumerator(token);
        Assert.True(await second.MoveNextAsync());
        int seenSecond = second.Current.Count;
        await log.PredictAsync("""{"id":"late","timestamp":"2026-07-01T10:00:00Z"}""");
        await log.RollAsync();
        Assert.Equal(2, log.SegmentFiles().Length); // The second reader still holds the first file.

        while (await reader.MoveNextAsync()) { seen += reader.Current.Count; }
        while (await second.MoveNextAsync()) { seenSecond += second.Current.Count; }
        Assert.Equal((60_000, 60_000), (seen, seenSecond));
        await log.RollAsync();
        Assert.Single(log.SegmentFiles());
        Assert.Equal(60_001, (await log.IdsAsync()).Length);
    }

    [Fact]
    public async Task A_folder_with_an_odd_name_may_hold_the_log()
    {
        string folder = Path.Combine(TemporaryLog.NewFolder(), "it's [1] ż");
        await using var log = await TemporaryLog.OpenAsync(folder: folder);
        await log.PredictAsync(Rows);
        Assert.Single(await log.RollAsync());
        Assert.Equal(["a", "b"], await log.IdsAsync());
        Assert.Equal("model-churn/2026-07-01.1.parquet", (await FindAsync(log, "a")).Store);
    }

    private static async Task<Contracts.Log.StoredPrediction> FindAsync(TemporaryLog log, string id) =>
        (await log.Log.FindAsync(TemporaryLog.Model, id, TestContext.Current.CancellationToken))!;

    private static (int Accepted, int Duplicates) Counts(AppendResult result) => (result.Receipt.Accepted, result.Receipt.Duplicates);
}

using Bellwether.Monitoring.Log;
namespace Bellwether.Storage.Tests.Log;

public sealed class OutcomeJoinTests
{
    private const string Predictions = """
        {"id":"a","timestamp":"2026-07-01T10:00:00Z","prediction":1,"score":0.9}
        {"id":"b","timestamp":"2026-07-01T10:30:00Z","prediction":"yes"}
        {"id":"c","timestamp":"2026-07-01T11:00:00Z","prediction":0}
        """;

    [Fact]
    public async Task Outcomes_stand_beside_their_predictions()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Predictions);
        await log.KnowAsync("""
            {"id":"b","outcome":true,"timestamp":"2026-07-01T12:00:00Z"}
            {"id":"a","outcome":0.5}
            {"id":"nobody","outcome":1}
            """);

        var joined = await log.JoinAsync();
        Assert.Equal(3, joined.Count);
        Assert.Equal([0.5, double.NaN, double.NaN], joined.Outcomes);
        Assert.Equal([null, "true", null], joined.OutcomeTexts);
        Assert.Equal([null, "yes", null], joined.PredictionTexts);
        Assert.Equal([0.9, double.NaN, double.NaN], joined.Scores);
        Assert.Equal(TemporaryLog.Arrival.ToUnixTimeMilliseconds() * 1000, joined.KnownAt[0]);
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000, joined.KnownAt[1]);
        Assert.Equal(long.MaxValue, joined.KnownAt[2]);
    }

    [Fact]
    public async Task The_first_outcome_counts_until_it_is_taken_back()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Predictions);
        await log.KnowAsync("""{"id":"a","outcome":1}""");
        var revised = await log.KnowAsync("""{"id":"a","outcome":0}""");
        var repeated = await log.KnowAsync("""{"id":"a","outcome":1}""");
        Assert.Equal((1, 0), (revised.Receipt.Accepted, revised.Receipt.Duplicates));
        Assert.Equal((0, 1), (repeated.Receipt.Accepted, repeated.Receipt.Duplicates));
        Assert.Equal(1, (await log.JoinAsync()).Outcomes[0]);
        long first = (await log.JoinAsync()).Sequences[0];

        await log.KnowAsync("""{"id":"a","retract":true}""");
        var taken = await log.JoinAsync();
        Assert.Equal((double.NaN, long.MaxValue), (taken.Outcomes[0], taken.KnownAt[0]));
        Assert.True(taken.Sequences[0] > first, $"{taken.Sequences[0]} after {first}");
        Assert.Equal(0, taken.Sequences[1]);

        await log.RestartAsync();
        var again = await log.KnowAsync("""{"id":"a","retract":true}""");
        Assert.Equal(1, again.Receipt.Duplicates);
        await log.KnowAsync("""{"id":"a","outcome":0}""");
        var known = await log.JoinAsync();
        Assert.Equal(0, known.Outcomes[0]);
        Assert.True(known.Sequences[0] > taken.Sequences[0], $"{known.Sequences[0]} after {taken.Sequences[0]}");

        var stored = await log.Log.FindAsync(TemporaryLog.Model, "a", TestContext.Current.CancellationToken);
        Assert.Equal(0, stored!.Outcome!.Value.Number);
        Assert.Equal(3, stored.OutcomeRevisions.Count);
    }

    [Fact]
    public async Task Hours_whose_outcomes_became_known_are_touched()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync(Predictions);
        await log.KnowAsync("""
            {"id":"a","outcome":1,"timestamp":"2026-07-01T12:00:00Z"}
            {"id":"b","outcome":1,"timestamp":"2026-07-01T12:10:00Z"}
            {"id":"c","outcome":1,"timestamp":"2026-07-01T12:20:00Z"}
            """);
        var noon = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
        long ten = noon.AddHours(-2).ToUnixTimeMilliseconds() * 1000, eleven = noon.AddHours(-1).ToUnixTimeMilliseconds() * 1000;
        var token = TestContext.Current.CancellationToken;

        Assert.Equal([ten, eleven], (await TouchedAsync(noon.AddHours(-1), noon.AddHours(1))).Hours);
        Assert.Equal([ten], (await TouchedAsync(noon, noon.AddMinutes(10))).Hours);
        Assert.Equal([eleven], (await TouchedAsync(noon.AddMinutes(10), noon.AddMinutes(20))).Hours);
        var newest = await TouchedAsync(noon.AddMinutes(20), noon.AddDays(1));
        Assert.Empty(newest.Hours);

        // Known at noon, sent after noon was evaluated: found by its place in the log.
        await log.KnowAsync("""{"id":"a","outcome":0,"timestamp":"2026-07-01T12:00:00Z"}""");
        Assert.Equal([ten], (await TouchedAsync(noon.AddDays(1), noon.AddDays(2), newest.Sequence)).Hours);

        Task<TouchedHours> TouchedAsync(DateTimeOffset after, DateTimeOffset through, long afterSequence = long.MaxValue) =>
            log.Log.TouchedHoursAsync(TemporaryLog.Model, after, through, afterSequence, token);
    }
}

using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log;

namespace Bellwether.Storage.Tests.Log;

public sealed class TableFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"bellwether-{Guid.NewGuid():N}.csv");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task California_housing_is_read_whole()
    {
        var file = await TableFile.ReadAsync(
            SharedData.PathOf("california_housing_reference.csv"),
            new ColumnRoles { Id = "id", Timestamp = "timestamp", Prediction = "y_pred", Score = "y_pred_proba", Outcome = "clf_target" },
            null, TimeZoneInfo.Utc, TestContext.Current.CancellationToken);

        Assert.Equal(5832, file.Rows.Count);
        Assert.True(file.HasTimes);
        Assert.Equal("5831", file.Rows.Ids[^1]);
        Assert.Equal(Micros(2020, 10, 1, 1), file.Rows.Timestamps[1]);
        Assert.Equal((1, 1.0, 0.99), (file.Rows.Predictions[0], file.Outcomes[0], file.Rows.Scores[0]));
        Assert.All(file.OutcomeTexts, Assert.Null);
        Assert.Equal(["MedInc", "HouseAge", "AveRooms", "AveBedrms", "Population", "AveOccup", "Latitude", "Longitude"], file.Rows.Features.Select(feature => feature.Name));
        Assert.All(file.Rows.Features, feature => Assert.Equal(FeatureType.Number, feature.Type));
        Assert.Equal(9.8413, file.Rows.Features[0].Numbers[0]);
        Assert.All(file.Rows.Features, feature => Assert.All(feature.States, state => Assert.Equal((byte)ValueState.Value, state)));
    }

    [Fact]
    public async Task Employment_is_read_from_parquet_and_timed_by_a_clock()
    {
        var start = new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var file = await TableFile.ReadAsync(
            SharedData.PathOf("employment_MA_reference.pq"),
            new ColumnRoles { Id = "id", Prediction = "prediction", Score = "predicted_probability", Outcome = "employed", Types = new Dictionary<string, FeatureType> { ["year"] = FeatureType.Text } },
            new RowClock(start, TimeSpan.FromMinutes(10)), TimeZoneInfo.Utc, TestContext.Current.CancellationToken);

        Assert.Equal(68785, file.Rows.Count);
        Assert.Equal("0", file.Rows.Ids[0]);
        Assert.Equal((start.AddMinutes(10).ToUnixTimeMilliseconds() * 1000), file.Rows.Timestamps[1]);
        var features = file.Rows.Features.ToDictionary(feature => feature.Name);
        Assert.Equal((FeatureType.Number, 62), (features["AGEP"].Type, features["AGEP"].Numbers[0]));
        Assert.Equal((FeatureType.Text, "16"), (features["SCHL"].Type, features["SCHL"].Texts[0]));
        Assert.Equal((FeatureType.Text, "2015"), (features["year"].Type, features["year"].Texts[0]));
        Assert.Equal((0, 0.0), (file.Rows.Predictions[0], file.Outcomes[0]));
        Assert.Equal(17, file.Rows.Features.Count);
    }

    [Fact]
    public async Task Titanic_has_gaps_quotes_and_text()
    {
        var file = await TableFile.ReadAsync(
            SharedData.PathOf("titanic_reference.csv"), new ColumnRoles { Id = "PassengerId", Outcome = "Survived" }, null, TimeZoneInfo.Utc, TestContext.Current.CancellationToken);

        Assert.False(file.HasTimes);
        var features = file.Rows.Features.ToDictionary(feature => feature.Name);
        Assert.Equal("Braund, Mr. Owen Harris", features["Name"].Texts[0]);
        Assert.Equal(FeatureType.Text, features["Ticket"].Type);
        Assert.Equal(FeatureType.Number, features["Age"].Type);
        Assert.Contains((byte)ValueState.Null, features["Age"].States);
        Assert.DoesNotContain((byte)ValueState.Mistyped, features["Age"].States);
    }

    [Fact]
    public async Task Outcomes_are_read_by_themselves()
    {
        var roles = new ColumnRoles { Id = "id", Outcome = "clf_target", Features = [] };
        var outcomes = await TableFile.ReadAsync(SharedData.PathOf("california_housing_analysis_gt.csv"), roles, null, TimeZoneInfo.Utc, TestContext.Current.CancellationToken);
        Assert.Equal(("5832", 0.0), (outcomes.Rows.Ids[0], outcomes.Outcomes[0]));
        Assert.Empty(outcomes.OutcomeTimes);

        await WriteAsync("id,y,at\n1,yes,2026-07-01T00:00:00Z\n2,,\n3,True,2026-07-02\n");
        roles = new ColumnRoles { Id = "id", Outcome = "y", OutcomeTimestamp = "at", Features = [] };
        outcomes = await TableFile.ReadAsync(_path, roles, null, TimeZoneInfo.Utc, TestContext.Current.CancellationToken);
        Assert.Equal(["1", "2", "3"], outcomes.Rows.Ids);
        Assert.Equal(["yes", null, "true"], outcomes.OutcomeTexts);
        Assert.Equal([Micros(2026, 7, 1, 0), long.MaxValue, Micros(2026, 7, 2, 0)], outcomes.OutcomeTimes);
    }

    [Theory]
    [InlineData("2026-03-29 01:59:59", "2026-03-29T00:59:59Z")] // The last second of winter time.
    [InlineData("2026-03-29 02:30:00", "2026-03-29T00:30:00Z")] // Skipped: the earlier instant, as if summer time ruled already.
    [InlineData("2026-03-29 03:00:00", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25 02:30:00", "2026-10-25T00:30:00Z")] // Twice: the earlier.
    [InlineData("2026-10-25 03:00:00", "2026-10-25T02:00:00Z")]
    [InlineData("2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00Z")] // What names its offset is not touched.
    [InlineData("2026-07-01", "2026-06-30T22:00:00Z")]
    public async Task Clock_readings_are_in_the_zone_and_daylight_saving_gives_the_earlier_instant(string reading, string instant)
    {
        await WriteAsync($"t,x\n{reading},1\n");
        var file = await TableFile.ReadAsync(_path, new ColumnRoles { Timestamp = "t" }, null, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), TestContext.Current.CancellationToken);
        Assert.Equal(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() * 1000, file.Rows.Timestamps[0]);
    }

    [Theory]
    [InlineData("t,p\n2026-07-01,1\nyesterday,2\n", 3, "t", "'yesterday' is no time")]
    [InlineData("t,p\n2026-07-01,1\n,2\n", 3, "t", "no time")]
    [InlineData("t,p,s\n2026-07-01,\"a\nb\",high\n", 2, "s", "'high' is no number")]
    [InlineData("t,p,s\n2026-07-01,\"a\nb\",1\n2026-07-01,c,1.5\n", 4, "s", "1.5 is no probability")]
    [InlineData("T,p\n2026-07-01,1\n", 1, "t", "Did you mean 'T'? There are: T, p")]
    [InlineData("t,p\n2026-07-01\n", 2, "", "1 fields where the header has 2")]
    [InlineData("t,p\n2026-07-01,\"x\n", 2, "", "never closed")]
    [InlineData("t,t\n", 1, "", "twice")]
    [InlineData("", 1, "", "empty")]
    [InlineData("PAR1 and nothing more", 0, "", "Parquet")]
    public async Task Faults_name_file_line_and_column(string content, long line, string column, string message)
    {
        await WriteAsync(content);
        var roles = new ColumnRoles { Timestamp = "t", Prediction = content.Contains(",p", StringComparison.Ordinal) ? "p" : null, Score = content.Contains(",s", StringComparison.Ordinal) ? "s" : null };
        var fault = await Assert.ThrowsAsync<TableFileException>(() => TableFile.ReadAsync(_path, roles, null, TimeZoneInfo.Utc, TestContext.Current.CancellationToken));
        Assert.Equal((_path, line, column), (fault.File, fault.Line, fault.Column));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_fault_of_the_file()
    {
        var fault = await Assert.ThrowsAsync<TableFileException>(() => TableFile.ReadAsync(_path, new ColumnRoles(), null, TimeZoneInfo.Utc, TestContext.Current.CancellationToken));
        Assert.Equal(0, fault.Line);
    }

    [Fact]
    public async Task Types_are_the_declared_ones_or_learnt_from_all_values()
    {
        await WriteAsync("a,b,c,d,e\n1,1,1,true,\n2,x,x,False,\nNaN,3,,maybe,\n");
        var roles = new ColumnRoles { Types = new Dictionary<string, FeatureType> { ["c"] = FeatureType.Number, ["d"] = FeatureType.Boolean } };
        var file = await TableFile.ReadAsync(_path, roles, null, TimeZoneInfo.Utc, TestContext.Current.CancellationToken);

        Assert.Equal(["row-0", "row-1", "row-2"], file.Rows.Ids);
        var (a, b, c, d, e) = (file.Rows.Features[0], file.Rows.Features[1], file.Rows.Features[2], file.Rows.Features[3], file.Rows.Features[4]);
        Assert.Equal([0, 0, 1], a.States.Select(state => (int)state));
        Assert.Equal(["1", "x", "3"], b.Texts);
        Assert.Equal([0, 2, 1], c.States.Select(state => (int)state));
        Assert.Equal(["true", "false", null], d.Texts);
        Assert.Equal([0, 0, 2], d.States.Select(state => (int)state));
        Assert.All(e.States, state => Assert.Equal((byte)ValueState.Null, state));
    }

    private Task WriteAsync(string content) => File.WriteAllTextAsync(_path, content, TestContext.Current.CancellationToken);

    private static long Micros(int year, int month, int day, int hour) => new DateTimeOffset(year, month, day, hour, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000;
}

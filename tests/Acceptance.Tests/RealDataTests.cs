using System.Globalization;
using System.Text.Json;
using Bellwether.Cli;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log;

namespace Bellwether.Acceptance.Tests;

/// <summary>The documented plans over real data: measures against an independent computation, offline against a server.</summary>
public sealed class RealDataTests
{
    private static readonly string[] California =
        ["california-housing.yaml", "california_housing_reference.csv", "california_housing_analysis.csv", "california_housing_analysis_gt.csv"];

    private static readonly string[] Employment =
        ["employment-ma.yaml", "employment_MA_reference.pq", "employment_MA_analysis.pq", "employment_MA_analysis_target.pq"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Realised_measures_of_california_agree_with_an_independent_computation()
    {
        var replay = await ReplayAsync(California);
        var rows = await TruthAsync(California, new ColumnRoles
        {
            Id = "id",
            Timestamp = "timestamp",
            Prediction = "y_pred",
            Score = "y_pred_proba",
            Features = [],
        }, "clf_target", null);
        AssertAgrees(rows, replay, leastWindows: 45);
    }

    [Fact]
    public async Task Realised_measures_of_employment_agree_with_an_independent_computation()
    {
        var replay = await ReplayAsync(Employment);
        var clock = new RowClock(new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero) + TimeSpan.FromSeconds(458L * 68_785), TimeSpan.FromSeconds(458));
        var rows = await TruthAsync(Employment, new ColumnRoles
        {
            Id = "id",
            Prediction = "prediction",
            Score = "predicted_probability",
            Features = [],
        }, "employed", clock);
        AssertAgrees(rows, replay, leastWindows: 150);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_replay_through_a_server_finds_the_same_byte_for_byte(bool california)
    {
        string[] set = california ? California : Employment;
        using var offline = await ReplayAsync(set);
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(Cancellation, "serve", "--data", folder.Path);
        using var through = await ReplayAsync([.. set, "--server", server.Address.ToString()]);
        Assert.True(offline.RootElement.GetProperty("findings").GetArrayLength() > 3);
        Assert.Equal(offline.RootElement.GetProperty("findings").GetRawText(), through.RootElement.GetProperty("findings").GetRawText());
        Assert.Equal(offline.RootElement.GetProperty("windows").GetRawText(), through.RootElement.GetProperty("windows").GetRawText());
    }

    private static async Task<JsonDocument> ReplayAsync(string[] set)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        int code = await CommandLine.RunAsync(
            [
                "replay", "--plan", Path.Combine(RepositoryFolder.Root, "docs", "plans", set[0]), "--reference", RepositoryFolder.Shared("data/" + set[1]),
                "--predictions", RepositoryFolder.Shared("data/" + set[2]), "--outcomes", RepositoryFolder.Shared("data/" + set[3]), "-o", "json", .. set[4..],
            ],
            output, error, Cancellation);
        Assert.True(code == 1, $"{code}: {error}");
        return JsonDocument.Parse(output.ToString());
    }

    private static async Task<List<(long At, double Prediction, double Score, double Truth)>> TruthAsync(string[] set, ColumnRoles roles, string outcome, RowClock? clock)
    {
        var rows = (await TableFile.ReadAsync(RepositoryFolder.Shared("data/" + set[2]), roles, clock, TimeZoneInfo.Utc, Cancellation)).Rows;
        var outcomes = await TableFile.ReadAsync(
            RepositoryFolder.Shared("data/" + set[3]), new ColumnRoles { Id = "id", Outcome = outcome, Features = [] }, null, TimeZoneInfo.Utc, Cancellation);
        var truth = outcomes.Rows.Ids.Zip(outcomes.Outcomes).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        return [.. Enumerable.Range(0, rows.Count).Select(i => (rows.Timestamps[i], rows.Predictions[i], rows.Scores[i], truth[rows.Ids[i]]))];
    }

    /// <summary>Accuracy by counting, AUC by comparing every pair.</summary>
    private static void AssertAgrees(List<(long At, double Prediction, double Score, double Truth)> rows, JsonDocument replay, int leastWindows)
    {
        int compared = 0;
        foreach (var window in replay.RootElement.GetProperty("windows").EnumerateArray())
        {
            long start = window.GetProperty("start").GetDateTimeOffset().ToUnixTimeMilliseconds() * 1000, end = window.GetProperty("end").GetDateTimeOffset().ToUnixTimeMilliseconds() * 1000;
            var inside = rows.Where(r => r.At >= start && r.At < end).ToList();
            Assert.Equal(inside.Count, window.GetProperty("rows").GetInt32());
            Assert.Equal(1.0, window.GetProperty("coverage").GetDouble());
            if (inside.Count < 30) { continue; }
            double[] positives = [.. inside.Where(r => r.Truth == 1).Select(r => r.Score)], negatives = [.. inside.Where(r => r.Truth != 1).Select(r => r.Score)];
            Assert.Equal(inside.Count(r => r.Prediction == r.Truth) / (double)inside.Count, Value(window, "accuracy"), 1e-9);
            if (positives.Length == 0 || negatives.Length == 0) { continue; }
            double pairs = positives.Sum(p => negatives.Sum(n => p > n ? 1 : p == n ? .5 : 0));
            Assert.Equal(pairs / positives.Length / negatives.Length, Value(window, "auc"), 1e-9);
            compared++;
        }
        Assert.InRange(compared, leastWindows, int.MaxValue);
    }

    private static double Value(JsonElement window, string measure) => window.GetProperty("measures").GetProperty(measure).GetProperty("value").GetDouble();
}

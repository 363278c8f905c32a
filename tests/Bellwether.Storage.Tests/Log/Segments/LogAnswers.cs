using System.Globalization;
using System.Text;
using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;

namespace Bellwether.Storage.Tests.Log.Segments;

/// <summary>What a log answers to every question a reader has, as a text to compare: numbers by their bits.</summary>
internal static class LogAnswers
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    public static async Task<string> OfAsync(TemporaryLog log, IEnumerable<string> ids)
    {
        var token = TestContext.Current.CancellationToken;
        var text = new StringBuilder();
        TimeWindow[] ranges = [TemporaryLog.Always, new(Noon.AddHours(-3), Noon.AddHours(-2)), new(Noon.AddDays(-1), Noon), new(Noon.AddMinutes(-90), Noon.AddSeconds(-1))];
        foreach (var range in ranges)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"--- {range}");
            Write(text, RowConcatenation.Of(await log.ReadAsync(range)));
            Write(text, await log.Log.ReadJoinedAsync(TemporaryLog.Model, range, token));
        }
        text.AppendLine(CultureInfo.InvariantCulture, $"{await log.Log.ExtentAsync(TemporaryLog.Model, token):O}");
        foreach (var (after, through) in new[] { (Noon.AddDays(-60), Noon.AddDays(60)), (Noon.AddHours(-1), Noon.AddHours(1)) })
        {
            var touched = await log.Log.TouchedHoursAsync(TemporaryLog.Model, after, through, long.MaxValue, token);
            text.AppendLine(CultureInfo.InvariantCulture, $"{touched.Sequence}: {string.Join(',', touched.Hours)}");
        }
        foreach (string id in ids)
        {
            var found = await log.Log.FindAsync(TemporaryLog.Model, id, token);
            text.AppendLine(found is null ? "none" : JsonSerializer.Serialize(found with { Store = "" }, BellwetherJson.Default.StoredPrediction));
        }
        return text.ToString();
    }

    private static void Write(StringBuilder text, PredictionColumns rows)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{rows.Ids[i]}|{rows.Timestamps[i]}|{rows.Versions[i] ?? "-"}|{Bits(rows.Predictions[i])}|{rows.PredictionTexts[i] ?? "-"}|");
            text.Append(CultureInfo.InvariantCulture, $"{Bits(rows.Scores[i])}|{Bits(rows.Latencies[i])}|{rows.Errors[i] ?? "-"}");
            foreach (var feature in rows.Features)
            {
                string value = feature.Type == FeatureType.Number ? Bits(feature.Numbers[i]) : feature.Texts[i] is { } written ? $"'{written}'" : "-";
                text.Append(CultureInfo.InvariantCulture, $"|{feature.Name}:{feature.States[i]}:{value}");
            }
            text.AppendLine();
        }
    }

    private static void Write(StringBuilder text, JoinedRows rows)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{rows.Timestamps[i]}|{Bits(rows.Predictions[i])}|{rows.PredictionTexts[i]}|{Bits(rows.Scores[i])}|{Bits(rows.Outcomes[i])}|{rows.OutcomeTexts[i]}|{rows.KnownAt[i]}");
        }
    }

    private static string Bits(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x", CultureInfo.InvariantCulture);
}

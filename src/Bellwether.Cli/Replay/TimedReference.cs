using System.Globalization;
using System.Text;
using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;

namespace Bellwether.Cli.Replay;

/// <summary>
/// A reference that got its times from the plan's clock, written out as CSV. A server knows no clock, so it is sent this file; offline
/// its digest is used too, so that findings name the same reference.
/// </summary>
internal static class TimedReference
{
    private const string DefaultTimestamp = "timestamp";

    /// <summary>Name of the time column that the file gets.</summary>
    public static string TimestampColumn(LabelledColumns reference)
    {
        string name = DefaultTimestamp;
        while (reference.Rows.Features.Any(feature => feature.Name == name)) { name += "_"; }
        return name;
    }

    /// <summary>UTF-8 CSV with the columns of the plan's roles, the features and the times.</summary>
    public static byte[] Write(ReplayPlan plan, LabelledColumns reference)
    {
        var rows = reference.Rows;
        var columns = new List<(string Name, Func<int, string?> Value)> { (TimestampColumn(reference), i => UtcInstantConverter.Format(Instants.FromMicroseconds(rows.Timestamps[i]))) };
        Add(plan.Plan.Columns?.Id, i => rows.Ids[i]);
        Add(plan.Plan.Columns?.Version, i => rows.Versions[i]);
        Add(plan.Plan.Columns?.Prediction, i => rows.PredictionTexts[i] ?? Number(rows.Predictions[i]));
        Add(plan.Plan.Columns?.Score, i => Number(rows.Scores[i]));
        Add(plan.Plan.Columns?.LatencySeconds, i => Number(rows.Latencies[i]));
        Add(plan.Plan.Columns?.Error, i => rows.Errors[i]);
        if (reference.Outcomes.Length > 0 || reference.OutcomeTexts.Length > 0)
        {
            Add(plan.Plan.Columns?.Outcome, i =>
                (reference.OutcomeTexts.Length > 0 ? reference.OutcomeTexts[i] : null) ?? (reference.Outcomes.Length > 0 ? Number(reference.Outcomes[i]) : null));
        }
        foreach (var feature in rows.Features)
        {
            if (feature.Type == FeatureType.Vector) { continue; } // Stored, but not watched; a CSV cell cannot hold one.
            Add(feature.Name, i => feature.Type == FeatureType.Number ? Number(feature.Numbers[i]) : feature.Texts[i]);
        }
        var text = new StringBuilder();
        text.AppendJoin(',', columns.Select(c => Quoted(c.Name))).Append('\n');
        for (int i = 0; i < rows.Count; i++)
        {
            int row = i;
            text.AppendJoin(',', columns.Select(c => Quoted(c.Value(row) ?? ""))).Append('\n');
        }
        return Encoding.UTF8.GetBytes(text.ToString());

        void Add(string? name, Func<int, string?> value)
        {
            if (name is not null) { columns.Add((name, value)); }
        }
    }

    private static string? Number(double value) => double.IsNaN(value) ? null : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

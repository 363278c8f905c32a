using System.Collections.Immutable;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Log;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Cli.Drift;

/// <summary>One column of a reference against the same column of current rows. A score is null where it cannot be told.</summary>
/// <param name="Psi">Population stability index over deciles or categories, ≥ 0.</param>
/// <param name="Ks">Kolmogorov–Smirnov distance at bin edges, in [0, 1]; null for categories.</param>
/// <param name="JensenShannon">Distance in [0, 1].</param>
/// <param name="Wasserstein">In standard deviations of the reference; null for categories.</param>
/// <param name="MeanShift">In standard deviations of the reference; null for categories and for a constant reference.</param>
/// <param name="NullShareReference">In [0, 1].</param>
/// <param name="NullShare">In [0, 1].</param>
/// <param name="UnseenShare">Values that the reference does not hold, per value; null for numbers.</param>
/// <param name="TypeErrorShare">Values of another type than the reference's, per row, in [0, 1].</param>
internal sealed record ColumnComparison(
    string Column, string Type, double? Psi, double? Ks, double? JensenShannon, double? Wasserstein, double? MeanShift,
    double NullShareReference, double NullShare, double? UnseenShare, double TypeErrorShare)
{
    /// <summary>Every column that can be compared, in the reference's order: its features, and the score where both files have one.</summary>
    public static IReadOnlyList<ColumnComparison> Compare(LabelledColumns reference, LabelledColumns current)
    {
        var columns = ImmutableArray.CreateBuilder<ColumnSchema>();
        int rows = reference.Rows.Count;
        foreach (var feature in reference.Rows.Features)
        {
            if (feature.Type == FeatureType.Vector) { continue; }
            columns.Add(feature.Type == FeatureType.Number
                ? ColumnSchema.FitNumeric(feature.Name, feature.Numbers.AsSpan(0, rows))
                : ReferenceFitter.Categories(feature.Name, feature.Texts.AsSpan(0, rows)));
        }
        if (HasNumbers(reference.Rows.Scores, rows) && HasNumbers(current.Rows.Scores, current.Rows.Count))
        {
            columns.Add(ColumnSchema.FitNumeric(EventStream.ScoreColumn, reference.Rows.Scores.AsSpan(0, rows)));
        }
        var schema = new BinSchema(columns.ToImmutable(), null);
        var summary = new WindowSummary(schema);
        SummaryFold.Add(summary, schema, current.Rows, 0, current.Rows.Count);
        return [.. summary.Columns.Select(Of)];
    }

    private static ColumnComparison Of(ColumnSummary current)
    {
        var schema = current.Schema;
        bool numeric = schema.Kind == ColumnKind.Numeric;
        return new ColumnComparison(
            schema.Name, numeric ? "number" : "text",
            BinnedDrift.PopulationStabilityIndex(schema, current),
            numeric ? BinnedDrift.KolmogorovSmirnov(schema, current) : null,
            BinnedDrift.JensenShannonDistance(schema, current),
            numeric ? BinnedDrift.WassersteinInSigmas(schema, current) : null,
            numeric && current.Mean is { } mean && schema.Sigma > 0 ? (mean - schema.Mean) / schema.Sigma : null,
            schema.NullShare, Share(current.Nulls, current.Rows),
            numeric ? null : Share(current.Bins[^1], current.Valued), Share(current.TypeErrors, current.Rows));
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private static bool HasNumbers(double[] values, int count) => values.AsSpan(0, count).ContainsAnyExcept(double.NaN);
}

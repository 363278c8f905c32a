using System.Globalization;
using Bellwether.Contracts;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Statistics.Drift;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Monitoring.Overview;

/// <summary>One column over one span, against the reference: histogram, distances, moments.</summary>
internal static class CellBuilder
{
    private const int Bars = 32;
    private const int MostCategories = 12;

    public static CellDetail Build(ModelFacts facts, string column, int index, TimeWindow span, IReadOnlyList<StoredSummary> summaries)
    {
        var schema = facts.Reference!.Schema;
        var usable = summaries.Where(s => s.BinSchema == schema.Id && span.Contains(s.Window.Start)).ToList();
        var summary = new WindowSummary(schema);
        foreach (var stored in usable) { summary.Merge(WindowSummary.FromBytes(schema, stored.Bytes)); }
        var reference = schema.Columns[index];
        var current = summary.Columns[index];
        bool numeric = reference.Kind == ColumnKind.Numeric;
        var bins = current.Valued == 0 ? [] : numeric ? Numeric(reference, current) : Categorical(reference, current);
        return new CellDetail(facts.Plan.Model, column, span, numeric, bins, Figures(reference, current, summary.Rows), Sentence(facts, column, current, summary.Rows));
    }

    private static List<PanelFigure> Figures(ColumnSchema reference, ColumnSummary current, long rows)
    {
        var figures = new List<PanelFigure>();
        if (current.Valued > 0)
        {
            long[] before = [.. reference.ReferenceBins], now = current.Bins.ToArray();
            figures.Add(new("PSI", Three(BinnedDrift.PopulationStabilityIndex(before, now)), "Population stability index over the bins of the reference; includes rhythm, unlike the cell's colour."));
            figures.Add(new("KS distance", Three(BinnedDrift.KolmogorovSmirnov(before, now)), "Largest difference of the cumulative shares at bin edges."));
            figures.Add(new("Jensen–Shannon", Three(BinnedDrift.JensenShannonDistance(before, now)), "Base 2, root taken: 0 equal, 1 nothing shared."));
        }
        if (reference.Kind == ColumnKind.Numeric && current.Mean is { } mean)
        {
            figures.Add(new("Wasserstein, in reference σ", Three(BinnedDrift.WassersteinInSigmas(reference, current) ?? double.NaN), "How far mass moved, in standard deviations of the reference."));
            figures.Add(new("Mean", $"{Short(reference.Mean)} → {Short(mean)}", "Mean of the reference and of this span."));
        }
        double missing = (double)current.Nulls / Math.Max(rows, 1);
        if (rows > 0) { figures.Add(new("Missing", $"{Percent(reference.NullShare)} → {Percent(missing)}", "Share of rows without a value.")); }
        if (current.TypeErrors > 0) { figures.Add(new("Type errors", current.TypeErrors.ToString("N0", CultureInfo.InvariantCulture), "Values of another type than the reference's.")); }
        figures.Add(new("Rows", rows.ToString("N0", CultureInfo.InvariantCulture), "Distinct predictions in this span."));
        return figures;
    }

    private static string Sentence(ModelFacts facts, string column, ColumnSummary current, long rows) =>
        facts.Firing.Where(a => a.Column == column).MaxBy(a => a.Severity) is { } alert ? alert.Text
        : rows == 0 ? "No predictions in this span: nothing to compare."
        : current.Valued == 0 ? "No values in this span: nothing to compare."
        : current.Valued < 100 ? $"Only {current.Valued} values in this span: read the shape with care."
        : "No alert fires for this column.";

    /// <summary>Spreads the bins, which are anchored at quantiles, over bars of one width.</summary>
    private static List<HistogramBin> Numeric(ColumnSchema reference, ColumnSummary current)
    {
        var edges = reference.Edges;
        double low = edges[0], high = edges[^1];
        if (!double.IsFinite(low) || !double.IsFinite(high) || high <= low) { return []; }
        // The outermost tails would squeeze the rest into a few bars.
        var (inner, outer) = Middle(reference);
        if (outer > inner) { (low, high) = (inner, outer); }
        var before = new double[Bars];
        var now = new double[Bars];
        Spread(edges, reference.ReferenceBins.AsSpan(), low, high, before);
        Spread(edges, current.Bins, low, high, now);
        double total = Math.Max(1, reference.ReferenceBins.Sum()), valued = current.Valued, width = (high - low) / Bars;
        return [.. Enumerable.Range(0, Bars).Select(i => new HistogramBin(
            Short(low + i * width), low + i * width, low + (i + 1) * width, before[i] / total, now[i] / valued))];
    }

    private static (double Low, double High) Middle(ColumnSchema reference)
    {
        double total = reference.ReferenceBins.Sum(), seen = 0;
        double low = reference.Edges[0], high = reference.Edges[^1];
        for (int b = 0; b < reference.Edges.Length; b++)
        {
            seen += reference.ReferenceBins[b];
            if (seen <= 0.002 * total) { low = reference.Edges[b]; }
            if (seen >= 0.998 * total) { high = reference.Edges[b]; break; }
        }
        double margin = 0.25 * (high - low); // Room for what moved beyond.
        return (low - margin, high + margin);
    }

    private static void Spread(System.Collections.Immutable.ImmutableArray<double> edges, ReadOnlySpan<long> bins, double low, double high, double[] bars)
    {
        double width = (high - low) / bars.Length;
        for (int b = 0; b < bins.Length; b++)
        {
            if (bins[b] == 0) { continue; }
            double from = b == 0 ? Math.Min(low, edges[0]) : edges[b - 1], to = b == edges.Length ? Math.Max(high, edges[^1]) : edges[b];
            from = Math.Clamp(from, low, high);
            to = Math.Clamp(to, low, high);
            int first = Math.Clamp((int)((from - low) / width), 0, bars.Length - 1), last = Math.Clamp((int)((to - low) / width), 0, bars.Length - 1);
            if (to <= from || first == last)
            {
                bars[last] += bins[b];
                continue;
            }
            for (int i = first; i <= last; i++)
            {
                double overlap = Math.Min(to, low + (i + 1) * width) - Math.Max(from, low + i * width);
                if (overlap > 0) { bars[i] += bins[b] * overlap / (to - from); }
            }
        }
    }

    private static List<HistogramBin> Categorical(ColumnSchema reference, ColumnSummary current)
    {
        double total = Math.Max(1, reference.ReferenceBins.Sum()), valued = current.Valued;
        var bins = current.Bins.ToArray();
        var named = Enumerable.Range(0, reference.Categories.Length)
            .Select(i => new HistogramBin(reference.Categories[i], i, i, reference.ReferenceBins[i] / total, bins[i] / valued))
            .OrderByDescending(b => Math.Max(b.ReferenceShare, b.CurrentShare)).ToList();
        var shown = named.Take(MostCategories).OrderByDescending(b => b.ReferenceShare).ToList();
        int other = reference.Categories.Length;
        double restBefore = named.Skip(MostCategories).Sum(b => b.ReferenceShare) + reference.ReferenceBins[other] / total;
        double restNow = named.Skip(MostCategories).Sum(b => b.CurrentShare) + bins[other] / valued;
        if (restBefore + restNow > 0) { shown.Add(new HistogramBin("other", other, other, restBefore, restNow)); }
        if (bins[other + 1] > 0) { shown.Add(new HistogramBin("unseen", other + 1, other + 1, 0, bins[other + 1] / valued)); }
        return shown;
    }

    private static string Three(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Short(double value) => value.ToString(Math.Abs(value) >= 1000 ? "N0" : Math.Abs(value) >= 10 ? "0.#" : "0.###", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}

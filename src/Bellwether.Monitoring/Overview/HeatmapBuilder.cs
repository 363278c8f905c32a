using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Statistics.Drift;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Monitoring.Overview;

/// <summary>
/// Features by windows. A cell is the largest distance, in angle, of any event from its seasonal baseline, less two standard errors
/// of the cell's rows, in multiples of the tolerance: so neither rhythm nor chance colours it.
/// </summary>
internal static class HeatmapBuilder
{
    private const int MostCells = 60;

    public static Heatmap Build(ModelFacts facts, IReadOnlyList<StoredSummary> summaries)
    {
        if (facts.Reference is not { } reference || facts.LastData is null) { return new Heatmap([], []); }
        var clock = new WatchClock(new WindowGrid(facts.Plan.Window, facts.Plan.Zone), facts.Plan.FalseAlarmsPerYear);
        var cells = Spans(facts, clock);
        var streams = EventStream.Of(reference.Schema).Where(s => s.Kind is StreamKind.Values or StreamKind.Presence && facts.Plan.Watches(s.Column)).ToList();
        var baselines = streams.ToDictionary(s => s.Key, s => Baseline(facts, reference, s));
        var sums = streams.ToDictionary(s => s.Key, s => cells.Select(_ => new CellSum(s.Events)).ToArray());
        foreach (var stored in summaries.Where(s => s.BinSchema == reference.Schema.Id))
        {
            int cell = cells.FindIndex(c => c.Contains(stored.Window.Start));
            if (cell < 0) { continue; }
            var summary = WindowSummary.FromBytes(reference.Schema, stored.Bytes);
            foreach (var stream in streams)
            {
                if (baselines[stream.Key] is { } baseline) { sums[stream.Key][cell].Add(stream, reference.Schema, summary, baseline, clock, stored.Window); }
            }
        }
        var rows = streams.Where(s => s.Kind == StreamKind.Values).Select(s => Row(facts, s, sums, baselines)).ToList();
        return new Heatmap(cells, rows);
    }

    /// <summary>The windows that the cell of an instant pools.</summary>
    public static TimeWindow Span(ModelFacts facts, DateTimeOffset start)
    {
        var clock = new WatchClock(new WindowGrid(facts.Plan.Window, facts.Plan.Zone), facts.Plan.FalseAlarmsPerYear);
        var window = clock.Grid.Containing(start);
        return Spans(facts, clock).FirstOrDefault(c => c.Contains(start), window);
    }

    private static List<TimeWindow> Spans(ModelFacts facts, WatchClock clock)
    {
        long first = clock.Grid.OrdinalOf(facts.Range.Start), end = clock.Grid.OrdinalOf(facts.Range.End);
        long each = Math.Max(1, (end - first + MostCells - 1) / MostCells);
        var cells = new List<TimeWindow>();
        for (long o = first; o < end; o += each) { cells.Add(new TimeWindow(clock.Grid.At(o).Start, clock.Grid.At(Math.Min(o + each, end)).Start)); }
        return cells;
    }

    /// <summary>What production taught goes before what a reference without rhythm could say.</summary>
    private static EventReference? Baseline(ModelFacts facts, FittedReference reference, EventStream stream) =>
        facts.State?.Streams.FirstOrDefault(s => s.Key == stream.Key)?.Learnt is { } learnt ? EventReference.FromBytes(learnt) : reference.Find(stream.Key)?.Reference;

    private static HeatmapRow Row(ModelFacts facts, EventStream stream, Dictionary<string, CellSum[]> sums, Dictionary<string, EventReference?> baselines)
    {
        var values = sums[stream.Key];
        var presence = sums.GetValueOrDefault(stream.Column + "#presence");
        var cells = values.Select((cell, i) => Larger(
            cell.Distance(baselines[stream.Key]), presence?[i].Distance(baselines.GetValueOrDefault(stream.Column + "#presence")))).ToList();
        var open = facts.Firing.Where(a => a.Column == stream.Column && a.Monitor.EndsWith(".ted", StringComparison.Ordinal)).Select(a => (Severity?)a.Severity).Max();
        return new HeatmapRow(stream.Column, stream.Pool == BudgetPool.Predictions ? "predictions" : "inputs", open, cells);
    }

    private static double? Larger(double? a, double? b) => a is { } x && b is { } y ? Math.Max(x, y) : a ?? b;

    /// <summary>Counts and expectations of one stream over the windows of one cell.</summary>
    private sealed class CellSum(int events)
    {
        private readonly long[] _counts = new long[events];
        private readonly double[] _expected = new double[events];
        private long _rows;

        public void Add(EventStream stream, BinSchema schema, WindowSummary summary, EventReference baseline, WatchClock clock, TimeWindow window)
        {
            var counts = new long[_counts.Length];
            long rows = stream.Count(schema, summary, counts);
            if (rows == 0) { return; }
            var keys = new int[clock.Factors.Length];
            var angles = new double[_counts.Length];
            Rhythm.Keys(clock.Factors, clock.Grid.LocalStart(window), false, keys);
            baseline.Baseline(keys.AsSpan(0, baseline.Factors.Length), angles);
            for (int j = 0; j < counts.Length; j++)
            {
                _counts[j] += counts[j];
                _expected[j] += rows * Angle.Inverse(angles[j]);
            }
            _rows += rows;
        }

        public double? Distance(EventReference? baseline)
        {
            if (_rows == 0 || baseline is null) { return null; }
            double error = 2 / Math.Sqrt(_rows);
            double largest = 0;
            for (int j = 0; j < _counts.Length; j++)
            {
                double shift = Math.Abs(Angle.Of((_counts[j] + 0.5) / (_rows + 1)) - Angle.Of(_expected[j] / _rows));
                largest = Math.Max(largest, (shift - error) / baseline.Tolerance(j, TedOptions.DefaultTolerances[0]));
            }
            return largest;
        }
    }
}

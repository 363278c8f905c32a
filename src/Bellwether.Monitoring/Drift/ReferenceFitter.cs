using System.Collections.Immutable;
using System.Globalization;
using Bellwether.Contracts;
using Bellwether.Contracts.Drift;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Performance;
using Bellwether.Monitoring.Plans;
using Bellwether.Statistics.Drift;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Monitoring.Drift;

/// <summary>
/// Fits bins, baselines, rhythm and bands to a reference. With times over two weeks or more it is ready to watch; without, it gives
/// bins and one static baseline, and the rhythm is learnt from production.
/// </summary>
public static class ReferenceFitter
{
    /// <summary>Event time that a reference must cover to hold a weekly rhythm.</summary>
    public static readonly TimeSpan WatchingSpan = TimeSpan.FromDays(14);

    /// <summary>
    /// Most windows times events of all streams that a reference may span: 0.6 GB of counts. Over 100 features that is six weeks of
    /// minutes or seven years of hours.
    /// </summary>
    private const long MostCounts = 80_000_000;

    /// <param name="plan">What is watched, in which windows.</param>
    /// <param name="name">What the user calls it.</param>
    /// <param name="digest">Of its bytes.</param>
    /// <param name="reference">Its rows.</param>
    /// <param name="cancellationToken">Looked at once a window.</param>
    /// <exception cref="UnusableReferenceException">It has no rows, no column to watch, or spans more windows than can be held.</exception>
    public static StoredReference Fit(CompiledPlan plan, string name, string digest, LabelledColumns reference, CancellationToken cancellationToken = default)
    {
        if (reference.Rows.Count == 0) { throw new UnusableReferenceException("The reference has no rows."); }
        var warnings = new List<string>();
        var rows = Sorted(reference);
        var schema = Schema(plan, rows.Rows, warnings);
        if (schema.Columns.IsEmpty) { throw new UnusableReferenceException("The reference has no column to watch: name at least one feature, score or prediction."); }
        DateTimeOffset? from = rows.HasTimes ? Instants.FromMicroseconds(rows.Rows.Timestamps[0]) : null;
        DateTimeOffset? to = rows.HasTimes ? Instants.FromMicroseconds(rows.Rows.Timestamps[rows.Rows.Count - 1]) : null;
        var clock = new WatchClock(new WindowGrid(plan.Window, plan.Zone), plan.FalseAlarmsPerYear);
        bool hasRhythm = rows.HasTimes && to - from >= WatchingSpan - plan.Window;
        if (rows.HasTimes) { RequireSpan(clock, schema, from!.Value, to!.Value); }
        var windows = rows.HasTimes ? Windows(clock, rows) : [];
        var pooled = Pooled(schema, rows.Rows);
        var baselines = hasRhythm ? WithRhythm(clock, schema, rows.Rows, windows, cancellationToken) : pooled;
        bool watching = hasRhythm && baselines.Any(b => b.HasRhythm);
        if (!watching) { warnings.Add(Provisional(rows, from, to)); }
        Explain(plan, rows, windows, warnings);
        var fitted = new FittedReference(
            digest, name, watching ? "watching" : "provisional", from, to, rows.Rows.Count, schema, baselines, Bands(plan, rows, windows),
            rows.Rows.Features.ToImmutableDictionary(f => f.Name, f => f.Type, StringComparer.Ordinal))
        {
            Window = plan.Window,
            Zone = plan.Zone.Id,
            Pooled = pooled,
            Latencies = Latencies(rows.Rows),
        };
        warnings.AddRange(fitted.ShortcomingsFor(plan));
        var columns = schema.Columns.Select(c => c.Name).Where(n => n is not (EventStream.ScoreColumn or EventStream.PredictionColumn)).ToArray();
        return new StoredReference(0, name, digest, new ReferenceReceipt(rows.Rows.Count, fitted.State, from, to, columns, warnings), fitted.ToBytes());
    }

    // One row with a wrong year would else make a window of every hour up to it.
    private static void RequireSpan(WatchClock clock, BinSchema schema, DateTimeOffset from, DateTimeOffset to)
    {
        long windows = clock.Grid.OrdinalOf(to) - clock.Grid.OrdinalOf(from) + 1;
        long most = MostCounts / Math.Max(1, EventStream.Of(schema).Sum(s => s.Events));
        if (windows > most)
        {
            throw new UnusableReferenceException(string.Create(CultureInfo.InvariantCulture,
                $"The reference spans {SinceText.Of(from)} to {SinceText.Of(to)}, {windows:N0} windows of {Durations.Text(clock.Grid.Window)}; at most {most:N0} over these columns. Check the first and the last time, or choose longer windows."));
        }
    }

    private static string Provisional(LabelledColumns rows, DateTimeOffset? from, DateTimeOffset? to) => rows.HasTimes
        ? $"The reference covers {SinceText.Of(from!.Value)} to {SinceText.Of(to!.Value)}, less than {WatchingSpan.TotalDays} days: its rhythm is learnt from the first four weeks of production; until then only critical drift alerts."
        : "The reference has no event times: daily and weekly rhythm are learnt from the first four weeks of production; until then drift is shown and only critical drift alerts.";

    private static void Explain(
        CompiledPlan plan, LabelledColumns rows, List<(TimeWindow Window, int First, int Count)> windows, List<string> warnings)
    {
        var filled = windows.Where(w => w.Count > 0).ToList();
        if (filled.Count > 0 && filled.Average(w => w.Count) is < 20 and var mean)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"A window of {plan.Window.TotalHours:0.##} h holds {mean:0.#} rows on average; 20 or more are needed to see much. Choose a longer window."));
        }
        if (rows.Outcomes.Length == 0 && rows.OutcomeTexts.Length == 0) { warnings.Add("The reference holds no outcomes: charts show no reference band."); }
    }

    private static BinSchema Schema(CompiledPlan plan, PredictionColumns rows, List<string> warnings)
    {
        var columns = ImmutableArray.CreateBuilder<ColumnSchema>();
        foreach (var feature in rows.Features)
        {
            if (plan.WatchedFeatures.Length > 0 && !plan.WatchedFeatures.Contains(feature.Name)) { continue; }
            if (feature.Type == FeatureType.Vector)
            {
                warnings.Add($"Feature '{feature.Name}' holds vectors, which are stored but not watched yet.");
                continue;
            }
            columns.Add(feature.Type == FeatureType.Number
                ? ColumnSchema.FitNumeric(feature.Name, feature.Numbers.AsSpan(0, rows.Count))
                : Categories(feature.Name, feature.Texts.AsSpan(0, rows.Count)));
        }
        if (Answer(plan, rows) is { } answer) { columns.Add(answer); }
        return new BinSchema(columns.ToImmutable(), plan.LatencyObjectiveMicroseconds);
    }

    private static ColumnSchema? Answer(CompiledPlan plan, PredictionColumns rows)
    {
        if (rows.Scores.AsSpan(0, rows.Count).ContainsAnyExcept(double.NaN)) { return ColumnSchema.FitNumeric(EventStream.ScoreColumn, rows.Scores.AsSpan(0, rows.Count)); }
        if (plan.Task == ModelTask.Regression)
        {
            return rows.Predictions.AsSpan(0, rows.Count).ContainsAnyExcept(double.NaN)
                ? ColumnSchema.FitNumeric(EventStream.PredictionColumn, rows.Predictions.AsSpan(0, rows.Count))
                : null;
        }
        var texts = new string?[rows.Count];
        for (int i = 0; i < texts.Length; i++) { texts[i] = SummaryFold.PredictionText(rows, i); }
        return texts.Any(t => t is not null) ? Categories(EventStream.PredictionColumn, texts) : null;
    }

    /// <summary>The schema of a column of categories; null is a missing value.</summary>
    public static ColumnSchema Categories(string name, ReadOnlySpan<string?> texts)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        long nulls = 0;
        foreach (string? text in texts)
        {
            if (text is null) { nulls++; }
            else { counts[text] = counts.GetValueOrDefault(text) + 1; }
        }
        return ColumnSchema.FitCategorical(name, counts, nulls);
    }

    /// <summary>Consecutive windows from the first local day's start, with the slice of rows that each holds.</summary>
    private static List<(TimeWindow Window, int First, int Count)> Windows(WatchClock clock, LabelledColumns rows)
    {
        var times = rows.Rows.Timestamps;
        int count = rows.Rows.Count;
        long ordinal = clock.DayStart(clock.Grid.OrdinalOf(Instants.FromMicroseconds(times[0])));
        var windows = new List<(TimeWindow, int, int)>();
        for (int first = 0; first < count; ordinal++)
        {
            var window = clock.Grid.At(ordinal);
            long end = window.End.ToMicroseconds();
            int last = first;
            while (last < count && times[last] < end) { last++; }
            windows.Add((window, first, last - first));
            first = last;
        }
        return windows;
    }

    private static ImmutableArray<StreamBaseline> WithRhythm(
        WatchClock clock, BinSchema schema, PredictionColumns rows, List<(TimeWindow Window, int First, int Count)> windows,
        CancellationToken cancellationToken)
    {
        var streams = EventStream.Of(schema);
        var counts = streams.Select(s => new long[windows.Count * s.Events]).ToArray();
        var totals = streams.Select(_ => new long[windows.Count]).ToArray();
        for (int w = 0; w < windows.Count; w++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var summary = new WindowSummary(schema);
            SummaryFold.Add(summary, schema, rows, windows[w].First, windows[w].Count);
            for (int s = 0; s < streams.Length; s++)
            {
                totals[s][w] = streams[s].Count(schema, summary, counts[s].AsSpan(w * streams[s].Events, streams[s].Events));
            }
        }
        long from = clock.Grid.OrdinalOf(windows[0].Window.Start);
        var baselines = ImmutableArray.CreateBuilder<StreamBaseline>();
        for (int s = 0; s < streams.Length; s++)
        {
            if (clock.Fit(from, counts[s], totals[s]) is { } fitted) { baselines.Add(new StreamBaseline(streams[s].Key, true, fitted)); }
        }
        return baselines.ToImmutable();
    }

    private static ImmutableArray<StreamBaseline> Pooled(BinSchema schema, PredictionColumns rows)
    {
        var summary = new WindowSummary(schema);
        SummaryFold.Add(summary, schema, rows, 0, rows.Count);
        var baselines = ImmutableArray.CreateBuilder<StreamBaseline>();
        foreach (var stream in EventStream.Of(schema))
        {
            var counts = new long[stream.Events];
            long total = stream.Count(schema, summary, counts);
            if (total > 0) { baselines.Add(new StreamBaseline(stream.Key, false, EventReference.Static(counts, total))); }
        }
        return baselines.ToImmutable();
    }

    private static byte[]? Latencies(PredictionColumns rows)
    {
        var summary = new WindowSummary(new BinSchema([], null));
        foreach (double latency in rows.Latencies.AsSpan(0, rows.Count))
        {
            if (!double.IsNaN(latency)) { summary.AddLatency(latency); }
        }
        return summary.LatencyCount == 0 ? null : summary.ToBytes();
    }

    private static ImmutableDictionary<string, ReferenceBand> Bands(
        CompiledPlan plan, LabelledColumns rows, List<(TimeWindow Window, int First, int Count)> windows)
    {
        if (rows.Outcomes.Length == 0 && rows.OutcomeTexts.Length == 0) { return ImmutableDictionary<string, ReferenceBand>.Empty; }
        var joined = Joined(rows);
        var overall = PerformanceMeasures.Of(plan, joined, 0, joined.Count, long.MaxValue - 1).Measures;
        var bands = ImmutableDictionary.CreateBuilder<string, ReferenceBand>(StringComparer.Ordinal);
        var perWindow = windows.Where(w => w.Count > 0).Select(w => PerformanceMeasures.Of(plan, joined, w.First, w.Count, long.MaxValue - 1).Measures).ToList();
        foreach (var (name, whole) in overall)
        {
            if (whole.Value is not { } value) { continue; }
            double[] values = [.. perWindow.Where(m => m[name].Value is not null).Select(m => m[name].Value!.Value).Order()];
            bands[name] = values.Length >= 8
                ? new ReferenceBand(value, values[(int)(0.025 * (values.Length - 1))], values[(int)Math.Ceiling(0.975 * (values.Length - 1))])
                : new ReferenceBand(value, whole.Low ?? value, whole.High ?? value);
        }
        return bands.ToImmutable();
    }

    private static JoinedRows Joined(LabelledColumns rows)
    {
        int count = rows.Rows.Count;
        double[] numbers = rows.Outcomes.Length > 0 ? rows.Outcomes : [.. Enumerable.Repeat(double.NaN, count)];
        string?[] texts = rows.OutcomeTexts.Length > 0 ? rows.OutcomeTexts : new string?[count];
        var known = new long[count];
        for (int i = 0; i < count; i++) { known[i] = double.IsNaN(numbers[i]) && texts[i] is null ? long.MaxValue : 0; }
        return new JoinedRows
        {
            Count = count,
            Timestamps = rows.Rows.Timestamps,
            Predictions = rows.Rows.Predictions,
            PredictionTexts = rows.Rows.PredictionTexts,
            Scores = rows.Rows.Scores,
            Outcomes = numbers,
            OutcomeTexts = texts,
            KnownAt = known,
            Sequences = new long[count],
        };
    }

    private static LabelledColumns Sorted(LabelledColumns reference) =>
        reference.HasTimes ? RowOrder.ByTime(reference) : reference;
}

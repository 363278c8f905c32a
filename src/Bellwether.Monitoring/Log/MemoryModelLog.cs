using Bellwether.Contracts;
using Bellwether.Contracts.Log;

namespace Bellwether.Monitoring.Log;

/// <summary>A model's log held in memory: what an offline replay reads. The first row of an id counts.</summary>
public sealed class MemoryModelLog : IModelLog
{
    private readonly PredictionColumns _rows;
    private readonly double[] _outcomes;
    private readonly string?[] _outcomeTexts;
    private readonly long[] _knownAt;

    /// <param name="rows">Predictions in any order, with times; where the file holds outcomes, with them.</param>
    /// <param name="knownAt">When the outcome of each of these rows became known, Unix microseconds; <see cref="long.MaxValue"/> where there is none.</param>
    /// <exception cref="ArgumentException">The rows have no times, or the columns differ in length.</exception>
    public MemoryModelLog(LabelledColumns rows, long[] knownAt)
    {
        if (!rows.HasTimes) { throw new ArgumentException("Rows without times cannot be replayed; give the plan a clock.", nameof(rows)); }
        if (knownAt.Length != rows.Rows.Count) { throw new ArgumentException($"Expected {rows.Rows.Count} times of outcomes, got {knownAt.Length}.", nameof(knownAt)); }
        int[] order = FirstOfEachId(rows.Rows);
        _rows = RowOrder.Permute(rows.Rows, order);
        _outcomes = [.. order.Select(i => rows.Outcomes.Length == 0 ? double.NaN : rows.Outcomes[i])];
        _outcomeTexts = [.. order.Select(i => rows.OutcomeTexts.Length == 0 ? null : rows.OutcomeTexts[i])];
        _knownAt = [.. order.Select(i => knownAt[i])];
    }

    public async IAsyncEnumerable<PredictionColumns> ReadPredictionsAsync(
        ModelKey model, TimeWindow range, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (first, last) = Slice(range);
        for (; first < last; first += BatchRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return RowOrder.Permute(_rows, [.. Enumerable.Range(first, Math.Min(BatchRows, last - first))]);
        }
        await Task.CompletedTask;
    }

    public Task<JoinedRows> ReadJoinedAsync(ModelKey model, TimeWindow range, CancellationToken cancellationToken)
    {
        var (first, last) = Slice(range);
        return Task.FromResult(new JoinedRows
        {
            Count = last - first,
            Timestamps = _rows.Timestamps[first..last],
            Predictions = _rows.Predictions[first..last],
            PredictionTexts = _rows.PredictionTexts[first..last],
            Scores = _rows.Scores[first..last],
            Outcomes = _outcomes[first..last],
            OutcomeTexts = _outcomeTexts[first..last],
            KnownAt = _knownAt[first..last],
            Sequences = new long[last - first],
        });
    }

    public Task<TouchedHours> TouchedHoursAsync(ModelKey model, DateTimeOffset after, DateTimeOffset through, long afterSequence, CancellationToken cancellationToken)
    {
        const long Hour = 3_600_000_000;
        long from = after.ToMicroseconds(), to = through.ToMicroseconds();
        var hours = new SortedSet<long>();
        for (int i = 0; i < _rows.Count; i++)
        {
            if (_knownAt[i] > from && _knownAt[i] <= to) { hours.Add(_rows.Timestamps[i] / Hour * Hour); }
        }
        return Task.FromResult(new TouchedHours([.. hours], 0));
    }

    /// <summary>None: the file is whole before it is read.</summary>
    public Task<LateHours> LateHoursAsync(ModelKey model, DateTimeOffset before, long afterSequence, CancellationToken cancellationToken) =>
        Task.FromResult(new LateHours([], 0));

    /// <summary>Keeps nothing: what is replayed was closed once already.</summary>
    public Task<long> AppendCloseAsync(CloseRecord close, CancellationToken cancellationToken) => Task.FromResult(0L);

    public Task<IReadOnlyList<LoggedClose>> ClosesAfterAsync(ModelKey model, long sequence, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LoggedClose>>([]);

    public Task<(DateTimeOffset First, DateTimeOffset Last)?> ExtentAsync(ModelKey model, CancellationToken cancellationToken) =>
        Task.FromResult<(DateTimeOffset, DateTimeOffset)?>(_rows.Count == 0
            ? null
            : (Instants.FromMicroseconds(_rows.Timestamps[0]), Instants.FromMicroseconds(_rows.Timestamps[^1])));

    private const int BatchRows = 4096;

    private (int First, int Last) Slice(TimeWindow range)
    {
        int first = RowOrder.LowerBound(_rows.Timestamps, range.Start.ToMicroseconds());
        return (first, Math.Max(first, RowOrder.LowerBound(_rows.Timestamps, range.End.ToMicroseconds())));
    }

    private static int[] FirstOfEachId(PredictionColumns rows)
    {
        var seen = new HashSet<string>(rows.Count, StringComparer.Ordinal);
        var kept = new List<int>(rows.Count);
        for (int i = 0; i < rows.Count; i++)
        {
            if (seen.Add(rows.Ids[i])) { kept.Add(i); }
        }
        kept.Sort((a, b) => rows.Timestamps[a] != rows.Timestamps[b]
            ? rows.Timestamps[a].CompareTo(rows.Timestamps[b])
            : string.CompareOrdinal(rows.Ids[a], rows.Ids[b]));
        return [.. kept];
    }
}

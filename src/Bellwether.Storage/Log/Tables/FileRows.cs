using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log.Bodies;

namespace Bellwether.Storage.Log.Tables;

/// <summary>Collects the columns of a file by the parts they play.</summary>
internal sealed class FileRows
{
    private readonly TableSource _source;
    private readonly long _arrival;
    private readonly int _id, _timestamp, _version, _prediction, _score, _latency, _error, _outcome, _outcomeTime;
    private readonly FileFeature[] _features;
    private readonly List<string> _ids = [];
    private readonly List<long> _times = [], _outcomeTimes = [];
    private readonly List<string?> _versions = [], _predictionTexts = [], _errors = [], _outcomeTexts = [];
    private readonly List<double> _predictions = [], _scores = [], _latencies = [], _outcomes = [];

    public FileRows(TableSource source, ColumnRoles roles, DateTimeOffset? arrival)
    {
        (_source, _arrival) = (source, (arrival ?? DateTimeOffset.MaxValue - IngestLimits.ClockSkew).ToMicroseconds());
        (_id, _timestamp, _version) = (source.Require(roles.Id), source.Require(roles.Timestamp), source.Require(roles.Version));
        (_prediction, _score, _latency) = (source.Require(roles.Prediction), source.Require(roles.Score), source.Require(roles.LatencySeconds));
        (_error, _outcome, _outcomeTime) = (source.Require(roles.Error), source.Require(roles.Outcome), source.Require(roles.OutcomeTimestamp));
        int[] taken = [_id, _timestamp, _version, _prediction, _score, _latency, _error, _outcome, _outcomeTime];
        var features = roles.Features is { } named
            ? named.Select(name => source.Require(name))
            : Enumerable.Range(0, source.Table.Columns.Count).Where(column => !taken.Contains(column));
        _features = [.. features.Select(column => new FileFeature(
            source, column, roles.Types.TryGetValue(source.Table.Columns[column], out var type) ? type : (FeatureType?)null))];
    }

    public void Add(int row, RowClock? clock)
    {
        _ids.Add(_id < 0 ? $"row-{row}" : IdOf());
        _times.Add(_timestamp >= 0
            ? Bounded(_source.Time(_timestamp) ?? throw _source.Fault(_timestamp, "the row has no time."))
            : clock is null ? 0 : clock.Start.ToMicroseconds() + row * (clock.Step.Ticks / TimeSpan.TicksPerMicrosecond));
        _versions.Add(_source.Text(_version));
        var (prediction, predictionText) = _source.Answer(_prediction);
        _predictions.Add(prediction);
        _predictionTexts.Add(predictionText);
        _scores.Add(Checked(_score, RowFault.OfScore));
        _latencies.Add(Checked(_latency, RowFault.OfLatency));
        _errors.Add(_source.Text(_error));
        if (_outcome >= 0)
        {
            var (outcome, outcomeText) = _source.Answer(_outcome);
            _outcomes.Add(outcome);
            _outcomeTexts.Add(outcomeText);
        }
        if (_outcomeTime >= 0) { _outcomeTimes.Add(_source.Time(_outcomeTime) ?? long.MaxValue); }
        foreach (var feature in _features) { feature.Add(); }
    }

    public LabelledColumns Take(int count, bool hasClock) => new(
        new PredictionColumns
        {
            Count = count,
            Ids = [.. _ids],
            Timestamps = [.. _times],
            Versions = [.. _versions],
            Predictions = [.. _predictions],
            PredictionTexts = [.. _predictionTexts],
            Scores = [.. _scores],
            Latencies = [.. _latencies],
            Errors = [.. _errors],
            Features = [.. _features.Select(feature => feature.Take())],
        },
        HasTimes: _timestamp >= 0 || hasClock, [.. _outcomes], [.. _outcomeTexts], [.. _outcomeTimes]);

    private long Bounded(long time) => RowFault.OfTime("timestamp", time, _arrival) is { } fault ? throw _source.Fault(_timestamp, fault) : time;

    private string IdOf()
    {
        if (!_source.Has(_id)) { throw _source.Fault(_id, "the row has no id."); }
        return RowFault.OfId(_source.Table.Text(_id)) is { } fault ? throw _source.Fault(_id, fault) : _source.Text(_id)!;
    }

    private double Checked(int column, Func<double, string?> check)
    {
        double number = _source.Number(column);
        return !double.IsNaN(number) && check(number) is { } fault ? throw _source.Fault(column, fault) : number;
    }
}

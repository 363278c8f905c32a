using System.Globalization;
using System.Text;
using System.Text.Json;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Registry;
using Bellwether.Storage.Log.Schemas;
using Bellwether.Storage.Log.Tables;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>Predictions as rows of CSV or Parquet: columns with a reserved name play their part, all others are features.</summary>
internal sealed class TablePredictions
{
    private static readonly string[] Nested = ["features", "scores", "tags", "attributions"];
    private static readonly string[] Extras = ["experiment", "variant", "weight", "traceId"];

    private readonly RowTable _table;
    private readonly PredictionRow _row;
    private readonly ZonedClock _clock;
    private readonly int _id, _version, _timestamp, _prediction, _score, _latency, _error, _role, _unit;
    private readonly int[] _extras;
    private readonly int[] _features; // Column indices.
    private readonly FeatureType?[] _learnt; // For each of them: its type should it be new; null when it holds no value at all.

    /// <exception cref="MalformedBodyException">There is no id column, or one that only JSON can hold.</exception>
    public TablePredictions(RowTable table, PredictionRow row, ZonedClock clock)
    {
        (_table, _row, _clock) = (table, row, clock);
        if (table.Columns.FirstOrDefault(name => Nested.Contains(name)) is { } nested)
        {
            throw new MalformedBodyException($"Column '{nested}' is a reserved name whose values only JSON can hold; rename it or send JSON.", 1, 1);
        }
        _id = table.Find("id");
        if (_id < 0) { throw new MalformedBodyException($"There is no column 'id'; there are: {string.Join(", ", table.Columns)}.", 1, 1); }
        (_version, _timestamp, _prediction) = (table.Find("version"), table.Find("timestamp"), table.Find("prediction"));
        (_score, _latency, _error) = (table.Find("score"), table.Find("latencySeconds"), table.Find("error"));
        (_role, _unit) = (table.Find("role"), table.Find("unit"));
        _extras = [.. Extras.Select(table.Find)];
        int[] reserved = [_id, _version, _timestamp, _prediction, _score, _latency, _error, _role, _unit, .. _extras];
        _features = [.. Enumerable.Range(0, table.Columns.Count).Where(column => !reserved.Contains(column))];
        foreach (int column in _features)
        {
            if (Encoding.UTF8.GetByteCount(table.Columns[column]) > IngestLimits.NameBytes)
            {
                throw new MalformedBodyException($"Column '{table.Columns[column][..40]}…' has a name of more than {IngestLimits.NameBytes} bytes.", 1, 1);
            }
        }
        _learnt = table.IsUntyped ? Guess() : new FeatureType?[_features.Length];
    }

    /// <summary>Rows in the table, good and bad.</summary>
    public int Read(BatchBuilder batch)
    {
        int row = 0;
        for (; _table.Read(); row++)
        {
            if (row == IngestLimits.TableRows) { throw new BodyTooLargeException($"A table holds at most {IngestLimits.TableRows} rows; send several."); }
            _row.Begin();
            if ((_table.Fault ?? ReadRow()) is { } reason)
            {
                _row.Abandon();
                batch.Reject(row, reason);
                continue;
            }
            _row.Commit(row);
        }
        return row;
    }

    // In CSV a column of numbers is a number, whatever its first row says.
    private FeatureType?[] Guess()
    {
        var types = new FeatureType?[_features.Length];
        int[] unknown = [.. Enumerable.Range(0, _features.Length).Where(i => _row.Draft.Find(_table.Columns[_features[i]]) < 0)];
        while (unknown.Length > 0 && _table.Read())
        {
            if (_table.Fault is not null) { continue; }
            foreach (int i in unknown)
            {
                if (types[i] == FeatureType.Text || _table.Kind(_features[i]) == CellKind.Null) { continue; }
                types[i] = CellText.TryNumber(_table.Text(_features[i]), out _) ? FeatureType.Number : FeatureType.Text;
            }
        }
        _table.Restart();
        return types;
    }

    private string? ReadRow()
    {
        if (TextOf(_id, "id", int.MaxValue, out _row.Id) is { } badId) { return badId; }
        if (RowFault.OfId(_row.Arena.Slice(_row.Id)) is { } idFault) { return idFault; }
        if (ReadTime() is { } badTime) { return badTime; }
        if (NumberOf(_score, "score", out _row.Score) is { } badScore) { return badScore; }
        if (!double.IsNaN(_row.Score) && RowFault.OfScore(_row.Score) is { } scoreFault) { return scoreFault; }
        if (NumberOf(_latency, "latencySeconds", out _row.Latency) is { } badLatency) { return badLatency; }
        if (!double.IsNaN(_row.Latency) && RowFault.OfLatency(_row.Latency) is { } latencyFault) { return latencyFault; }
        string? reason = TextOf(_version, "version", IngestLimits.NameBytes, out _row.Version)
            ?? TextOf(_error, "error", IngestLimits.ErrorBytes, out _row.Error)
            ?? TextOf(_unit, "unit", IngestLimits.NameBytes, out _row.Unit)
            ?? ReadRole() ?? ReadAnswer() ?? ReadExtras();
        for (int i = 0; reason is null && i < _features.Length; i++) { reason = ReadFeature(i); }
        return reason;
    }

    private string? ReadTime()
    {
        if (Has(_timestamp) is not { } kind) { return null; }
        long micros;
        bool hasOffset;
        if (kind == CellKind.Time) { (micros, hasOffset) = _table.Time(_timestamp); }
        else if (kind != CellKind.Text || !Rfc3339.TryParse(_table.Text(_timestamp), out micros, out hasOffset))
        {
            return $"timestamp: '{Show(_timestamp)}' is no time; one such as 2026-07-01T12:00:00Z is needed";
        }
        _row.Time = hasOffset ? micros : _clock.ToInstant(micros);
        return RowFault.OfTime("timestamp", _row.Time.Value, _row.Arrival);
    }

    private string? ReadRole()
    {
        if (Has(_role) is null) { return null; }
        _row.Shadow = _table.Text(_role).SequenceEqual("shadow"u8);
        return _row.Shadow || _table.Text(_role).SequenceEqual("live"u8) ? null : $"role: '{Show(_role)}' is neither 'live' nor 'shadow'";
    }

    private string? ReadAnswer()
    {
        switch (Has(_prediction))
        {
            case null: return null;
            case CellKind.Number or CellKind.Integer: _row.Prediction = _table.Number(_prediction); return double.IsInfinity(_row.Prediction) ? "prediction: infinite" : null;
            case CellKind.Text when _table.IsUntyped && CellText.TryNumber(_table.Text(_prediction), out _row.Prediction): return null;
            default:
                _row.PredictionText = _row.Arena.Append(_table.Text(_prediction));
                return RowFault.OfText("prediction", _row.PredictionText.Length);
        }
    }

    private string? ReadExtras()
    {
        int start = _row.Arena.Length;
        for (int i = 0; i < _extras.Length; i++)
        {
            if (Has(_extras[i]) is null) { continue; }
            bool isWeight = Extras[i] == "weight";
            double weight = double.NaN;
            if (isWeight && (NumberOf(_extras[i], "weight", out weight) is not null || !(weight >= 0))) { return $"weight: '{Show(_extras[i])}' is no number of 0 or more"; }
            if (RowFault.OfName(Extras[i], _table.Text(_extras[i])) is { } reason) { return reason; }
            _row.Arena.Append(_row.Arena.Length == start ? "{\""u8 : ",\""u8);
            _row.Arena.Append(Encoding.ASCII.GetBytes(Extras[i]));
            _row.Arena.Append(isWeight ? "\":"u8 : "\":\""u8);
            // The number and not its text: '.5' and '+2' are no JSON.
            _row.Arena.Append(isWeight ? Encoding.ASCII.GetBytes(weight.ToString("R", CultureInfo.InvariantCulture)) : JsonEncodedText.Encode(_table.Text(_extras[i])).EncodedUtf8Bytes);
            if (!isWeight) { _row.Arena.Append("\""u8); }
        }
        if (_row.Arena.Length == start) { return null; }
        _row.Arena.Append("}"u8);
        _row.Extra = new TextRange(start, _row.Arena.Length - start);
        return null;
    }

    private string? ReadFeature(int i)
    {
        int column = _features[i];
        var kind = _table.Kind(column);
        if (kind == CellKind.Null) { return null; }
        string name = _table.Columns[column];
        int index = _row.Draft.Find(name);
        if (index < 0)
        {
            index = _row.Draft.Add(name, _learnt[i] ?? TypeOf(kind));
            if (index < 0) { return RowFault.TooManyFeatures(name); }
        }
        var feature = _row.Draft[index];
        if (feature.IsNumber && TryNumber(column, kind, out double number))
        {
            if (!double.IsNaN(number)) { _row.SetNumber(feature, number); }
            return null;
        }
        var text = _table.Text(column);
        if (RowFault.OfText(name, kind == CellKind.Vector ? 0 : text.Length) is { } reason) { return reason; }
        if (kind == CellKind.Vector && text.Count((byte)',') >= FeatureValue.MaximumVectorLength) { return $"{name}: a list of more than {FeatureValue.MaximumVectorLength} numbers"; }
        if (feature.Type == FeatureType.Boolean && kind == CellKind.Text && _table.IsUntyped && CellText.TryBoolean(text, out bool value))
        {
            _row.SetText(feature, _row.Arena.Append(value ? "true"u8 : "false"u8));
            return null;
        }
        bool fits = feature.Type == (kind == CellKind.Text && _table.IsUntyped ? FeatureType.Text : TypeOf(kind));
        var copy = _row.Arena.Append(text);
        if (fits) { _row.SetText(feature, copy); } else { _row.SetMistyped(feature, copy); }
        return null;
    }

    private bool TryNumber(int column, CellKind kind, out double number)
    {
        number = double.NaN;
        if (kind is CellKind.Number or CellKind.Integer)
        {
            number = _table.Number(column);
            return !double.IsInfinity(number);
        }
        return kind == CellKind.Text && _table.IsUntyped && CellText.TryNumber(_table.Text(column), out number);
    }

    private static FeatureType TypeOf(CellKind kind) => kind switch
    {
        CellKind.Number or CellKind.Integer => FeatureType.Number,
        CellKind.Boolean => FeatureType.Boolean,
        CellKind.Vector => FeatureType.Vector,
        _ => FeatureType.Text,
    };

    private CellKind? Has(int column) => column < 0 || _table.Kind(column) is CellKind.Null ? null : _table.Kind(column);

    private string? TextOf(int column, string path, int limit, out TextRange text)
    {
        text = default;
        if (Has(column) is null) { return null; }
        text = _row.Arena.Append(_table.Text(column));
        return text.Length > limit ? $"{path}: {text.Length} bytes long; {limit} at most" : null;
    }

    private string? NumberOf(int column, string path, out double number)
    {
        number = double.NaN;
        return Has(column) is not { } kind || TryNumber(column, kind, out number) ? null : $"{path}: '{Show(column)}' is no finite number";
    }

    private string Show(int column)
    {
        var text = _table.Text(column);
        return Encoding.UTF8.GetString(text.Length > 40 ? text[..40] : text);
    }
}

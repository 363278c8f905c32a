using System.Text;
using Bellwether.Storage.Log.Tables;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>Outcomes as rows of CSV or Parquet: id, outcome, timestamp, predictedAt, retract.</summary>
internal sealed class TableOutcomes
{
    private static readonly string[] Names = ["id", "outcome", "timestamp", "predictedAt", "retract"];

    private readonly RowTable _table;
    private readonly OutcomeRow _row;
    private readonly ZonedClock _clock;
    private readonly int _id, _outcome, _timestamp, _predictedAt, _retract;

    /// <exception cref="MalformedBodyException">The id column is missing, or a column plays no part.</exception>
    public TableOutcomes(RowTable table, OutcomeRow row, ZonedClock clock)
    {
        (_table, _row, _clock) = (table, row, clock);
        (_id, _outcome, _timestamp) = (table.Find("id"), table.Find("outcome"), table.Find("timestamp"));
        (_predictedAt, _retract) = (table.Find("predictedAt"), table.Find("retract"));
        if (_id < 0 || _outcome < 0 && _retract < 0)
        {
            throw new MalformedBodyException($"Columns 'id' and 'outcome' are needed; there are: {string.Join(", ", table.Columns)}.", 1, 1);
        }
        if (table.Columns.FirstOrDefault(name => !Names.Contains(name)) is { } unknown)
        {
            throw new MalformedBodyException($"Column '{unknown}' is none of an outcome: {string.Join(", ", Names)}.", 1, 1);
        }
    }

    /// <summary>Rows in the table, good and bad.</summary>
    public int Read(BatchBuilder batch)
    {
        int row = 0;
        for (; _table.Read(); row++)
        {
            if (row == IngestLimits.TableRows) { throw new BodyTooLargeException($"A table holds at most {IngestLimits.TableRows} rows; send several."); }
            _row.Begin();
            if ((_table.Fault ?? ReadRow()) is { } reason) { batch.Reject(row, reason); }
            else { _row.Commit(row); }
        }
        return row;
    }

    private string? ReadRow()
    {
        if (_table.Kind(_id) != CellKind.Null) { _row.Id = _row.Arena.Append(_table.Text(_id)); }
        if (RowFault.OfId(_row.Arena.Slice(_row.Id)) is { } idFault) { return idFault; }
        if (ReadTime(_timestamp, "timestamp", out _row.KnownAt) is { } badTime) { return badTime; }
        if (ReadTime(_predictedAt, "predictedAt", out long? predictedAt) is { } badPredictedAt) { return badPredictedAt; }
        _row.PredictedAt = predictedAt ?? OutcomeRow.NoTime;
        if (_retract >= 0 && _table.Kind(_retract) != CellKind.Null && !CellText.TryBoolean(_table.Text(_retract), out _row.Retract))
        {
            return $"retract: '{Encoding.UTF8.GetString(_table.Text(_retract))}' is neither true nor false";
        }
        if (_outcome >= 0 && _table.Kind(_outcome) != CellKind.Null && ReadOutcome() is { } badOutcome) { return badOutcome; }
        return _row.HasValue || _row.Retract ? null : "outcome: needed, unless the row retracts";
    }

    private string? ReadOutcome()
    {
        var kind = _table.Kind(_outcome);
        if (kind is CellKind.Number or CellKind.Integer)
        {
            _row.Number = _table.Number(_outcome);
            return double.IsInfinity(_row.Number) ? "outcome: infinite" : null;
        }
        if (_table.IsUntyped && CellText.TryNumber(_table.Text(_outcome), out _row.Number)) { return null; }
        _row.Number = double.NaN;
        _row.Text = _row.Arena.Append(_table.Text(_outcome));
        return RowFault.OfText("outcome", _row.Text.Length);
    }

    private string? ReadTime(int column, string path, out long? time)
    {
        time = null;
        if (column < 0 || _table.Kind(column) == CellKind.Null) { return null; }
        long micros;
        bool hasOffset;
        if (_table.Kind(column) == CellKind.Time) { (micros, hasOffset) = _table.Time(column); }
        else if (!Rfc3339.TryParse(_table.Text(column), out micros, out hasOffset))
        {
            return $"{path}: '{Encoding.UTF8.GetString(_table.Text(column))}' is no time; one such as 2026-07-01T12:00:00Z is needed";
        }
        time = hasOffset ? micros : _clock.ToInstant(micros);
        return RowFault.OfTime(path, time.Value, _row.Arrival);
    }
}

using System.Buffers.Binary;
using System.Text.Json;
using Bellwether.Contracts.Registry;
using Bellwether.Storage.Log.Schemas;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>The prediction that is being read: scratch memory used again for each row, written to the batch when the row is whole.</summary>
internal sealed class PredictionRow(SchemaDraft draft, BatchBuilder batch, long arrival) : IDisposable
{
    private double[] _numbers = new double[draft.Schema.Numbers + 16];
    private TextRange[] _texts = new TextRange[draft.Schema.Texts + 16];
    private int[] _seenIn = new int[draft.Count + 16];
    private int _numbersUsed;
    private int _textsUsed;
    private int _stamp;
    private int _draftAtStart;
    private readonly List<(string Name, TextRange Text)> _mistyped = [];
    private readonly System.Buffers.ArrayBufferWriter<byte> _json = new();

    /// <summary>Bytes of the row's texts until it is written.</summary>
    public ByteBuffer Arena { get; } = new(1024);

    /// <summary>Unix microseconds.</summary>
    public long Arrival { get; } = arrival;

    public SchemaDraft Draft => draft;

    public TextRange Id, Version, Error, Unit, PredictionText, Scores, Tags, Extra;
    public double Prediction, Score, Latency;
    public long? Time;
    public bool Shadow;

    public void Begin()
    {
        Arena.Clear();
        Array.Fill(_numbers, double.NaN, 0, _numbersUsed == 0 && _stamp == 0 ? _numbers.Length : _numbersUsed);
        Array.Clear(_texts, 0, _textsUsed);
        (_numbersUsed, _textsUsed, _draftAtStart) = (0, 0, draft.Added);
        _mistyped.Clear();
        _stamp++;
        Id = Version = Error = Unit = PredictionText = Scores = Tags = Extra = default;
        Prediction = Score = Latency = double.NaN;
        Time = null;
        Shadow = false;
    }

    /// <summary>Notes that a feature stands in this row; false when it stood there before.</summary>
    public bool See(int feature)
    {
        if (feature >= _seenIn.Length) { Array.Resize(ref _seenIn, Math.Max(feature + 1, 2 * _seenIn.Length)); }
        bool first = _seenIn[feature] != _stamp;
        _seenIn[feature] = _stamp;
        return first;
    }

    public void SetNumber(FeatureSlot feature, double value)
    {
        int slot = feature.Slot;
        if (slot >= _numbers.Length)
        {
            int before = _numbers.Length;
            Array.Resize(ref _numbers, Math.Max(slot + 1, 2 * before));
            Array.Fill(_numbers, double.NaN, before, _numbers.Length - before);
        }
        _numbers[slot] = value;
        _numbersUsed = Math.Max(_numbersUsed, slot + 1);
    }

    public void SetText(FeatureSlot feature, TextRange text)
    {
        int slot = feature.Slot;
        if (slot >= _texts.Length) { Array.Resize(ref _texts, Math.Max(slot + 1, 2 * _texts.Length)); }
        _texts[slot] = text;
        _textsUsed = Math.Max(_textsUsed, slot + 1);
    }

    /// <summary>A value of another type than its feature's: null in the list, its text kept.</summary>
    public void SetMistyped(FeatureSlot feature, TextRange text) => _mistyped.Add((feature.Name, text));

    /// <summary>Forgets what the row added to the schema.</summary>
    public void Abandon() => draft.RollBack(_draftAtStart);

    /// <summary>Writes the row to the batch.</summary>
    public void Commit(int row)
    {
        var mistyped = WriteMistyped();
        int start = batch.Begin();
        var head = batch.Rows.Reserve(RowLayout.PredictionFields);
        head.Clear();
        BinaryPrimitives.WriteDoubleLittleEndian(head[RowLayout.Body..], Prediction);
        BinaryPrimitives.WriteDoubleLittleEndian(head[RowLayout.PredictionScore..], Score);
        BinaryPrimitives.WriteDoubleLittleEndian(head[RowLayout.PredictionLatency..], Latency);
        BinaryPrimitives.WriteInt32LittleEndian(head[RowLayout.PredictionNumbers..], _numbersUsed);
        BinaryPrimitives.WriteInt32LittleEndian(head[RowLayout.PredictionTexts..], _textsUsed);
        batch.Rows.Advance(RowLayout.PredictionFields);
        Field(Id);
        Field(Version);
        Field(Error);
        Field(Unit);
        Field(PredictionText);
        Field(Scores);
        Field(Tags);
        Field(Extra);
        Field(mistyped);
        for (int i = 0; i < _numbersUsed; i++) { batch.Rows.AppendDouble(_numbers[i]); }
        for (int i = 0; i < _textsUsed; i++) { Field(_texts[i]); }
        var flags = (Time is null ? RowFlags.None : RowFlags.TimeGiven) | (Shadow ? RowFlags.Shadow : RowFlags.None);
        batch.End(start, row, Time ?? Arrival, flags);
    }

    public void Dispose() => Arena.Dispose();

    private void Field(TextRange text)
    {
        batch.Rows.AppendInt32(text.IsNull ? -1 : text.Length);
        batch.Rows.Append(Arena.Slice(text));
    }

    private TextRange WriteMistyped()
    {
        if (_mistyped.Count == 0) { return default; }
        _json.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_json))
        {
            writer.WriteStartObject();
            foreach (var (name, text) in _mistyped) { writer.WriteString(name, Arena.Slice(text)); }
            writer.WriteEndObject();
        }
        return Arena.Append(_json.WrittenSpan);
    }
}

using System.Globalization;
using System.Text;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log.Schemas;
using Bellwether.Storage.Log.Tables;

namespace Bellwether.Storage.Log.Hot;

/// <summary>Collects one feature's values over the rows of a batch, from the slot it has and from those it had before its type changed.</summary>
internal sealed class FeatureFiller(FeatureSlot slot, IReadOnlyList<FeatureSlot> before)
{
    private readonly TextCache _cache = new();
    private double[] _numbers = [];
    private string?[] _texts = [];
    private byte[] _states = [];

    public string Name => slot.Name;

    public void Reserve(int rows)
    {
        if (_states.Length >= rows) { return; }
        Array.Resize(ref _states, rows);
        if (slot.IsNumber) { Array.Resize(ref _numbers, rows); }
        else { Array.Resize(ref _texts, rows); }
    }

    public void Set(int at, long row, in ListCell numbers, in ListCell texts)
    {
        bool found = slot.IsNumber ? SetNumber(at, numbers, row) : SetText(at, texts, row);
        if (found) { return; }
        if (slot.IsNumber) { _numbers[at] = double.NaN; }
        _states[at] = (byte)ValueState.Null;
        foreach (var earlier in before)
        {
            var cell = earlier.IsNumber ? numbers : texts;
            if (!cell.Has(row, earlier.Slot, out long item)) { continue; }
            SetOther(at, earlier.IsNumber ? Encoding.UTF8.GetBytes(cell.Items.Double(item).ToString("R", CultureInfo.InvariantCulture)) : cell.Items.Bytes(item));
            return;
        }
    }

    /// <summary>A value that was of another type when it came; <paramref name="text"/> is what was sent, under <paramref name="schemaVersion"/>.</summary>
    public void SetMistyped(int at, string text, int schemaVersion)
    {
        if (schemaVersion < slot.Since) { SetOther(at, Encoding.UTF8.GetBytes(text)); } // The type has changed since: it may fit now.
        else { _states[at] = (byte)ValueState.Mistyped; }
    }

    public FeatureColumn Take()
    {
        var column = new FeatureColumn { Name = slot.Name, Type = slot.Type, Numbers = _numbers, Texts = _texts, States = _states };
        (_numbers, _texts, _states) = ([], [], []);
        return column;
    }

    private bool SetNumber(int at, in ListCell numbers, long row)
    {
        if (!numbers.Has(row, slot.Slot, out long item)) { return false; }
        _numbers[at] = numbers.Items.Double(item);
        _states[at] = (byte)ValueState.Value;
        return true;
    }

    private bool SetText(int at, in ListCell texts, long row)
    {
        if (!texts.Has(row, slot.Slot, out long item)) { return false; }
        _texts[at] = _cache.Get(texts.Items.Bytes(item));
        _states[at] = (byte)ValueState.Value;
        return true;
    }

    private void SetOther(int at, ReadOnlySpan<byte> text)
    {
        if (slot.Type == FeatureType.Text)
        {
            _texts[at] = _cache.Get(text);
            _states[at] = (byte)ValueState.Value;
        }
        else if (slot.IsNumber && CellText.TryNumber(text, out double number) && !double.IsNaN(number))
        {
            _numbers[at] = number;
            _states[at] = (byte)ValueState.Value;
        }
        else { _states[at] = (byte)ValueState.Mistyped; }
    }
}

/// <summary>A column of lists and their items.</summary>
internal readonly struct ListCell(NativeVector lists)
{
    private readonly NativeVector _lists = lists;

    public NativeVector Items { get; } = lists.Items();

    /// <summary>Whether the row's list has a value in a slot, and where.</summary>
    public bool Has(long row, int slot, out long item)
    {
        var (offset, length) = _lists.List(row);
        item = offset + slot;
        return slot < length && !Items.IsNull(item);
    }
}

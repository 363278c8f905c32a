using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log.Hot;

namespace Bellwether.Storage.Log.Tables;

/// <summary>One feature's values out of a file. A value of another type than declared is mistyped; what is learnt fits by construction.</summary>
internal sealed class FileFeature(TableSource source, int column, FeatureType? declared)
{
    private readonly List<double> _numbers = [];
    private readonly List<string?> _texts = [];
    private readonly List<byte> _states = [];
    private readonly TextCache _cache = new();
    private FeatureType? _type = declared;

    /// <summary>Takes the current row's value.</summary>
    public void Add()
    {
        var (number, text, state) = (double.NaN, (string?)null, ValueState.Null);
        if (source.Has(column))
        {
            var kind = source.Table.Kind(column);
            _type ??= Learn(kind);
            (number, text, state) = _type == FeatureType.Number ? NumberOf(kind) : TextOf(kind);
        }
        _numbers.Add(number);
        _texts.Add(text);
        _states.Add((byte)state);
    }

    public FeatureColumn Take()
    {
        bool isNumber = _type == FeatureType.Number;
        return new FeatureColumn
        {
            Name = source.Table.Columns[column],
            Type = _type ?? FeatureType.Text, // A column without any value.
            Numbers = isNumber ? [.. _numbers] : [],
            Texts = isNumber ? [] : [.. _texts],
            States = [.. _states],
        };
    }

    private FeatureType Learn(CellKind kind) => kind switch
    {
        CellKind.Boolean => FeatureType.Boolean,
        CellKind.Vector => FeatureType.Vector,
        _ => source.IsNumeric(column, kind) ? FeatureType.Number : FeatureType.Text,
    };

    private (double, string?, ValueState) NumberOf(CellKind kind)
    {
        double number = double.NaN;
        bool isNumber = kind is CellKind.Number or CellKind.Integer || source.Table.IsUntyped && CellText.TryNumber(source.Table.Text(column), out number);
        if (isNumber && !source.Table.IsUntyped) { number = source.Table.Number(column); }
        return !isNumber || double.IsInfinity(number) ? (double.NaN, null, ValueState.Mistyped)
            : (number, null, double.IsNaN(number) ? ValueState.Null : ValueState.Value);
    }

    private (double, string?, ValueState) TextOf(CellKind kind)
    {
        // In a number's column of Parquet, NaN is how pandas writes "no value".
        if (kind == CellKind.Number && double.IsNaN(source.Table.Number(column))) { return (double.NaN, null, ValueState.Null); }
        var text = source.Table.Text(column);
        switch (_type)
        {
            case FeatureType.Boolean:
                bool isBoolean = CellText.TryBoolean(text, out bool value);
                return (double.NaN, isBoolean ? value ? "true" : "false" : null, isBoolean ? ValueState.Value : ValueState.Mistyped);
            case FeatureType.Vector when text.Length == 0 || text[0] != '[':
                return (double.NaN, null, ValueState.Mistyped);
            default:
                return (double.NaN, _cache.Get(text), ValueState.Value);
        }
    }
}

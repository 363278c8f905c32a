namespace Bellwether.Storage.Log.Tables;

/// <summary>What a cell of a table holds.</summary>
internal enum CellKind
{
    /// <summary>Nothing: null, or an empty CSV field.</summary>
    Null,
    /// <summary>A double, possibly NaN.</summary>
    Number,
    /// <summary>An integer: a number whose text is exact.</summary>
    Integer,
    /// <summary>True or false.</summary>
    Boolean,
    /// <summary>Text; every CSV field that is not empty.</summary>
    Text,
    /// <summary>A date or time.</summary>
    Time,
    /// <summary>A list of numbers, as JSON text.</summary>
    Vector,
}

namespace Bellwether.Storage.Log.Tables;

/// <summary>Rows of named columns, read forwards: CSV or Parquet.</summary>
internal abstract class RowTable : IDisposable
{
    /// <summary>Names in the order of the file, distinct.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Whether every value is text, so that its type is a guess.</summary>
    public abstract bool IsUntyped { get; }

    /// <summary>Line (CSV; the header is 1) or row (Parquet, from 1) of the current row.</summary>
    public abstract long Line { get; }

    /// <summary>What is wrong with the current row as a whole; null when nothing is.</summary>
    public virtual string? Fault => null;

    /// <summary>Goes to the next row; false at the end.</summary>
    public abstract bool Read();

    /// <summary>Back to before the first row.</summary>
    public abstract void Restart();

    public abstract CellKind Kind(int column);

    /// <summary>A number or an integer.</summary>
    public abstract double Number(int column);

    /// <summary>UTF-8 text of a cell of any kind; valid until the next call.</summary>
    public abstract ReadOnlySpan<byte> Text(int column);

    /// <summary>A <see cref="CellKind.Time"/>: Unix microseconds, of the instant or, without offset, of the clock reading.</summary>
    public abstract (long Micros, bool HasOffset) Time(int column);

    public int Find(string name)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == name) { return i; }
        }
        return -1;
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}

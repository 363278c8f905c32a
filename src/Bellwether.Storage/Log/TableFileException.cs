namespace Bellwether.Storage.Log;

/// <summary>A file of rows that cannot be understood.</summary>
public sealed class TableFileException : Exception
{
    /// <summary>A fault at a place of a file.</summary>
    /// <param name="file">Its path as given.</param>
    /// <param name="line">Line of a CSV file (the header is 1) or row of a Parquet file, from 1; 0 for the file as a whole.</param>
    /// <param name="column">Name of the column; "" for the row as a whole.</param>
    /// <param name="message">What is wrong and what would be right.</param>
    /// <param name="innerException">What the reader said.</param>
    public TableFileException(string file, long line, string column, string message, Exception? innerException = null)
        : base($"{file}{(line > 0 ? $", line {line}" : "")}{(column.Length > 0 ? $", column '{column}'" : "")}: {message}", innerException) =>
        (File, Line, Column, Reason) = (file, line, column, message);

    /// <summary>Its path as given.</summary>
    public string File { get; }

    /// <summary>Line of a CSV file or row of a Parquet file, from 1; 0 for the file as a whole.</summary>
    public long Line { get; }

    /// <summary>Name of the column; "" for the row as a whole.</summary>
    public string Column { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; }
}

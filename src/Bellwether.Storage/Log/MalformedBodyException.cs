namespace Bellwether.Storage.Log;

/// <summary>A body that cannot be cut into rows at all; nothing of it was stored. The caller answers 400.</summary>
public sealed class MalformedBodyException : Exception
{
    /// <summary>A fault at a place of the body.</summary>
    /// <param name="message">What is wrong and what would be right.</param>
    /// <param name="line">From 1; 0 where the format has none.</param>
    /// <param name="column">From 1, in bytes; 0 where the format has none.</param>
    /// <param name="innerException">What the reader said.</param>
    public MalformedBodyException(string message, long line, long column, Exception? innerException = null)
        : base(message, innerException) => (Line, Column) = (line, column);

    /// <summary>From 1; 0 where the format has none.</summary>
    public long Line { get; }

    /// <summary>From 1, in bytes; 0 where the format has none.</summary>
    public long Column { get; }
}

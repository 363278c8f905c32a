using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Bellwether.Storage.Log.Hot;

/// <summary>A query's rows in chunks of at most 2,048, streamed. The connection serves nothing else meanwhile.</summary>
internal sealed class NativeResult : IDisposable
{
    private readonly DuckDBPreparedStatement _statement;
    private DuckDBResult _result;
    private DuckDBDataChunk? _chunk;
    private bool _ended;

    private NativeResult(DuckDBPreparedStatement statement, DuckDBResult result) => (_statement, _result) = (statement, result);

    /// <summary>Rows of the current chunk.</summary>
    public int Count { get; private set; }

    /// <exception cref="InvalidOperationException">The engine's message.</exception>
    public static NativeResult Query(DuckDBConnection connection, string sql)
    {
        var state = NativeMethods.PreparedStatements.DuckDBPrepare(connection.NativeConnection, sql, out var statement);
        if (state != DuckDBState.Success)
        {
            string message = NativeMethods.PreparedStatements.DuckDBPrepareError(statement) ?? "unknown";
            statement.Dispose();
            throw new InvalidOperationException($"Query not understood: {message}");
        }
        state = NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out var result);
        if (state != DuckDBState.Success)
        {
            string message = NativeMethods.Query.DuckDBResultError(ref result) ?? "unknown";
            result.Close();
            statement.Dispose();
            throw new InvalidOperationException($"Query failed: {message}");
        }
        return new NativeResult(statement, result);
    }

    /// <summary>Goes to the next chunk; false at the end.</summary>
    public bool Next()
    {
        if (_ended) { return false; } // Fetching past the end is an error to the engine.
        _chunk?.Dispose();
        _chunk = NativeMethods.StreamingResult.DuckDBStreamFetchChunk(_result);
        Count = _chunk.IsInvalid ? 0 : (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(_chunk);
        if (Count > 0) { return true; }
        _ended = true;
        string? message = NativeMethods.Query.DuckDBResultError(ref _result);
        return string.IsNullOrEmpty(message) ? false : throw new InvalidOperationException($"Query failed: {message}");
    }

    public NativeVector Column(int index) => new(NativeMethods.DataChunks.DuckDBDataChunkGetVector(_chunk!, index));

    public void Dispose()
    {
        _chunk?.Dispose();
        _result.Close();
        _statement.Dispose();
    }
}

using DuckDB.NET.Data;

namespace Bellwether.Storage.Log.Hot;

/// <summary>Opens DuckDB as the log uses it: bounded memory and threads, no network, no extensions fetched.</summary>
internal static class Engine
{
    public static DuckDBConnection Open(string database, string memory, int threads, string temporaryFolder)
    {
        var builder = new DuckDBConnectionStringBuilder
        {
            DataSource = database,
            MemoryLimit = memory,
            Threads = threads,
            TempDirectory = temporaryFolder,
            AutoinstallKnownExtensions = false,
            AutoloadKnownExtensions = false,
        };
        var connection = new DuckDBConnection(builder.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A text as a literal of the engine.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A name as the engine reads it literally.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static int Execute(this DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }
}

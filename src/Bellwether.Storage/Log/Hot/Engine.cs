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

    /// <summary>All rows of a small result.</summary>
    public static List<T> Rows<T>(this DuckDBConnection connection, string sql, Func<DuckDBDataReader, T> take)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) { rows.Add(take(reader)); }
        return rows;
    }
}

using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Bellwether.Storage.Metadata;

/// <summary>
/// The SQLite file of a data folder. Writers of one process take turns at <see cref="Writer"/>: SQLite has one writer anyway, and
/// waiting here is fair and free where its own busy loop sleeps and polls.
/// </summary>
public sealed class MetadataDatabase : IDisposable
{
    /// <summary>The file's name inside the data folder.</summary>
    public const string FileName = "metadata.db";

    private readonly PooledDbContextFactory<MetadataContext> _contexts;

    private MetadataDatabase(PooledDbContextFactory<MetadataContext> contexts) => _contexts = contexts;

    internal SemaphoreSlim Writer { get; } = new(1, 1);

    /// <summary>Opens the file, creating it and bringing it to the newest migration.</summary>
    /// <exception cref="SqliteException">The folder cannot be written, the disk is full, or the file is none of ours.</exception>
    public static async Task<MetadataDatabase> OpenAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataFolder, FileName), Cache = SqliteCacheMode.Private };
        var options = new DbContextOptionsBuilder<MetadataContext>()
            .UseSqlite(connection.ConnectionString)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .AddInterceptors(new FullSynchronous())
            .Options;
        var database = new MetadataDatabase(new PooledDbContextFactory<MetadataContext>(options, poolSize: 64));
        try
        {
            await using var context = await database.ContextAsync(cancellationToken);
            await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
            await context.Database.MigrateAsync(cancellationToken);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    internal Task<MetadataContext> ContextAsync(CancellationToken cancellationToken) => _contexts.CreateDbContextAsync(cancellationToken);

    /// <summary>Runs one transaction alone; what the work returns is handed back after the commit. Null from the work rolls back.</summary>
    internal async Task<T?> WriteAsync<T>(Func<MetadataContext, Task<T?>> work, CancellationToken cancellationToken)
    {
        await Writer.WaitAsync(cancellationToken);
        try
        {
            await using var context = await ContextAsync(cancellationToken);
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var result = await work(context);
            if (result is null)
            {
                await transaction.RollbackAsync(CancellationToken.None);
                return result;
            }
            // Past this point the rows may be durable whatever the caller's patience: a cancelled commit would be a lie.
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        finally
        {
            Writer.Release();
        }
    }

    /// <summary>Lets go of the file.</summary>
    public void Dispose()
    {
        using (var context = _contexts.CreateDbContext())
        {
            // Pooled connections would keep the file open, and a folder that cannot be moved or removed is no stopped server.
            if (context.Database.GetDbConnection() is SqliteConnection connection) { SqliteConnection.ClearPool(connection); }
        }
        Writer.Dispose();
    }

    private sealed class FullSynchronous : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous = FULL";
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous = FULL";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}

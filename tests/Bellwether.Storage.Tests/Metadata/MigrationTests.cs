using Bellwether.Storage.Metadata;
using Microsoft.EntityFrameworkCore;

namespace Bellwether.Storage.Tests.Metadata;

public sealed class MigrationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_committed_migrations_build_the_model_of_the_code()
    {
        using var fixture = await StoreFixture.OpenAsync();
        await using var context = await fixture.Database.ContextAsync(Cancel);
        Assert.False(context.Database.HasPendingModelChanges());
        Assert.Empty(await context.Database.GetPendingMigrationsAsync(Cancel));
    }

    [Fact]
    public async Task The_file_is_written_ahead_and_every_commit_is_synced()
    {
        using var fixture = await StoreFixture.OpenAsync();
        await using var context = await fixture.Database.ContextAsync(Cancel);
        Assert.Equal("wal", (await context.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").ToListAsync(Cancel))[0]);
        Assert.Equal(2, (await context.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").ToListAsync(Cancel))[0]);
    }
}

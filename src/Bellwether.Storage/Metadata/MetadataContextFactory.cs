using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Bellwether.Storage.Metadata;

/// <summary>Lets <c>dotnet ef migrations add</c> build the model; the path is never opened.</summary>
internal sealed class MetadataContextFactory : IDesignTimeDbContextFactory<MetadataContext>
{
    public MetadataContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<MetadataContext>().UseSqlite("Data Source=design.db").Options);
}

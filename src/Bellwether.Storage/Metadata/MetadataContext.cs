using Bellwether.Storage.Metadata.Rows;
using Microsoft.EntityFrameworkCore;

namespace Bellwether.Storage.Metadata;

/// <summary>The tables of metadata. Everything is insert-only but the state row.</summary>
internal sealed class MetadataContext(DbContextOptions<MetadataContext> options) : DbContext(options)
{
    public DbSet<DefinitionRow> Definitions => Set<DefinitionRow>();

    public DbSet<PlanRow> Plans => Set<PlanRow>();

    public DbSet<ReferenceRow> References => Set<ReferenceRow>();

    public DbSet<CloseRow> Closes => Set<CloseRow>();

    public DbSet<StateRow> States => Set<StateRow>();

    public DbSet<SummaryRow> Summaries => Set<SummaryRow>();

    public DbSet<ReportRow> Reports => Set<ReportRow>();

    public DbSet<FindingRow> Findings => Set<FindingRow>();

    public DbSet<AlertTransitionRow> AlertTransitions => Set<AlertTransitionRow>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMicroseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<DefinitionRow>().ToTable("definitions").HasKey(row => new { row.Model, row.Revision });
        modelBuilder.Entity<PlanRow>().ToTable("plans").HasKey(row => new { row.Model, row.Revision });
        modelBuilder.Entity<ReferenceRow>().ToTable("references").HasKey(row => new { row.Model, row.Revision });
        modelBuilder.Entity<StateRow>().ToTable("states").HasKey(row => row.Model);
        modelBuilder.Entity<CloseRow>(entity =>
        {
            entity.ToTable("closes").HasKey(row => row.Sequence);
            entity.HasIndex(row => new { row.Model, row.Sequence });
        });
        modelBuilder.Entity<SummaryRow>(entity =>
        {
            entity.ToTable("summaries").HasKey(row => row.Sequence);
            entity.HasIndex(row => new { row.Model, row.Start, row.End, row.Revision });
        });
        modelBuilder.Entity<ReportRow>(entity =>
        {
            entity.ToTable("reports").HasKey(row => row.Sequence);
            entity.HasIndex(row => new { row.Model, row.Start, row.End, row.Revision });
        });
        modelBuilder.Entity<FindingRow>(entity =>
        {
            entity.ToTable("findings").HasKey(row => row.Id);
            entity.HasIndex(row => new { row.Model, row.WindowEnd, row.WindowStart, row.Id });
        });
        modelBuilder.Entity<AlertTransitionRow>(entity =>
        {
            entity.ToTable("alertTransitions").HasKey(row => row.Sequence);
            entity.HasIndex(row => new { row.AlertId, row.Sequence });
            entity.HasIndex(row => row.Model);
        });
        modelBuilder.Entity<OutboxRow>(entity =>
        {
            entity.ToTable("outbox").HasKey(row => row.Sequence);
            entity.HasIndex(row => row.At);
            entity.HasOne<AlertTransitionRow>().WithMany().HasForeignKey(row => row.Transition).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<DeliveryRow>(entity =>
        {
            entity.ToTable("deliveries").HasKey(row => row.Sequence);
            entity.HasIndex(row => new { row.Outbox, row.Attempt }).IsUnique();
            entity.HasOne<OutboxRow>().WithMany().HasForeignKey(row => row.Outbox).OnDelete(DeleteBehavior.Restrict);
        });
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties()) { property.SetColumnName(char.ToLowerInvariant(property.Name[0]) + property.Name[1..]); }
        }
    }
}

using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Catalog.Imports;

internal sealed class OfferImportStorage : IEntityTypeConfiguration<OfferImport>, IEntityTypeConfiguration<OfferImportRow>,
    IEntityTypeConfiguration<UpcomingThing>, IEntityTypeConfiguration<UpcomingDraft>, IEntityTypeConfiguration<UpcomingEvent>
{
    public void Configure(EntityTypeBuilder<OfferImport> builder)
    {
        builder.IsAggregate("OfferImports");
        builder.Ignore(i => i.IsFinished);
        builder.Ignore(i => i.Failure);
        builder.Property(i => i.StartedBy).HasMaxLength(200);
        builder.Property(i => i.AppliedBy).HasMaxLength(200);
        builder.Property(i => i.FileSha256).HasMaxLength(64);
        builder.Property(i => i.PlanHash).HasMaxLength(64);
        builder.Property(i => i.FailureJson).HasMaxLength(-1);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(i => i.SupplierId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(i => new { i.SupplierId, i.StartedAt, i.Id });
        // Of two that are to be applied at the same moment one is.
        builder.HasIndex([nameof(OfferImport.SupplierId)], "IX_OfferImports_Applying").IsUnique().HasFilter($"\"State\" = '{ImportState.Applying}'");
    }

    public void Configure(EntityTypeBuilder<OfferImportRow> builder)
    {
        builder.ToTable("OfferImportRows");
        builder.HasKey(r => new { r.ImportId, r.Row });
        builder.Ignore(r => r.Told);
        builder.Property(r => r.ExternalId).HasMaxLength(Offer.ExternalIdLength);
        builder.Property(r => r.ToldJson).HasMaxLength(-1);
        builder.HasIndex(r => new { r.ImportId, r.Outcome, r.Row });
    }

    public void Configure(EntityTypeBuilder<UpcomingThing> builder)
    {
        builder.ToTable("UpcomingThings");
        builder.HasKey(t => t.Id);
        builder.HasIndex(t => new { t.ImportId, t.IsService, t.Row });
    }

    public void Configure(EntityTypeBuilder<UpcomingDraft> builder)
    {
        builder.ToTable("UpcomingDrafts");
        builder.HasKey(d => new { d.ImportId, d.Row });
        builder.Property(d => d.TitleKey).HasMaxLength(400);
    }

    public void Configure(EntityTypeBuilder<UpcomingEvent> builder)
    {
        builder.ToTable("UpcomingEvents");
        builder.HasKey(e => new { e.ImportId, e.Row, e.Number });
        builder.Property(e => e.Type).HasMaxLength(60);
        builder.Property(e => e.SubjectKind).HasMaxLength(12);
        builder.Property(e => e.ChangedFields).HasMaxLength(2000);
        builder.Property(e => e.FromState).HasMaxLength(40);
        builder.Property(e => e.ToState).HasMaxLength(40);
    }
}

using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Catalog;

internal sealed class ServiceStorage : IEntityTypeConfiguration<Service>, IEntityTypeConfiguration<ServiceLeikaKey>, IEntityTypeConfiguration<ServiceOzgId>
{
    public void Configure(EntityTypeBuilder<Service> builder)
    {
        builder.IsAggregate("Services");
        builder.Property(s => s.ExternalId).HasMaxLength(128);
        builder.Property(s => s.Name).HasMaxLength(300);
        builder.Property(s => s.NameKey).HasMaxLength(600);
        builder.Property(s => s.SubjectArea).HasMaxLength(40);
        builder.Property(s => s.FimType).HasMaxLength(10);
        builder.HasMany(s => s.LeikaKeys).WithOne().HasForeignKey(k => k.ServiceId);
        builder.HasMany(s => s.OzgIds).WithOne().HasForeignKey(k => k.ServiceId);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(s => s.SupplierId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(s => new { s.NameKey, s.Id });
        builder.HasIndex(s => new { s.SupplierId, s.ExternalId }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ServiceLeikaKey> builder)
    {
        builder.ToTable("ServiceLeikaKeys");
        builder.HasKey(k => new { k.ServiceId, k.LeikaKey });
        builder.Property(k => k.LeikaKey).HasMaxLength(14);
        builder.HasIndex(k => k.LeikaKey);
    }

    public void Configure(EntityTypeBuilder<ServiceOzgId> builder)
    {
        builder.ToTable("ServiceOzgIds");
        builder.HasKey(k => new { k.ServiceId, k.OzgId });
        builder.Property(k => k.OzgId).HasMaxLength(5);
        builder.HasIndex(k => k.OzgId);
    }
}

internal sealed class OfferStorage : IEntityTypeConfiguration<Offer>, IEntityTypeConfiguration<OfferVersion>, IEntityTypeConfiguration<VersionState>,
    IEntityTypeConfiguration<VersionConnectionType>, IEntityTypeConfiguration<VersionApplication>, IEntityTypeConfiguration<VersionTerms>,
    IEntityTypeConfiguration<VersionDocument>, IEntityTypeConfiguration<VersionContact>, IEntityTypeConfiguration<TermsDocument>
{
    public void Configure(EntityTypeBuilder<Offer> builder)
    {
        builder.IsAggregate("Offers");
        builder.Property(o => o.ExternalId).HasMaxLength(128);
        builder.Property(o => o.Slug).HasMaxLength(Offer.SlugLength);
        builder.Property(o => o.TitleKey).HasMaxLength(400);
        builder.Property(o => o.SubjectArea).HasMaxLength(OfferFacets.ColumnLength);
        builder.Property(o => o.FimType).HasMaxLength(OfferFacets.ColumnLength);
        builder.Property(o => o.ServiceKind).HasMaxLength(OfferFacets.ColumnLength);
        builder.Property(o => o.OrderingMode).HasMaxLength(OfferFacets.ColumnLength);
        builder.HasOne<Service>().WithMany().HasForeignKey(o => o.ServiceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(o => o.SellerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(o => o.SupplierId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(o => o.Slug).IsUnique();
        builder.HasIndex(o => new { o.SupplierId, o.ExternalId }).IsUnique();
        builder.HasIndex(o => new { o.State, o.TitleKey, o.Id });
        builder.HasIndex(o => new { o.State, o.SortAt, o.Id });
        builder.HasIndex(o => new { o.State, o.UpdatedAt, o.Id });
        builder.HasIndex(o => o.ServiceId);
        builder.HasIndex(o => o.SellerId);
        builder.HasIndex(o => o.ShownVersionId);
    }

    public void Configure(EntityTypeBuilder<OfferVersion> builder)
    {
        builder.ToTable("OfferVersions");
        builder.HasKey(v => v.Id);
        builder.IsFixedIn(nameof(OfferVersion.State), OfferVersionState.Published, OfferVersionState.Superseded);
        // Who replaces a draft that was published meanwhile meets a conflict, and not the refusal of the store.
        builder.Property(v => v.State).IsConcurrencyToken();
        builder.Property(v => v.ContentHash).HasMaxLength(64);
        builder.Property(v => v.Title).HasMaxLength(OfferContent.TitleLength);
        builder.Property(v => v.Summary).HasMaxLength(OfferContent.SummaryLength);
        builder.Property(v => v.Description).HasMaxLength(OfferContent.DescriptionLength);
        builder.Property(v => v.ImplementingState).HasMaxLength(2);
        builder.Property(v => v.Prices).AsJson();
        builder.Property(v => v.Maturity).AsJson(200);
        builder.Property(v => v.BrokerPlan).AsJson(1000);
        builder.Property(v => v.SubmittedBy).HasMaxLength(200);
        builder.Property(v => v.ReviewNote).HasMaxLength(OfferStepInput.NoteLength);
        builder.HasMany(v => v.AvailableIn).WithOne().HasForeignKey(s => s.VersionId);
        builder.HasMany(v => v.ConnectionTypes).WithOne().HasForeignKey(c => c.VersionId);
        builder.HasMany(v => v.SpecialistApplications).WithOne().HasForeignKey(a => a.VersionId);
        builder.HasMany(v => v.Terms).WithOne().HasForeignKey(t => t.VersionId);
        builder.HasMany(v => v.Documents).WithOne().HasForeignKey(d => d.VersionId);
        builder.HasMany(v => v.Contacts).WithOne().HasForeignKey(c => c.VersionId);
        builder.HasOne<Offer>().WithMany().HasForeignKey(v => v.OfferId).OnDelete(DeleteBehavior.Restrict);
        // A draft has its number while another one with it is waiting to take its place.
        builder.HasIndex(v => new { v.OfferId, v.Number }).IsUnique().HasFilter($"\"State\" IN ('{OfferVersionState.Published}', '{OfferVersionState.Superseded}')");
    }

    public void Configure(EntityTypeBuilder<VersionState> builder)
    {
        builder.ToTable("OfferVersionStates");
        builder.IsFixedWith(typeof(OfferVersion), nameof(VersionState.VersionId));
        builder.HasKey(s => new { s.VersionId, s.State });
        builder.Property(s => s.State).HasMaxLength(OfferFacets.ColumnLength);
    }

    public void Configure(EntityTypeBuilder<VersionConnectionType> builder)
    {
        builder.ToTable("OfferVersionConnectionTypes");
        builder.IsFixedWith(typeof(OfferVersion), nameof(VersionConnectionType.VersionId));
        builder.HasKey(c => new { c.VersionId, c.ConnectionType });
        builder.Property(c => c.ConnectionType).HasMaxLength(OfferFacets.ColumnLength);
    }

    public void Configure(EntityTypeBuilder<VersionApplication> builder)
    {
        builder.ToTable("OfferVersionApplications");
        builder.IsFixedWith(typeof(OfferVersion), nameof(VersionApplication.VersionId));
        builder.HasKey(a => new { a.VersionId, a.Application });
        builder.Property(a => a.Application).HasMaxLength(OfferFacets.ColumnLength);
    }

    public void Configure(EntityTypeBuilder<VersionTerms> builder)
    {
        builder.ToTable("OfferVersionTerms");
        builder.IsFixedWith(typeof(OfferVersion), nameof(VersionTerms.VersionId));
        builder.HasKey(t => new { t.VersionId, t.Position });
        builder.HasOne<TermsDocument>().WithMany().HasForeignKey(t => t.TermsId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<VersionDocument> builder)
    {
        builder.ToTable("OfferVersionDocuments");
        builder.IsFixedWith(typeof(OfferVersion), nameof(VersionDocument.VersionId));
        builder.HasKey(d => new { d.VersionId, d.Position });
        builder.Property(d => d.Title).HasMaxLength(200);
        builder.Property(d => d.Sha256).HasMaxLength(64);
        builder.HasOne<StoredFile>().WithMany().HasForeignKey(d => d.Sha256).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(d => d.Sha256);
    }

    public void Configure(EntityTypeBuilder<VersionContact> builder)
    {
        builder.ToTable("OfferVersionContacts");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Name).HasMaxLength(Contact.NameLength);
        builder.Property(c => c.Email).HasMaxLength(Contact.EmailLength);
        builder.Property(c => c.Phone).HasMaxLength(Contact.PhoneLength);
        builder.HasIndex(c => new { c.VersionId, c.Position }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<TermsDocument> builder)
    {
        builder.IsAggregate("TermsDocuments");
        builder.Property(t => t.Title).HasMaxLength(TermsDocument.TitleLength);
        builder.Property(t => t.VersionLabel).HasMaxLength(TermsDocument.VersionLabelLength);
        builder.Property(t => t.Sha256).HasMaxLength(64);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(t => t.OwnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(t => t.OwnerId);
    }
}

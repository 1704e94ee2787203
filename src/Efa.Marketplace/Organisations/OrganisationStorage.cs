using Efa.Marketplace.Access;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Organisations;

internal sealed class OrganisationStorage : IEntityTypeConfiguration<Organisation>, IEntityTypeConfiguration<Contact>,
    IEntityTypeConfiguration<Ownership>, IEntityTypeConfiguration<ClientLink>, IEntityTypeConfiguration<ClientRequest>, IEntityTypeConfiguration<Accreditation>
{
    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.IsAggregate("Organisations");
        builder.Property(o => o.Name).HasMaxLength(Organisation.NameLength);
        builder.Property(o => o.NameKey).HasMaxLength(Organisation.NameLength * 2);
        builder.Property(o => o.Roles).AsJson(200);
        builder.Property(o => o.Address).AsJson(1000);
        builder.Property(o => o.Selling).AsJson(400);
        builder.Property(o => o.ApprovalRules).AsJson();
        builder.Property(o => o.Ars).HasMaxLength(12);
        builder.Property(o => o.FederalState).HasMaxLength(2);
        builder.Property(o => o.LeitwegId).HasMaxLength(46);
        builder.Property(o => o.ElectronicAddressScheme).HasMaxLength(10);
        builder.Property(o => o.ElectronicAddress).HasMaxLength(ElectronicAddress.ValueLength);
        builder.Property(o => o.VatId).HasMaxLength(20);
        builder.Property(o => o.TaxNumber).HasMaxLength(MasterData.TaxNumberLength);
        builder.Property(o => o.RegisterNumber).HasMaxLength(MasterData.RegisterNumberLength);
        builder.Property(o => o.Iban).HasMaxLength(34);
        builder.HasMany(o => o.Contacts).WithOne().HasForeignKey(c => c.OrganisationId);
        builder.HasMany<ApiClient>().WithOne().HasForeignKey(c => c.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(o => new { o.NameKey, o.Id });
        builder.HasIndex(o => o.Ars);
        builder.HasIndex(o => o.LeitwegId);
    }

    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.ToTable("Contacts");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Name).HasMaxLength(Contact.NameLength);
        builder.Property(c => c.Email).HasMaxLength(Contact.EmailLength);
        builder.Property(c => c.Phone).HasMaxLength(Contact.PhoneLength);
    }

    public void Configure(EntityTypeBuilder<Ownership> builder)
    {
        builder.IsAggregate("Ownerships");
        builder.HasIndex(o => new { o.OwnerId, o.OwnedId });
        builder.HasIndex(o => new { o.OwnedId, o.OwnerId });
        builder.HasOne<Organisation>().WithMany().HasForeignKey(o => o.OwnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(o => o.OwnedId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ClientLink> builder)
    {
        builder.ToTable("ClientLinks");
        builder.HasKey(l => new { l.AggregatorId, l.ClientId });
        builder.HasIndex(l => l.ClientId);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(l => l.AggregatorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(l => l.ClientId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ClientRequest> builder)
    {
        builder.ToTable("ClientRequests");
        builder.HasKey(r => new { r.AggregatorId, r.ClientId });
        builder.HasIndex(r => r.ClientId);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(r => r.AggregatorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(r => r.ClientId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Accreditation> builder)
    {
        builder.IsAggregate("Accreditations");
        builder.Property(a => a.Evidence).HasMaxLength(Accreditation.TextLength);
        builder.Property(a => a.Reason).HasMaxLength(Accreditation.TextLength);
        // One relation with one state at a time; a new request after a refusal reopens the same row.
        builder.HasIndex(a => new { a.OrganisationId, a.SellerId }).IsUnique();
        builder.HasIndex(a => new { a.SellerId, a.RequestedAt, a.Id });
        builder.HasOne<Organisation>().WithMany().HasForeignKey(a => a.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(a => a.SellerId).OnDelete(DeleteBehavior.Restrict);
    }
}

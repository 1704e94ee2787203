using Efa.Marketplace.Catalog;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Ordering.Contracts;

internal sealed class ContractStorage : IEntityTypeConfiguration<Contract>, IEntityTypeConfiguration<ContractDocument>, IEntityTypeConfiguration<ContractContact>
{
    public void Configure(EntityTypeBuilder<Contract> builder)
    {
        builder.IsAggregate("Contracts");
        builder.Property(c => c.Number).HasMaxLength(Contract.NumberLength);
        builder.HasMany(c => c.Documents).WithOne().HasForeignKey(d => d.ContractId);
        builder.HasMany(c => c.Contacts).WithOne().HasForeignKey(c => c.ContractId);
        builder.HasOne<Order>().WithMany().HasForeignKey(c => c.OrderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Contract>().WithMany().HasForeignKey(c => c.ParentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(c => c.GrantedById).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(c => c.GrantedToId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(c => new { c.GrantedById, c.Number }).IsUnique();
        builder.HasIndex(c => new { c.GrantedById, c.CreatedAt });
        builder.HasIndex(c => new { c.GrantedToId, c.CreatedAt });
        builder.HasIndex(c => new { c.CreatedAt, c.Id });
        builder.HasIndex(c => c.OrderId);
        builder.HasIndex(c => new { c.ParentId, c.Number });
    }

    public void Configure(EntityTypeBuilder<ContractDocument> builder)
    {
        builder.ToTable("ContractDocuments");
        builder.IsAppendOnly();
        builder.HasKey(d => new { d.ContractId, d.Position });
        builder.Property(d => d.Title).HasMaxLength(OfferContent.TitleLength);
        builder.Property(d => d.Sha256).HasMaxLength(64);
        builder.HasOne<StoredFile>().WithMany().HasForeignKey(d => d.Sha256).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(d => d.Sha256);
    }

    public void Configure(EntityTypeBuilder<ContractContact> builder)
    {
        builder.ToTable("ContractContacts");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Name).HasMaxLength(Contact.NameLength);
        builder.Property(c => c.Email).HasMaxLength(Contact.EmailLength);
        builder.Property(c => c.Phone).HasMaxLength(Contact.PhoneLength);
        builder.HasIndex(c => new { c.ContractId, c.Position });
    }
}

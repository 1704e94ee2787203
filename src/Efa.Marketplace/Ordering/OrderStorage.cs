using Efa.Marketplace.Catalog;
using Efa.Marketplace.Ordering.Contracts;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Ordering;

internal sealed class OrderStorage : IEntityTypeConfiguration<Order>, IEntityTypeConfiguration<OrderUser>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.IsAggregate("Orders");
        builder.Property(o => o.Number).HasMaxLength(40);
        builder.Property(o => o.ContractNumber).HasMaxLength(Contract.NumberLength);
        builder.Property(o => o.PurchaseOrderNumber).HasMaxLength(100);
        builder.Property(o => o.SellerNumber).HasMaxLength(100);
        builder.Property(o => o.PackageCode).HasMaxLength(40);
        builder.Property(o => o.QuoteHash).HasMaxLength(64);
        builder.Property(o => o.EligibilityJson).HasMaxLength(-1);
        builder.Property(o => o.QuoteJson).HasMaxLength(-1);
        builder.Property(o => o.PricingJson).HasMaxLength(-1);
        builder.Property(o => o.PlacedBy).HasMaxLength(200);
        builder.Property(o => o.Approvals).AsJson();
        builder.HasMany(o => o.Users).WithOne().HasForeignKey(u => u.OrderId);
        builder.HasMany(o => o.Fees).WithOne().HasForeignKey(f => f.OrderId);
        builder.HasMany(o => o.Usage).WithOne().HasForeignKey(u => u.OrderId);
        builder.HasOne<Offer>().WithMany().HasForeignKey(o => o.OfferId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<OfferVersion>().WithMany().HasForeignKey(o => o.OfferVersionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(o => o.OrderedById).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(o => o.BillToId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(o => o.SellerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(o => o.SupplierId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(o => new { o.CreatedAt, o.Id });
        builder.HasIndex(o => new { o.OrderedById, o.CreatedAt });
        builder.HasIndex(o => new { o.BillToId, o.CreatedAt });
        builder.HasIndex(o => new { o.SellerId, o.CreatedAt });
        builder.HasIndex(o => new { o.SupplierId, o.CreatedAt });
        // By this orders expire that wait too long.
        builder.HasIndex(o => new { o.State, o.WaitingSince });
        // By this a billing run walks through a seller's orders.
        builder.HasIndex(o => new { o.SellerId, o.BillToId, o.Id });
        builder.HasIndex(o => o.Number).IsUnique();
    }

    public void Configure(EntityTypeBuilder<OrderUser> builder)
    {
        builder.ToTable("OrderUsers");
        builder.HasKey(u => new { u.OrderId, u.OrganisationId });
        builder.HasIndex(u => u.OrganisationId);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(u => u.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}

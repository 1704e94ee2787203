using Efa.Marketplace.Catalog;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Ordering;

/// <summary>Evidence that an order accepted a document: who, when, which bytes.</summary>
public sealed class TermsAcceptance
{
    public Guid OrderId { get; init; }

    public Guid TermsId { get; init; }

    public int Position { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>The caller's id.</summary>
    public required string Actor { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class TermsAcceptanceStorage : IEntityTypeConfiguration<TermsAcceptance>
{
    public void Configure(EntityTypeBuilder<TermsAcceptance> builder)
    {
        builder.ToTable("TermsAcceptances");
        builder.IsAppendOnly();
        builder.HasKey(a => new { a.OrderId, a.TermsId });
        builder.Property(a => a.Sha256).HasMaxLength(64);
        builder.Property(a => a.Actor).HasMaxLength(200);
        builder.HasOne<Order>().WithMany().HasForeignKey(a => a.OrderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<TermsDocument>().WithMany().HasForeignKey(a => a.TermsId).OnDelete(DeleteBehavior.Restrict);
    }
}

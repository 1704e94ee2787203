using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Billing;

internal sealed class BillingStorage : IEntityTypeConfiguration<BillingRun>, IEntityTypeConfiguration<BlockedBuyer>, IEntityTypeConfiguration<Invoice>,
    IEntityTypeConfiguration<InvoiceAccount>, IEntityTypeConfiguration<Payment>, IEntityTypeConfiguration<InvoiceLine>, IEntityTypeConfiguration<InvoiceTax>, IEntityTypeConfiguration<InvoiceDocument>, IEntityTypeConfiguration<BilledPeriod>, IEntityTypeConfiguration<EndedLine>
{
    public void Configure(EntityTypeBuilder<BillingRun> builder)
    {
        builder.IsAggregate("BillingRuns");
        builder.HasOne<Organisation>().WithMany().HasForeignKey(r => r.SellerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(r => r.Blocked).WithOne().HasForeignKey(b => b.RunId);
        builder.HasIndex(r => new { r.SellerId, r.StartedAt, r.Id });
    }

    public void Configure(EntityTypeBuilder<BlockedBuyer> builder)
    {
        builder.ToTable("BillingRunBlockedBuyers");
        builder.HasKey(b => new { b.RunId, b.BuyerId });
        builder.Property(b => b.Reasons).AsJson();
        builder.Property(b => b.OrderIds).AsJson();
    }

    public void Configure(EntityTypeBuilder<Invoice> builder)
    {
        builder.ToTable("Invoices");
        builder.IsAppendOnly();
        builder.Ignore(i => i.PaymentReference);
        builder.Property(i => i.Number).HasMaxLength(40);
        builder.Property(i => i.SellerParty).AsJson(4000);
        builder.Property(i => i.BuyerParty).AsJson(4000);
        builder.Property(i => i.BuyerReference).HasMaxLength(46);
        builder.Property(i => i.OrderNumbers).AsJson(1000);
        builder.Property(i => i.Corrects).AsJson(200);
        builder.Property(i => i.Note).HasMaxLength(2000);
        builder.Property(i => i.XmlSha256).HasMaxLength(64);
        builder.HasMany(i => i.Lines).WithOne().HasForeignKey(l => l.InvoiceId);
        builder.HasMany(i => i.Taxes).WithOne().HasForeignKey(t => t.InvoiceId);
        builder.HasOne<InvoiceDocument>().WithMany().HasForeignKey(i => i.XmlSha256).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(i => i.Account).WithOne().HasForeignKey<InvoiceAccount>(a => a.Id).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Invoice>().WithMany().HasForeignKey(i => i.CorrectsId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<BillingRun>().WithMany().HasForeignKey(i => i.RunId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(i => i.SellerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(i => i.BuyerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(i => new { i.SellerId, i.Number }).IsUnique();
        builder.HasIndex(i => new { i.CreatedAt, i.Id });
        builder.HasIndex(i => new { i.BuyerId, i.CreatedAt });
    }

    public void Configure(EntityTypeBuilder<InvoiceAccount> builder)
    {
        builder.IsAggregate("InvoiceAccounts");
        builder.Property(a => a.XmlSha256).HasMaxLength(64);
        builder.Property(a => a.DeliveryAttempts).AsJson();
        builder.HasMany(a => a.Payments).WithOne().HasForeignKey(p => p.InvoiceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(a => new { a.PaymentState, a.Id });
    }

    public void Configure(EntityTypeBuilder<Payment> builder)
    {
        builder.ToTable("InvoicePayments");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Reference).HasMaxLength(Payment.ReferenceLength);
    }

    public void Configure(EntityTypeBuilder<InvoiceLine> builder)
    {
        builder.ToTable("InvoiceLines");
        builder.IsAppendOnly();
        builder.HasKey(l => new { l.InvoiceId, l.Position });
        builder.Property(l => l.Description).HasMaxLength(1000);
        builder.Property(l => l.UnitCode).HasMaxLength(3);
        builder.Property(l => l.ExemptionReason).HasMaxLength(400);
        builder.Property(l => l.Quantity).HasPrecision(18, 6);
        builder.Property(l => l.UnitPrice).HasPrecision(18, 6);
        builder.Property(l => l.BaseQuantity).HasPrecision(18, 6);
        builder.Property(l => l.Attributes).AsJson();
        builder.Property(l => l.Steps).AsJson();
        builder.HasOne<Order>().WithMany().HasForeignKey(l => l.OrderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(l => l.OrderId);
    }

    public void Configure(EntityTypeBuilder<InvoiceTax> builder)
    {
        builder.ToTable("InvoiceTaxes");
        builder.IsAppendOnly();
        builder.HasKey(t => new { t.InvoiceId, t.Position });
        builder.Property(t => t.ExemptionReason).HasMaxLength(400);
    }

    public void Configure(EntityTypeBuilder<InvoiceDocument> builder)
    {
        builder.ToTable("InvoiceDocuments");
        builder.IsAppendOnly();
        builder.HasKey(d => d.Sha256);
        builder.Property(d => d.Sha256).HasMaxLength(64);
        builder.Property(d => d.WriterVersion).HasMaxLength(20);
    }

    public void Configure(EntityTypeBuilder<BilledPeriod> builder)
    {
        builder.ToTable("BilledPeriods");
        builder.HasKey(p => new { p.OrderId, p.Part, p.Year });
        builder.HasOne<Order>().WithMany().HasForeignKey(p => p.OrderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<BillingRun>().WithMany().HasForeignKey(p => p.RunId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<EndedLine> builder)
    {
        builder.ToTable("EndedLines");
        builder.HasKey(l => new { l.InvoiceId, l.Position });
        builder.HasOne<InvoiceLine>().WithMany().HasForeignKey(l => new { l.InvoiceId, l.Position }).OnDelete(DeleteBehavior.Restrict);
    }
}

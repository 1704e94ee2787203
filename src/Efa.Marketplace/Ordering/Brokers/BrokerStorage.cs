using Efa.Marketplace.Catalog;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Ordering.Brokers;

internal sealed class BrokerStorage : IEntityTypeConfiguration<Provisioning>, IEntityTypeConfiguration<ServiceBroker>
{
    public void Configure(EntityTypeBuilder<Provisioning> builder)
    {
        builder.ToTable("Provisionings");
        builder.HasKey(p => p.OrderId);
        builder.Ignore(p => p.InstanceId);
        builder.Property(p => p.ServiceId).HasMaxLength(BrokerPlan.IdLength);
        builder.Property(p => p.PlanId).HasMaxLength(BrokerPlan.IdLength);
        builder.Property(p => p.Operation).HasMaxLength(-1);
        builder.Property(p => p.WaitsFor).HasMaxLength(60);
        builder.Property(p => p.WaitsForValue).HasMaxLength(20);
        builder.Property(p => p.Revision).IsConcurrencyToken();
        builder.HasOne<Order>().WithOne().HasForeignKey<Provisioning>(p => p.OrderId).OnDelete(DeleteBehavior.Restrict);
        // By this all that waits for a supplier's broker goes on when it is set anew.
        builder.HasIndex(p => new { p.SupplierId, p.Step });
    }

    public void Configure(EntityTypeBuilder<ServiceBroker> builder)
    {
        builder.ToTable("ServiceBrokers");
        builder.HasKey(b => b.SupplierId);
        builder.Property(b => b.SealedAccess).HasMaxLength(8000);
        builder.Property(b => b.SetAt).IsConcurrencyToken();
        builder.HasOne<Organisation>().WithOne().HasForeignKey<ServiceBroker>(b => b.SupplierId).OnDelete(DeleteBehavior.Restrict);
    }
}

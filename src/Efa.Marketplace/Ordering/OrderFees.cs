using Efa.Marketplace.Operations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Ordering;

/// <summary>Agreed fees of an order, in force from a calendar year on; they are never changed but replaced by newer ones.</summary>
public sealed class OrderFees
{
    public const int ReasonLength = 2000;

    public Guid OrderId { get; init; }

    /// <summary>From 1, in the sequence in which they were recorded.</summary>
    public int Number { get; init; }

    public int EffectiveYear { get; init; }

    /// <summary>For a full calendar year.</summary>
    public decimal AnnualFee { get; init; }

    /// <summary>Stands in place of the annual fee in the first bill that these fees make.</summary>
    public decimal? NextBillingAmount { get; init; }

    /// <summary>Billed with the order's first bill.</summary>
    public decimal OneTimeFee { get; init; }

    /// <summary>As the offer was taxed when they were agreed; empty where it did not say.</summary>
    public IReadOnlyList<TaxRegime> Taxes { get; init; } = [];

    public string? Reason { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public AgreedFees Agreed => new(AnnualFee, NextBillingAmount, OneTimeFee, Taxes);
}

public sealed partial class Order
{
    /// <summary>The fees in force in a calendar year; null where the order is billed from its prices as ordered. Needs <see cref="Fees"/>.</summary>
    public OrderFees? FeesIn(int year) => Fees.Where(f => f.EffectiveYear <= year).MaxBy(f => (f.EffectiveYear, f.Number));

    /// <summary>Keeps the fees of a coordinated or imported order, once its start is known and before it binds: they are in force from its first year on.</summary>
    public void AgreeFees(AgreedFees fees, DateTimeOffset at) => Add(fees, StartsOn!.Value.Year, reason: null, at);

    /// <summary>Agreed fees from a year on, also where the order was billed from its prices up to then.</summary>
    public void ChangeFees(AgreedFees fees, int effectiveYear, string reason, DateTimeOffset at)
    {
        Add(fees, effectiveYear, reason, at);
        string state = ApiName.Of(State);
        Record("order.fees-changed", ["fees"], state, state, reason);
    }

    private void Add(AgreedFees fees, int effectiveYear, string? reason, DateTimeOffset at) => Fees.Add(new OrderFees
    {
        OrderId = Id,
        Number = Fees.Count + 1,
        EffectiveYear = effectiveYear,
        AnnualFee = fees.AnnualFee,
        NextBillingAmount = fees.NextBillingAmount,
        OneTimeFee = fees.OneTimeFee,
        Taxes = fees.Taxes,
        Reason = reason,
        RecordedAt = at,
    });
}

internal sealed class OrderFeesStorage : IEntityTypeConfiguration<OrderFees>
{
    public void Configure(EntityTypeBuilder<OrderFees> builder)
    {
        builder.ToTable("OrderFees");
        builder.IsAppendOnly();
        builder.Ignore(f => f.Agreed);
        builder.HasKey(f => new { f.OrderId, f.Number });
        builder.Property(f => f.Taxes).AsJson();
        builder.Property(f => f.Reason).HasMaxLength(OrderFees.ReasonLength);
    }
}

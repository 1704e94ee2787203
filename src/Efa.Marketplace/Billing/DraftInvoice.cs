using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing;

/// <summary>A line of an invoice that is not issued yet.</summary>
/// <param name="Part">What of the order it bills.</param>
/// <param name="Description">What is billed: offer and component, and the user where an order has several.</param>
public sealed record DraftLine(Order Order, BilledPart Part, string Description, PriceLine Price, IReadOnlyList<ItemAttribute> Attributes)
{
    public Guid OrderId => Order.Id;
}

/// <summary>An invoice as it would be issued: all lines of one buyer that may stand on one invoice. Lines sum to net.</summary>
public sealed record DraftInvoice(Guid BuyerId, IReadOnlyList<DraftLine> Lines, IReadOnlyList<TaxAmount> Taxes)
{
    public decimal Net { get; } = Lines.Sum(l => l.Price.Net);

    public decimal Tax { get; } = Taxes.Sum(t => t.Tax);

    public decimal Gross => Net + Tax;

    /// <summary>First day that is billed.</summary>
    public DateOnly PeriodFrom { get; } = Lines.Min(l => l.Price.PeriodFrom);

    /// <summary>Last day that is billed.</summary>
    public DateOnly PeriodTo { get; } = Lines.Max(l => l.Price.PeriodTo);

    /// <summary>What all orders say alike; null where they differ or say nothing.</summary>
    internal string? AsAll(Func<Order, string?> saying) => Lines.Select(l => saying(l.Order)).Distinct(StringComparer.Ordinal).ToArray() is [var one] ? one : null;

    /// <summary>Splits a buyer's lines: what is not taxable must not stand beside anything else (EN 16931 BR-O-11).</summary>
    public static IEnumerable<DraftInvoice> Of(Guid buyerId, IEnumerable<DraftLine> lines) =>
        lines.GroupBy(l => l.Price.TaxTreatment == TaxTreatment.NotTaxable).OrderBy(g => g.Key)
            .Select(g => new DraftInvoice(buyerId, [.. g], PriceCalculator.Taxes(g.Select(l => l.Price))));
}

using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing;

/// <summary>UNTDID 1001: 380, 381 and 384.</summary>
public enum InvoiceKind { Invoice, CreditNote, Correction }

/// <summary>An invoice as issued; it never changes.</summary>
public sealed class Invoice : Aggregate
{
    public override string Kind => IdPrefix.Invoice;

    public override IEnumerable<Guid> Parties => [SellerId, BuyerId];

    public InvoiceKind InvoiceKind { get; init; }

    /// <summary>Consecutive for seller and calendar year of issue, without gaps (§ 14 (4) no. 4 UStG): GD-R-2026-000001.</summary>
    public string Number { get; private set; } = "";

    public Guid RunId { get; init; }

    public Guid SellerId { get; init; }

    public Guid BuyerId { get; init; }

    /// <summary>Who the seller was at issue.</summary>
    public required InvoiceParty SellerParty { get; init; }

    /// <summary>Who the buyer was at issue.</summary>
    public required InvoiceParty BuyerParty { get; init; }

    /// <summary>BT-10: the buyer's Leitweg-ID.</summary>
    public required string BuyerReference { get; init; }

    public DateOnly IssuedOn { get; init; }

    public DateOnly DueOn { get; init; }

    public DateOnly PeriodFrom { get; init; }

    public DateOnly PeriodTo { get; init; }

    public decimal Net { get; init; }

    public decimal Tax { get; init; }

    public decimal Gross { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public List<InvoiceLine> Lines { get; init; } = [];

    public List<InvoiceTax> Taxes { get; init; } = [];

    /// <summary>BT-83: what a payment must name.</summary>
    public string PaymentReference => Number;

    public void Issue() => Record("invoice.issued", ["number"]);

    public void NumberAs(string number) => Number = number;
}

/// <summary>A party of an invoice, copied at issue.</summary>
public sealed record InvoiceParty(
    string Name, PostalAddress Address, string? LeitwegId, string? ElectronicAddressScheme, string? ElectronicAddress, string? VatId, string? TaxNumber, string? RegisterNumber, string? Iban)
{
    /// <summary>As the organisation is today; an invoice needs its address.</summary>
    public static InvoiceParty Of(Organisation organisation) => new(
        organisation.Name,
        organisation.Address ?? throw new InvalidOperationException($"Organisation {organisation.Id} has no address."),
        organisation.LeitwegId,
        organisation.ElectronicAddressScheme,
        organisation.ElectronicAddress,
        organisation.VatId,
        organisation.TaxNumber,
        organisation.RegisterNumber,
        organisation.Iban);
}

/// <summary>A line of an invoice: net = quantity × unit price / base quantity, rounded half away from zero.</summary>
public sealed class InvoiceLine
{
    public Guid InvoiceId { get; init; }

    /// <summary>From 1.</summary>
    public int Position { get; init; }

    public required string Description { get; init; }

    public decimal Quantity { get; init; }

    /// <summary>UN/ECE Recommendation 20.</summary>
    public required string UnitCode { get; init; }

    public decimal UnitPrice { get; init; }

    public decimal BaseQuantity { get; init; }

    public decimal Net { get; init; }

    public TaxTreatment TaxTreatment { get; init; }

    /// <summary>Percent; null where not taxable.</summary>
    public decimal? TaxRate { get; init; }

    public string? ExemptionReason { get; init; }

    public Guid OrderId { get; init; }

    public Guid? UsedById { get; init; }

    public DateOnly PeriodFrom { get; init; }

    public DateOnly PeriodTo { get; init; }

    /// <summary>How the line came about.</summary>
    public IReadOnlyList<PriceStep> Steps { get; init; } = [];
}

/// <summary>Tax of an invoice for one treatment and rate, computed on the sum and then rounded (EN 16931 BR-CO-17).</summary>
public sealed class InvoiceTax
{
    public Guid InvoiceId { get; init; }

    public int Position { get; init; }

    public TaxTreatment Treatment { get; init; }

    public decimal? Rate { get; init; }

    public string? ExemptionReason { get; init; }

    public decimal Taxable { get; init; }

    public decimal Tax { get; init; }
}

/// <summary>An order was billed for a calendar year, or for what is due once; there is at most one such row for each, whatever runs there are.</summary>
/// <remarks>A year whose amount is zero has no invoice but has its row. The invoices of an order are found by their lines.</remarks>
public sealed class BilledPeriod
{
    /// <summary>Stands in place of a year for what is due once.</summary>
    public const int Once = 0;

    public Guid OrderId { get; init; }

    public int Year { get; init; }

    public Guid RunId { get; init; }
}

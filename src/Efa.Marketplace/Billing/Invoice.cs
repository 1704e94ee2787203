using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing;

/// <summary>UNTDID 1001: 380, 381 and 384.</summary>
public enum InvoiceKind { Invoice, CreditNote, Correction }

/// <summary>An invoice as issued; it never changes. What becomes of it is kept in its <see cref="InvoiceAccount"/>.</summary>
public sealed class Invoice
{
    public Guid Id { get; init; }

    public InvoiceKind InvoiceKind { get; init; }

    /// <summary>Consecutive for seller and calendar year of issue, without gaps (§ 14 (4) no. 4 UStG): GD-R-2026-000001.</summary>
    public string Number { get; private set; } = "";

    /// <summary>Null where no billing run issued it.</summary>
    public Guid? RunId { get; init; }

    public Guid SellerId { get; init; }

    public Guid BuyerId { get; init; }

    /// <summary>The invoice that it credits or replaces.</summary>
    public Guid? CorrectsId { get; init; }

    /// <summary>BG-3: what that one is called.</summary>
    public PrecedingInvoice? Corrects { get; init; }

    /// <summary>BT-22: why it credits or replaces another.</summary>
    public string? Note { get; init; }

    /// <summary>Who the seller was at issue.</summary>
    public required InvoiceParty SellerParty { get; init; }

    /// <summary>Who the buyer was at issue.</summary>
    public required InvoiceParty BuyerParty { get; init; }

    /// <summary>BT-10: the buyer's Leitweg-ID.</summary>
    public required string BuyerReference { get; init; }

    public required OrderNumbers OrderNumbers { get; init; }

    public DateOnly IssuedOn { get; init; }

    /// <summary>Of a credit note the date of issue, because it is set off.</summary>
    public DateOnly DueOn { get; init; }

    public DateOnly PeriodFrom { get; init; }

    public DateOnly PeriodTo { get; init; }

    public decimal Net { get; init; }

    public decimal Tax { get; init; }

    public decimal Gross { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>SHA-256 of its <see cref="InvoiceDocument"/>, lower-case hex.</summary>
    public string XmlSha256 { get; private set; } = "";

    public List<InvoiceLine> Lines { get; init; } = [];

    public List<InvoiceTax> Taxes { get; init; } = [];

    /// <summary>BT-83: what a payment must name.</summary>
    public string PaymentReference => Number;

    /// <summary>Only for queries: loaded by itself.</summary>
    public InvoiceAccount? Account { get; private set; }

    public void NumberAs(string number) => Number = number;

    public void KeepAs(InvoiceDocument document) => XmlSha256 = document.Sha256;
}

/// <summary>How the orders that an invoice bills are called, as far as they are all called the same: as a rule where there is one.</summary>
/// <param name="SalesOrder">BT-14: the seller's number.</param>
/// <param name="PurchaseOrder">BT-13: the buyer's number.</param>
/// <param name="Contract">BT-12.</param>
public sealed record OrderNumbers(string? SalesOrder, string? PurchaseOrder, string? Contract);

/// <summary>A party of an invoice, copied at issue. What an invoice needs is there on every issued one.</summary>
public sealed record InvoiceParty(
    string Name, PostalAddress? Address, string? LeitwegId, string? ElectronicAddressScheme, string? ElectronicAddress, string? VatId, string? TaxNumber, string? RegisterNumber, string? Iban)
{
    /// <summary>BT-29: the seller's number at the buyer.</summary>
    public string? Identifier { get; init; }

    /// <summary>BG-6: where the buyer asks, and sends what he refuses. BG-9: whom the seller asks.</summary>
    public InvoiceContact? Contact { get; init; }

    /// <summary>As the organisation is today.</summary>
    public static InvoiceParty Of(Organisation organisation) => new(
        organisation.Name,
        organisation.Address,
        organisation.LeitwegId,
        organisation.ElectronicAddressScheme,
        organisation.ElectronicAddress,
        organisation.VatId,
        organisation.TaxNumber,
        organisation.RegisterNumber,
        organisation.Iban);
}

/// <summary>Whom to ask about an invoice, copied at issue.</summary>
public sealed record InvoiceContact(string Name, string? Phone, string Email)
{
    /// <summary>The seller's for invoices, else the one for everything; null where its contacts have other purposes.</summary>
    public static InvoiceContact? OfSeller(Organisation seller) => For(seller, ContactPurpose.Invoicing) ?? For(seller, ContactPurpose.General);

    /// <summary>The buyer's for invoices; null where it names none, because nobody else has to do with them.</summary>
    public static InvoiceContact? OfBuyer(Organisation buyer) => For(buyer, ContactPurpose.Invoicing);

    private static InvoiceContact? For(Organisation organisation, ContactPurpose purpose) => organisation.Contacts
        .Where(c => c.Purpose == purpose).OrderBy(c => c.Id).Select(c => new InvoiceContact(c.Name, c.Phone, c.Email)).FirstOrDefault();
}

/// <summary>A line of an invoice: net = quantity × unit price / base quantity, rounded half away from zero.</summary>
public sealed class InvoiceLine
{
    public Guid InvoiceId { get; init; }

    /// <summary>From 1; on a credit note the position of the line that is credited.</summary>
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

    /// <summary>What of the order it bills: only a year ends with the contract.</summary>
    public BilledPart Part { get; init; }

    public Guid? UsedById { get; init; }

    public DateOnly PeriodFrom { get; init; }

    public DateOnly PeriodTo { get; init; }

    /// <summary>BG-32: the order, and what the quantity came from.</summary>
    public IReadOnlyList<ItemAttribute> Attributes { get; init; } = [];

    /// <summary>How the line came about.</summary>
    public IReadOnlyList<PriceStep> Steps { get; init; } = [];

    /// <summary>The same line on another invoice.</summary>
    internal InvoiceLine For(Guid invoiceId) => new()
    {
        InvoiceId = invoiceId,
        Position = Position,
        Description = Description,
        Quantity = Quantity,
        UnitCode = UnitCode,
        UnitPrice = UnitPrice,
        BaseQuantity = BaseQuantity,
        Net = Net,
        TaxTreatment = TaxTreatment,
        TaxRate = TaxRate,
        ExemptionReason = ExemptionReason,
        OrderId = OrderId,
        Part = Part,
        UsedById = UsedById,
        PeriodFrom = PeriodFrom,
        PeriodTo = PeriodTo,
        Attributes = Attributes,
        Steps = Steps,
    };
}

/// <summary>Tax of an invoice for one treatment and rate, computed on the sum and then rounded (EN 16931 BR-CO-17); on a credit note what that of the invoice becomes less.</summary>
public sealed class InvoiceTax
{
    public Guid InvoiceId { get; init; }

    public int Position { get; init; }

    public TaxTreatment Treatment { get; init; }

    public decimal? Rate { get; init; }

    public string? ExemptionReason { get; init; }

    public decimal Taxable { get; init; }

    public decimal Tax { get; init; }

    /// <summary>The same tax on another invoice.</summary>
    internal InvoiceTax For(Guid invoiceId) =>
        new() { InvoiceId = invoiceId, Position = Position, Treatment = Treatment, Rate = Rate, ExemptionReason = ExemptionReason, Taxable = Taxable, Tax = Tax };
}

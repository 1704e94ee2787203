using Efa.Marketplace.Organisations;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Seller (BG-4) or buyer (BG-7) of an e-invoice, as it was at issue.</summary>
public sealed record EInvoiceParty
{
    /// <summary>BT-27, BT-44.</summary>
    public required string Name { get; init; }

    /// <summary>BT-34, BT-49: where e-invoices reach it.</summary>
    public Endpoint? Endpoint { get; init; }

    /// <summary>BT-29: the seller's number at the buyer; BT-46: the customer number.</summary>
    public string? Identifier { get; init; }

    public PostalAddress? Address { get; init; }

    /// <summary>BT-31, BT-48. Never shown where nothing is taxable: see <see cref="WithoutVatId"/>.</summary>
    public string? VatId { get; init; }

    /// <summary>BT-32, seller only.</summary>
    public string? TaxNumber { get; init; }

    /// <summary>BT-30, BT-47.</summary>
    public string? RegisterNumber { get; init; }

    /// <summary>BT-33, seller only: legal form, seat, board.</summary>
    public string? LegalInformation { get; init; }

    /// <summary>BG-6, BG-9.</summary>
    public EInvoiceContact? Contact { get; init; }

    /// <summary>For an invoice on what is not taxable, which must not name a VAT id (EN 16931 BR-O-02).</summary>
    public EInvoiceParty WithoutVatId() => this with { VatId = null };
}

/// <summary>An electronic address.</summary>
/// <param name="Scheme">EAS code.</param>
public sealed record Endpoint(string Scheme, string Value)
{
    public const string LeitwegId = ElectronicAddresses.LeitwegIdScheme;
    public const string Gln = ElectronicAddresses.GlnScheme;
    public const string GermanVatId = ElectronicAddresses.GermanVatIdScheme;
    public const string AustrianVatId = ElectronicAddresses.AustrianVatIdScheme;
    public const string Email = ElectronicAddresses.EmailScheme;
}

/// <summary>Whom to ask about an invoice.</summary>
public sealed record EInvoiceContact(string? Name, string? Phone = null, string? Email = null);

using System.Security.Cryptography;
using Efa.Marketplace.Billing.XRechnung;

namespace Efa.Marketplace.Billing;

/// <summary>The bytes of an invoice as issued, found by their hash; the database refuses to change or delete them.</summary>
/// <remarks>Kept apart from the files that users hand in: nobody can put the same bytes there first, and no tidying up ever meets them.</remarks>
public sealed class InvoiceDocument
{
    /// <summary>Lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>XRechnung, always <see cref="XRechnungWriter.MediaType"/>.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>Which <see cref="XRechnungWriter"/> wrote them.</summary>
    public required string WriterVersion { get; init; }

    /// <summary>Writes a numbered invoice.</summary>
    public static InvoiceDocument Of(Invoice invoice)
    {
        byte[] bytes = XRechnungWriter.Write(ElectronicInvoice.Of(invoice));
        return new InvoiceDocument { Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)), Bytes = bytes, WriterVersion = XRechnungWriter.Version };
    }
}

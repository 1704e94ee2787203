using Efa.Marketplace.Events;

namespace Efa.Marketplace.Billing.Delivery;

/// <summary>A way on which issued invoices reach buyers: a port for mail, folders, and access points such as those of Peppol.</summary>
public abstract class InvoiceChannel
{
    /// <summary>Whether a buyer is reached this way; of several channels the first that reaches him is taken.</summary>
    public abstract bool Reaches(InvoiceParty buyer);

    /// <summary>Hands an invoice over. Whatever the other side does is an answer; an exception counts as none.</summary>
    /// <remarks>
    /// It is called again where nobody knows whether the invoice was taken. So it names the same thing each time, by which the other side can tell
    /// a repetition: the invoice's number and id.
    /// </remarks>
    public abstract Task<Handover> DeliverAsync(IssuedInvoice issued, CancellationToken cancellationToken);
}

/// <summary>An invoice with its bytes, ready to be sent.</summary>
public sealed record IssuedInvoice(Invoice Invoice, byte[] Xml)
{
    /// <summary>The number as a file name, whatever a seller's prefix has in it.</summary>
    public string FileName => string.Concat(Invoice.Number.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')) + ".xml";
}

/// <summary>How handing over went.</summary>
/// <param name="Status">What the other side answered, in its own numbers.</param>
public sealed record Handover(DeliveryState State, int? Status, string? Error)
{
    public static Handover Taken(int? status = null) => new(DeliveryState.Delivered, status, null);

    /// <summary>Not now: it is tried again.</summary>
    public static Handover Later(string error, int? status = null) => new(DeliveryState.Retrying, status, error);

    /// <summary>Never: trying again would not help.</summary>
    public static Handover Refused(string error, int? status = null) => new(DeliveryState.Failed, status, error);
}

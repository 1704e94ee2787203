using System.Globalization;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Pricing;
using MimeKit;

namespace Efa.Marketplace.Billing.Delivery;

/// <summary>The e-mail with which an invoice comes: a German text and the XML as issued.</summary>
internal static class InvoiceMail
{
    public static MimeMessage Of(IssuedInvoice issued, MailboxAddress from)
    {
        Invoice invoice = issued.Invoice;
        var message = new MimeMessage
        {
            // Of the invoice and not of the attempt, so that who gets it twice can tell.
            MessageId = $"{invoice.Id:N}@{from.Domain}",
            Subject = $"{InvoiceView.TitleOf(invoice.InvoiceKind)} {invoice.Number} von {invoice.SellerParty.Name}",
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(invoice.BuyerParty.Name, invoice.BuyerParty.ElectronicAddress!));
        if (invoice.SellerParty.Contact is { } contact) message.ReplyTo.Add(new MailboxAddress(contact.Name, contact.Email));
        message.Headers.Add("Auto-Submitted", "auto-generated");

        var xml = new MimePart("application", "xml")
        {
            Content = new MimeContent(new MemoryStream(issued.Xml)),
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
            // Line breaks of the bytes must arrive as they are.
            ContentTransferEncoding = ContentEncoding.Base64,
            FileName = issued.FileName,
        };
        message.Body = new Multipart("mixed") { new TextPart("plain") { Text = TextOf(invoice) }, xml };
        return message;
    }

    private static string TextOf(Invoice invoice)
    {
        string[] lines =
        [
            "Guten Tag,",
            "",
            $"anbei erhalten Sie {NameOf(invoice)} über {Figures.Sum(invoice.Gross)} als E-Rechnung (XRechnung). Maßgeblich ist die angehängte XML-Datei.",
            "",
            $"Rechnungssteller: {invoice.SellerParty.Name}",
            $"Rechnungsempfängerin: {invoice.BuyerParty.Name}",
            $"Leitweg-ID: {invoice.BuyerReference}",
            invoice.InvoiceKind == InvoiceKind.CreditNote ? "Der Betrag wird mit der Rechnung verrechnet, ein Überschuss erstattet." : $"Fällig am {Day(invoice.DueOn)}, Verwendungszweck {invoice.PaymentReference}",
            .. invoice.SellerParty.Contact is { } contact ? ["", $"Rückfragen: {contact.Name}, {contact.Email}{(contact.Phone is { } phone ? $", {phone}" : "")}"] : Array.Empty<string>(),
            "",
            "Diese Nachricht wurde automatisch erzeugt.",
        ];
        return string.Join("\r\n", lines);
    }

    private static string NameOf(Invoice invoice) => invoice.InvoiceKind switch
    {
        InvoiceKind.Invoice => $"die Rechnung {invoice.Number} vom {Day(invoice.IssuedOn)}",
        InvoiceKind.CreditNote => $"die Rechnungskorrektur {invoice.Number} vom {Day(invoice.IssuedOn)} zur Rechnung {invoice.Corrects?.Number}",
        InvoiceKind.Correction => $"die korrigierte Rechnung {invoice.Number} vom {Day(invoice.IssuedOn)}, die die Rechnung {invoice.Corrects?.Number} ersetzt,",
    };

    private static string Day(DateOnly day) => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
}

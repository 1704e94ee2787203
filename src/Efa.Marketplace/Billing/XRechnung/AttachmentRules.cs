using System.Collections.Frozen;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Rules for files inside the invoice.</summary>
internal static class AttachmentRules
{
    public static readonly InvoiceRule Id = new("BR-52", RuleSubject.Invoice, "attachments",
        "Eine Anlage hat keine Bezeichnung.", "An attachment has no id.");

    public static readonly InvoiceRule MediaType = new("BR-CL-24", RuleSubject.Invoice, "attachments",
        "Anlagen der Art {0} sind nicht erlaubt.", "Attachments of type {0} are not allowed.");

    public static readonly InvoiceRule FileName = new("BR-DE-22", RuleSubject.Invoice, "attachments",
        "Jede Anlage hat einen eigenen Dateinamen; {0} ist keiner.", "Each attachment has a file name of its own; {0} is none.");

    public static readonly InvoiceRule Content = new("PEPPOL-EN16931-R008", RuleSubject.Invoice, "attachments",
        "Die Anlage {0} ist leer.", "Attachment {0} is empty.");

    private static readonly FrozenSet<string> MediaTypes = new[]
    {
        "application/pdf", "image/png", "image/jpeg", Attachment.Csv, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.oasis.opendocument.spreadsheet",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static IEnumerable<RuleBreach> Check(EInvoice invoice)
    {
        // Receivers store them side by side, some without telling A from a.
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (Attachment file in invoice.Attachments)
        {
            if (string.IsNullOrWhiteSpace(file.Id)) yield return Id.Broken();
            if (!MediaTypes.Contains(file.MediaType)) yield return MediaType.Broken(file.MediaType);
            if (string.IsNullOrWhiteSpace(file.FileName) || !names.Add(file.FileName)) yield return FileName.Broken(file.FileName);
            if (file.Content.IsEmpty) yield return Content.Broken(file.FileName);
        }
    }
}

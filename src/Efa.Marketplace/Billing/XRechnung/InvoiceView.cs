namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>An e-invoice as a German page to read and print, from the same record as its XML (§ 14 (4) UStG).</summary>
/// <remarks>One file without scripts, pictures and links, so that it can be kept.</remarks>
public static class InvoiceView
{
    public const string MediaType = "text/html; charset=utf-8";

    public static string Html(EInvoice invoice)
    {
        var page = new HtmlPage();
        string title = $"{TitleOf(invoice.Kind)} {invoice.Number ?? "(Entwurf)"}";
        page.Add($"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/><title>{title}</title>""");
        page.Add($"<style>{InvoiceViewStyle.Css}</style></head><body><main>");
        page.Add($"<h1>{title}</h1>");
        page.Add($"""<div class="parties">""");
        Party(page, "Rechnung von", invoice.Seller);
        Party(page, "Rechnung an", invoice.Buyer);
        page.Add($"</div>");
        Header(page, invoice);
        foreach (DocumentNote note in invoice.Notes) page.Add($"""<p class="note">{note.Text}</p>""");
        InvoiceViewTables.Lines(page, invoice.Lines);
        if (invoice.Allowances.Count > 0) InvoiceViewTables.Allowances(page, invoice.Allowances);
        InvoiceViewTables.Taxes(page, invoice.Taxes);
        InvoiceViewTables.Totals(page, invoice);
        Payment(page, invoice);
        if (invoice.Attachments.Count > 0) Attachments(page, invoice.Attachments);
        page.Add($"</main><footer><p>Diese Ansicht gibt die E-Rechnung im Format XRechnung wieder; maßgeblich ist deren XML.</p></footer></body></html>");
        return page.ToString();
    }

    public static string TitleOf(InvoiceKind kind) => kind switch
    {
        InvoiceKind.Invoice => "Rechnung",
        // Not "Gutschrift", which in VAT law means an invoice that the buyer makes out (§ 14 (2) UStG).
        InvoiceKind.CreditNote => "Rechnungskorrektur",
        InvoiceKind.Correction => "Korrigierte Rechnung",
    };

    private static void Party(HtmlPage page, string heading, EInvoiceParty party)
    {
        page.Add($"<section><h2>{heading}</h2><address>");
        page.Add($"<strong>{party.Name}</strong>");
        if (party.Address is { } address)
        {
            page.Add($"<br/>{address.Street}");
            page.Add($"<br/>{address.PostalCode} {address.City}");
            if (address.CountryCode != "DE") page.Add($"<br/>{address.CountryCode}");
        }
        page.Add($"</address><dl>");
        Term(page, "USt-IdNr.", party.VatId);
        Term(page, "Steuernummer", party.TaxNumber);
        Term(page, "Register", party.RegisterNumber);
        Term(page, "Kennung", party.Identifier);
        Term(page, "Angaben", party.LegalInformation);
        Term(page, "Elektronische Adresse", party.Endpoint is { } endpoint ? $"{endpoint.Value} ({endpoint.Scheme})" : null);
        Term(page, "Ansprechpartner", party.Contact?.Name);
        Term(page, "Telefon", party.Contact?.Phone);
        Term(page, "E-Mail", party.Contact?.Email);
        page.Add($"</dl></section>");
    }

    private static void Header(HtmlPage page, EInvoice invoice)
    {
        page.Add($"""<section><h2>Angaben zur Rechnung</h2><dl class="columns">""");
        Term(page, "Rechnungsnummer", invoice.Number);
        Term(page, "Rechnungsdatum", invoice.IssuedOn);
        Term(page, "Fällig am", invoice.DueOn);
        if (invoice.Period is { } period) page.Add($"<div><dt>Leistungszeitraum</dt><dd>{period.From} bis {period.To}</dd></div>");
        if (invoice.Corrects is { } corrected) page.Add($"<div><dt>Bezieht sich auf</dt><dd>Rechnung {corrected.Number} vom {corrected.IssuedOn}</dd></div>");
        Term(page, "Leitweg-ID", invoice.BuyerReference);
        Term(page, "Ihre Bestellnummer", invoice.PurchaseOrder);
        Term(page, "Auftragsnummer", invoice.SalesOrder);
        Term(page, "Vertrag", invoice.ContractReference);
        Term(page, "Buchungsreferenz", invoice.BookingReference);
        page.Add($"</dl></section>");
    }

    private static void Payment(HtmlPage page, EInvoice invoice)
    {
        page.Add($"<section><h2>Zahlung</h2>");
        if (!string.IsNullOrWhiteSpace(invoice.PaymentTerms)) page.Add($"""<p class="note">{invoice.PaymentTerms}</p>""");
        page.Add($"""<dl class="columns">""");
        Term(page, "Zahlungsweg", invoice.Payment?.Code switch
        {
            PaymentMeans.Transfer or PaymentMeans.SepaTransfer => "Überweisung",
            PaymentMeans.SetOff => "Verrechnung",
            _ => null,
        });
        Term(page, "Kontoinhaber", invoice.Payment?.AccountName);
        Term(page, "IBAN", invoice.Payment?.Iban);
        Term(page, "BIC", invoice.Payment?.Bic);
        Term(page, "Verwendungszweck", invoice.Payment?.Reference);
        page.Add($"</dl></section>");
    }

    private static void Attachments(HtmlPage page, IReadOnlyList<Attachment> files)
    {
        page.Add($"<section><h2>Anlagen in der E-Rechnung</h2><ul>");
        foreach (Attachment file in files) page.Add($"<li>{file.Id}: {file.FileName} {file.Description}</li>");
        page.Add($"</ul></section>");
    }

    private static void Term(HtmlPage page, string term, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value)) page.Add($"<div><dt>{term}</dt><dd>{value}</dd></div>");
    }

    private static void Term(HtmlPage page, string term, DateOnly? date)
    {
        if (date is { } day) page.Add($"<div><dt>{term}</dt><dd>{day}</dd></div>");
    }
}

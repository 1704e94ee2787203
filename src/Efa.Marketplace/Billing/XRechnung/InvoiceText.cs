namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>A text somewhere in an e-invoice.</summary>
internal sealed record InvoiceText(RuleSubject Subject, string Field, string? Value, string? LineId = null, int Limit = TextRules.ShortLimit)
{
    /// <summary>All texts that the writer may write.</summary>
    public static IEnumerable<InvoiceText> Of(EInvoice invoice) =>
    [
        new(RuleSubject.Invoice, "number", invoice.Number),
        new(RuleSubject.Buyer, "leitwegId", invoice.BuyerReference),
        new(RuleSubject.Invoice, "contractReference", invoice.ContractReference),
        new(RuleSubject.Invoice, "purchaseOrder", invoice.PurchaseOrder),
        new(RuleSubject.Invoice, "salesOrder", invoice.SalesOrder),
        new(RuleSubject.Invoice, "bookingReference", invoice.BookingReference),
        new(RuleSubject.Invoice, "corrects.number", invoice.Corrects?.Number),
        new(RuleSubject.Invoice, "paymentTerms", invoice.PaymentTerms, Limit: TextRules.LongLimit),
        new(RuleSubject.Invoice, "payment", invoice.Payment?.Code),
        new(RuleSubject.Invoice, "paymentReference", invoice.Payment?.Reference),
        new(RuleSubject.Seller, "iban", invoice.Payment?.Iban),
        new(RuleSubject.Seller, "accountName", invoice.Payment?.AccountName),
        new(RuleSubject.Seller, "bic", invoice.Payment?.Bic),
        .. invoice.Notes.SelectMany(n => new[] { LongText("notes", n.Text), LongText("notes", n.Subject) }),
        .. invoice.Attachments.SelectMany(a => new[] { a.Id, a.FileName, a.Description, a.MediaType }).Select(t => LongText("attachments", t)),
        .. invoice.Allowances.SelectMany(a => new[] { a.Reason, a.ReasonCode }).Select(t => LongText("allowances", t)),
        .. invoice.Taxes.SelectMany(t => new[] { t.ExemptionReason, t.ExemptionCode }).Select(t => LongText("taxes", t)),
        .. OfParty(RuleSubject.Seller, invoice.Seller),
        .. OfParty(RuleSubject.Buyer, invoice.Buyer),
        .. invoice.Lines.SelectMany(OfLine),
    ];

    private static InvoiceText LongText(string field, string? text) => new(RuleSubject.Invoice, field, text, Limit: TextRules.LongLimit);

    private static IEnumerable<InvoiceText> OfParty(RuleSubject subject, EInvoiceParty party) =>
    [
        new(subject, "name", party.Name),
        new(subject, "electronicAddress.scheme", party.Endpoint?.Scheme),
        new(subject, "electronicAddress.value", party.Endpoint?.Value),
        new(subject, "identifier", party.Identifier),
        new(subject, "address.street", party.Address?.Street),
        new(subject, "address.postalCode", party.Address?.PostalCode),
        new(subject, "address.city", party.Address?.City),
        new(subject, "address.countryCode", party.Address?.CountryCode),
        new(subject, "vatId", party.VatId),
        new(subject, "taxNumber", party.TaxNumber),
        new(subject, "registerNumber", party.RegisterNumber),
        new(subject, "legalInformation", party.LegalInformation, Limit: TextRules.LongLimit),
        new(subject, "contacts.name", party.Contact?.Name),
        new(subject, "contacts.phone", party.Contact?.Phone),
        new(subject, "contacts.email", party.Contact?.Email),
    ];

    private static IEnumerable<InvoiceText> OfLine(EInvoiceLine line) =>
    [
        new(RuleSubject.Line, "position", line.Id, line.Id),
        new(RuleSubject.Line, "note", line.Note, line.Id, TextRules.LongLimit),
        new(RuleSubject.Line, "unitCode", line.UnitCode, line.Id),
        new(RuleSubject.Line, "description", line.Name, line.Id, TextRules.LineNameLimit),
        new(RuleSubject.Line, "description", line.Description, line.Id, TextRules.LongLimit),
        new(RuleSubject.Line, "itemNumber", line.ItemNumber, line.Id),
        .. line.Attributes.SelectMany(a => new[] { a.Name, a.Value }).Select(t => new InvoiceText(RuleSubject.Line, "attributes", t, line.Id)),
    ];
}

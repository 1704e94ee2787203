namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Writes an e-invoice as XRechnung 3.0 in UBL 2.1: the bytes that are issued, hashed and kept.</summary>
/// <remarks>
/// Takes what <see cref="InvoiceRules"/> found nothing in, and throws on characters that XML forbids and on parts of a cent.
/// The order of elements is that of the UBL schemas, which differs between Invoice and CreditNote.
/// </remarks>
public static class XRechnungWriter
{
    /// <summary>Kept with each invoice: which writer made its bytes.</summary>
    public const string Version = "1";

    /// <summary>BT-24.</summary>
    public const string Specification = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0";

    /// <summary>BT-23.</summary>
    public const string Process = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

    public const string MediaType = "application/xml";

    /// <summary>BT-3, UNTDID 1001.</summary>
    public static string TypeCodeOf(InvoiceKind kind) => kind switch
    {
        InvoiceKind.Invoice => "380",
        InvoiceKind.CreditNote => "381",
        InvoiceKind.Correction => "384",
    };

    /// <summary>UTF-8 without byte order mark; the same invoice gives the same bytes.</summary>
    public static byte[] Write(EInvoice invoice)
    {
        bool credit = invoice.Kind == InvoiceKind.CreditNote;
        using var xml = new UblXml(credit ? "CreditNote" : "Invoice");
        Header(xml, invoice, credit);
        References(xml, invoice);
        PartyXml.Seller(xml, invoice.Seller);
        PartyXml.Buyer(xml, invoice.Buyer);
        Payment(xml, invoice, credit);
        foreach (DocumentAllowance allowance in invoice.Allowances) Allowance(xml, allowance);
        Taxes(xml, invoice);
        Totals(xml, invoice.Totals);
        foreach (EInvoiceLine line in invoice.Lines) LineXml.Write(xml, line, credit);
        return xml.ToBytes();
    }

    private static void Header(UblXml xml, EInvoice invoice, bool credit)
    {
        xml.Text("CustomizationID", Specification);
        xml.Text("ProfileID", Process);
        xml.Text("ID", invoice.Number);
        xml.Date("IssueDate", invoice.IssuedOn);
        if (!credit) xml.Date("DueDate", invoice.DueOn);
        xml.Text(credit ? "CreditNoteTypeCode" : "InvoiceTypeCode", TypeCodeOf(invoice.Kind));
        foreach (DocumentNote note in invoice.Notes) xml.Text("Note", $"#{note.Subject}#{note.Text}");
        xml.Text("DocumentCurrencyCode", EInvoice.Currency);
        xml.Text("AccountingCost", invoice.BookingReference);
        xml.Text("BuyerReference", invoice.BuyerReference);
        xml.Period(invoice.Period);
    }

    private static void References(UblXml xml, EInvoice invoice)
    {
        // UBL wants an order number before a sales order's: without one the official syntax binding writes NA.
        bool ordered = !string.IsNullOrWhiteSpace(invoice.PurchaseOrder);
        xml.GroupIf("OrderReference", ordered ? invoice.PurchaseOrder : string.IsNullOrWhiteSpace(invoice.SalesOrder) ? null : "NA", number =>
        {
            xml.Text("ID", number);
            xml.Text("SalesOrderID", invoice.SalesOrder);
        });
        xml.GroupIf("BillingReference", invoice.Corrects, preceding => xml.Group("InvoiceDocumentReference", () =>
        {
            xml.Text("ID", preceding.Number);
            xml.Date("IssueDate", preceding.IssuedOn);
        }));
        xml.IdGroup("ContractDocumentReference", invoice.ContractReference);
        foreach (Attachment file in invoice.Attachments)
        {
            xml.Group("AdditionalDocumentReference", () =>
            {
                xml.Text("ID", file.Id);
                xml.Text("DocumentDescription", file.Description);
                xml.Group("Attachment", () => xml.File("EmbeddedDocumentBinaryObject", file));
            });
        }
    }

    private static void Payment(UblXml xml, EInvoice invoice, bool credit)
    {
        xml.GroupIf("PaymentMeans", invoice.Payment, payment =>
        {
            xml.Text("PaymentMeansCode", payment.Code);
            if (credit) xml.Date("PaymentDueDate", invoice.DueOn);
            xml.Text("PaymentID", payment.Reference);
            xml.GroupIf("PayeeFinancialAccount", payment.Iban, iban =>
            {
                xml.Text("ID", iban);
                xml.Text("Name", payment.AccountName);
                xml.IdGroup("FinancialInstitutionBranch", payment.Bic);
            });
        });
        xml.GroupIf("PaymentTerms", invoice.PaymentTerms, terms => xml.Text("Note", terms));
    }

    private static void Allowance(UblXml xml, DocumentAllowance allowance) => xml.Group("AllowanceCharge", () =>
    {
        xml.Flag("ChargeIndicator", false);
        xml.Text("AllowanceChargeReasonCode", allowance.ReasonCode);
        xml.Text("AllowanceChargeReason", allowance.Reason);
        xml.Number("MultiplierFactorNumeric", allowance.Percent);
        xml.Amount("Amount", allowance.Amount);
        if (allowance.Base is { } from) xml.Amount("BaseAmount", from);
        xml.TaxCategory("TaxCategory", allowance.Category, allowance.Rate);
    });

    private static void Taxes(UblXml xml, EInvoice invoice) => xml.Group("TaxTotal", () =>
    {
        xml.Amount("TaxAmount", invoice.Totals.Tax);
        foreach (TaxSubtotal tax in invoice.Taxes)
        {
            xml.Group("TaxSubtotal", () =>
            {
                xml.Amount("TaxableAmount", tax.Taxable);
                xml.Amount("TaxAmount", tax.Tax);
                xml.TaxCategory("TaxCategory", tax.Category, tax.Rate, tax.ExemptionCode, tax.ExemptionReason);
            });
        }
    });

    private static void Totals(UblXml xml, DocumentTotals totals) => xml.Group("LegalMonetaryTotal", () =>
    {
        xml.Amount("LineExtensionAmount", totals.Lines);
        xml.Amount("TaxExclusiveAmount", totals.Net);
        xml.Amount("TaxInclusiveAmount", totals.Gross);
        if (totals.Allowances != 0) xml.Amount("AllowanceTotalAmount", totals.Allowances);
        xml.Amount("PayableAmount", totals.Payable);
    });
}

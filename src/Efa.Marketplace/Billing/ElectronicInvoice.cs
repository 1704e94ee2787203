using System.Globalization;
using Efa.Marketplace.Billing.XRechnung;

namespace Efa.Marketplace.Billing;

/// <summary>An invoice as EN 16931 sees it: what is checked before issue, written as XRechnung, and shown to be read.</summary>
public static class ElectronicInvoice
{
    /// <summary>From nothing but the invoice with its lines and taxes, so that it is the same years later. Sums are taken over and not computed, so that the rules judge them.</summary>
    public static EInvoice Of(Invoice invoice)
    {
        EInvoiceLine[] lines = [.. invoice.Lines.OrderBy(l => l.Position).Select(l => Line(invoice, l))];
        bool credit = invoice.InvoiceKind == InvoiceKind.CreditNote;
        bool showsVatIds = lines.All(l => l.Tax.Category != VatCategory.O);
        EInvoiceParty seller = Party(invoice.SellerParty), buyer = Party(invoice.BuyerParty);
        return new EInvoice
        {
            Kind = invoice.InvoiceKind,
            Number = invoice.Number.Length > 0 ? invoice.Number : null,
            IssuedOn = invoice.IssuedOn,
            DueOn = credit ? null : invoice.DueOn,
            Notes = invoice.Note is { } note ? [new DocumentNote(note, DocumentNote.Reason)] : [],
            Corrects = invoice.Corrects,
            BuyerReference = invoice.BuyerReference,
            ContractReference = invoice.OrderNumbers.Contract,
            PurchaseOrder = invoice.OrderNumbers.PurchaseOrder,
            SalesOrder = invoice.OrderNumbers.SalesOrder,
            Period = new ServicePeriod(invoice.PeriodFrom, invoice.PeriodTo),
            Seller = showsVatIds ? seller : seller.WithoutVatId(),
            Buyer = showsVatIds ? buyer : buyer.WithoutVatId(),
            Payment = credit
                ? new PaymentMeans(PaymentMeans.SetOff, invoice.PaymentReference)
                : new PaymentMeans(PaymentMeans.SepaTransfer, invoice.PaymentReference, invoice.SellerParty.Iban, invoice.SellerParty.Name),
            PaymentTerms = credit
                ? $"Der Korrekturbetrag wird mit der Rechnung {invoice.Corrects?.Number} verrechnet, ein Überschuss erstattet."
                : string.Create(CultureInfo.InvariantCulture, $"Zahlbar ohne Abzug bis zum {invoice.DueOn:dd.MM.yyyy}."),
            Lines = lines,
            Taxes = [.. InvoiceSums.Taxes(lines, []).Select(t => t with { Tax = TaxOf(invoice, t) })],
            Totals = new DocumentTotals(Lines: invoice.Net, Net: invoice.Net, Tax: invoice.Tax, Gross: invoice.Gross, Payable: invoice.Gross),
        };
    }

    /// <summary>BT-126.</summary>
    internal static string IdOf(InvoiceLine line) => line.Position.ToString(CultureInfo.InvariantCulture);

    private static decimal TaxOf(Invoice invoice, TaxSubtotal subtotal) =>
        invoice.Taxes.Where(t => LineTax.Of(t.Treatment, t.Rate, t.ExemptionReason) is var tax && (tax.Category, tax.Rate ?? 0) == (subtotal.Category, subtotal.Rate)).Sum(t => t.Tax);

    private static EInvoiceParty Party(InvoiceParty party) => new()
    {
        Name = party.Name,
        Endpoint = party is { ElectronicAddressScheme: { } scheme, ElectronicAddress: { } address } ? new Endpoint(scheme, address) : null,
        Identifier = party.Identifier,
        Address = party.Address,
        VatId = party.VatId,
        TaxNumber = party.TaxNumber,
        RegisterNumber = party.RegisterNumber,
        Contact = party.Contact is { } contact ? new EInvoiceContact(contact.Name, contact.Phone, contact.Email) : null,
    };

    private static EInvoiceLine Line(Invoice invoice, InvoiceLine line) => new()
    {
        Id = IdOf(line),
        Note = invoice is { InvoiceKind: InvoiceKind.CreditNote, Corrects: { } credited } ? $"Korrektur der Position {IdOf(line)} der Rechnung {credited.Number}" : null,
        Name = line.Description,
        Quantity = line.Quantity,
        UnitCode = line.UnitCode,
        Price = line.UnitPrice,
        BaseQuantity = line.BaseQuantity,
        Net = line.Net,
        Period = new ServicePeriod(line.PeriodFrom, line.PeriodTo),
        Tax = LineTax.Of(line.TaxTreatment, line.TaxRate, line.ExemptionReason),
        Attributes = line.Attributes,
        Steps = line.Steps,
    };
}

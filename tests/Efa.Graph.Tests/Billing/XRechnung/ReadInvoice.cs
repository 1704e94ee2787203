using System.Globalization;
using System.Xml.Linq;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Organisations;

namespace Efa.Graph.Tests.Billing.XRechnung;

/// <summary>An invoice as its receiver reads it from the bytes, with nothing of the code that writes them.</summary>
internal static class ReadInvoice
{
    private static readonly XNamespace Cac = WrittenXml.Cac;
    private static readonly XNamespace Cbc = WrittenXml.Cbc;

    public static EInvoice Of(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        XElement root = XDocument.Load(stream).Root!;
        XElement totals = root.Element(Cac + "LegalMonetaryTotal")!, tax = root.Element(Cac + "TaxTotal")!, means = root.Element(Cac + "PaymentMeans")!;
        bool credit = root.Name.LocalName == "CreditNote";
        return new EInvoice
        {
            Kind = (root.Name.LocalName, Text(root, credit ? "CreditNoteTypeCode" : "InvoiceTypeCode")) switch
            {
                ("Invoice", "380") => InvoiceKind.Invoice,
                ("CreditNote", "381") => InvoiceKind.CreditNote,
                ("Invoice", "384") => InvoiceKind.Correction,
                var other => throw new InvalidDataException($"{other} is no invoice."),
            },
            Number = Text(root, "ID"),
            IssuedOn = Day(root, "IssueDate")!.Value,
            DueOn = credit ? Day(means, "PaymentDueDate") : Day(root, "DueDate"),
            Notes = [.. root.Elements(Cbc + "Note").Select(note => new DocumentNote(note.Value[5..], note.Value[1..4]))],
            Corrects = root.Element(Cac + "BillingReference")?.Element(Cac + "InvoiceDocumentReference") is { } preceding ? new PrecedingInvoice(Text(preceding, "ID")!, Day(preceding, "IssueDate")!.Value) : null,
            BuyerReference = Text(root, "BuyerReference"),
            ContractReference = Id(root, "ContractDocumentReference"),
            PurchaseOrder = Id(root, "OrderReference"),
            SalesOrder = root.Element(Cac + "OrderReference") is { } order ? Text(order, "SalesOrderID") : null,
            Period = Period(root),
            Seller = Party(root.Element(Cac + "AccountingSupplierParty")!),
            Buyer = Party(root.Element(Cac + "AccountingCustomerParty")!),
            Payment = new PaymentMeans(Text(means, "PaymentMeansCode")!, Text(means, "PaymentID"), Id(means, "PayeeFinancialAccount")),
            PaymentTerms = Text(root.Element(Cac + "PaymentTerms")!, "Note"),
            Lines = [.. root.Elements(Cac + (credit ? "CreditNoteLine" : "InvoiceLine")).Select(Line)],
            Taxes = [.. tax.Elements(Cac + "TaxSubtotal").Select(Subtotal)],
            Totals = new DocumentTotals(
                Number(totals, "LineExtensionAmount"), Number(totals, "AllowanceTotalAmount"), Number(totals, "TaxExclusiveAmount"), Number(tax, "TaxAmount"),
                Number(totals, "TaxInclusiveAmount"), Number(totals, "PayableAmount")),
        };
    }

    private static EInvoiceParty Party(XElement role)
    {
        XElement party = role.Element(Cac + "Party")!, address = party.Element(Cac + "PostalAddress")!, endpoint = party.Element(Cbc + "EndpointID")!, entity = party.Element(Cac + "PartyLegalEntity")!;
        Dictionary<string, string> numbers = party.Elements(Cac + "PartyTaxScheme").ToDictionary(s => Id(s, "TaxScheme")!, s => Text(s, "CompanyID")!);
        return new EInvoiceParty
        {
            Name = Text(entity, "RegistrationName")!,
            RegisterNumber = Text(entity, "CompanyID"),
            Endpoint = new Endpoint(endpoint.Attribute("schemeID")!.Value, endpoint.Value),
            Identifier = Id(party, "PartyIdentification"),
            Address = new PostalAddress(Text(address, "StreetName")!, Text(address, "PostalZone")!, Text(address, "CityName")!, Text(address.Element(Cac + "Country")!, "IdentificationCode")!),
            VatId = numbers.GetValueOrDefault("VAT"),
            TaxNumber = numbers.GetValueOrDefault("FC"),
            Contact = party.Element(Cac + "Contact") is { } contact ? new EInvoiceContact(Text(contact, "Name"), Text(contact, "Telephone"), Text(contact, "ElectronicMail")) : null,
        };
    }

    private static EInvoiceLine Line(XElement line)
    {
        string quantityName = line.Name.LocalName == "CreditNoteLine" ? "CreditedQuantity" : "InvoicedQuantity";
        XElement quantity = line.Element(Cbc + quantityName)!, item = line.Element(Cac + "Item")!, price = line.Element(Cac + "Price")!;
        XElement tax = item.Element(Cac + "ClassifiedTaxCategory")!;
        return new EInvoiceLine
        {
            Id = Text(line, "ID")!,
            Note = Text(line, "Note"),
            Quantity = Number(line, quantityName),
            UnitCode = quantity.Attribute("unitCode")!.Value,
            Net = Number(line, "LineExtensionAmount"),
            Period = Period(line),
            Name = Text(item, "Name")!,
            Tax = new LineTax(Enum.Parse<VatCategory>(Text(tax, "ID")!), tax.Element(Cbc + "Percent") is null ? null : Number(tax, "Percent")),
            Attributes = [.. item.Elements(Cac + "AdditionalItemProperty").Select(a => new ItemAttribute(Text(a, "Name")!, Text(a, "Value")!))],
            Price = Number(price, "PriceAmount"),
            BaseQuantity = price.Element(Cbc + "BaseQuantity") is null ? 1 : Number(price, "BaseQuantity"),
        };
    }

    private static TaxSubtotal Subtotal(XElement subtotal)
    {
        XElement category = subtotal.Element(Cac + "TaxCategory")!;
        return new TaxSubtotal(
            Enum.Parse<VatCategory>(Text(category, "ID")!), Number(category, "Percent"), Number(subtotal, "TaxableAmount"), Number(subtotal, "TaxAmount"),
            Text(category, "TaxExemptionReasonCode"), Text(category, "TaxExemptionReason"));
    }

    private static ServicePeriod? Period(XElement parent) =>
        parent.Element(Cac + "InvoicePeriod") is { } period ? new ServicePeriod(Day(period, "StartDate")!.Value, Day(period, "EndDate")!.Value) : null;

    private static string? Text(XElement parent, string name) => parent.Element(Cbc + name)?.Value;

    private static string? Id(XElement parent, string group) => parent.Element(Cac + group)?.Element(Cbc + "ID")?.Value;

    private static decimal Number(XElement parent, string name) => WrittenXml.Amount(parent, name);

    private static DateOnly? Day(XElement parent, string name) => Text(parent, name) is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
}

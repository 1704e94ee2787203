namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Writes lines.</summary>
internal static class LineXml
{
    public static void Write(UblXml xml, EInvoiceLine line, bool credit) => xml.Group(credit ? "CreditNoteLine" : "InvoiceLine", () =>
    {
        xml.Text("ID", line.Id);
        xml.Text("Note", line.Note);
        xml.Quantity(credit ? "CreditedQuantity" : "InvoicedQuantity", line.Quantity, line.UnitCode);
        xml.Amount("LineExtensionAmount", line.Net);
        xml.Period(line.Period);
        xml.Group("Item", () => Item(xml, line));
        xml.Group("Price", () =>
        {
            xml.Price("PriceAmount", line.Price);
            if (line.BaseQuantity != 1) xml.Quantity("BaseQuantity", line.BaseQuantity, line.UnitCode);
        });
    });

    private static void Item(UblXml xml, EInvoiceLine line)
    {
        xml.Text("Description", line.Description);
        xml.Text("Name", line.Name);
        xml.IdGroup("SellersItemIdentification", line.ItemNumber);
        xml.TaxCategory("ClassifiedTaxCategory", line.Tax.Category, line.Tax.Rate);
        foreach (ItemAttribute attribute in line.Attributes)
        {
            xml.Group("AdditionalItemProperty", () =>
            {
                xml.Text("Name", attribute.Name);
                xml.Text("Value", attribute.Value);
            });
        }
    }
}

using Efa.Marketplace.Organisations;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Writes seller and buyer.</summary>
internal static class PartyXml
{
    public static void Seller(UblXml xml, EInvoiceParty seller) =>
        xml.Group("AccountingSupplierParty", () => xml.Group("Party", () => Party(xml, seller, seller.TaxNumber, seller.LegalInformation)));

    // A buyer has neither BT-32 nor BT-33.
    public static void Buyer(UblXml xml, EInvoiceParty buyer) =>
        xml.Group("AccountingCustomerParty", () => xml.Group("Party", () => Party(xml, buyer, taxNumber: null, legalInformation: null)));

    private static void Party(UblXml xml, EInvoiceParty party, string? taxNumber, string? legalInformation)
    {
        xml.Text("EndpointID", party.Endpoint?.Value, "schemeID", party.Endpoint?.Scheme);
        xml.IdGroup("PartyIdentification", party.Identifier);
        xml.GroupIf("PostalAddress", party.Address, address => Address(xml, address));
        TaxScheme(xml, party.VatId, "VAT");
        TaxScheme(xml, taxNumber, "FC");
        xml.Group("PartyLegalEntity", () =>
        {
            xml.Text("RegistrationName", party.Name);
            xml.Text("CompanyID", party.RegisterNumber);
            xml.Text("CompanyLegalForm", legalInformation);
        });
        if (party.Contact is { } contact && !(string.IsNullOrWhiteSpace(contact.Name) && string.IsNullOrWhiteSpace(contact.Phone) && string.IsNullOrWhiteSpace(contact.Email)))
        {
            xml.Group("Contact", () =>
            {
                xml.Text("Name", contact.Name);
                xml.Text("Telephone", contact.Phone);
                xml.Text("ElectronicMail", contact.Email);
            });
        }
    }

    private static void Address(UblXml xml, PostalAddress address)
    {
        xml.Text("StreetName", address.Street);
        xml.Text("CityName", address.City);
        xml.Text("PostalZone", address.PostalCode);
        xml.GroupIf("Country", address.CountryCode, code => xml.Text("IdentificationCode", code));
    }

    private static void TaxScheme(UblXml xml, string? number, string scheme) => xml.GroupIf("PartyTaxScheme", number, n =>
    {
        xml.Text("CompanyID", n);
        xml.IdGroup("TaxScheme", scheme);
    });
}

using Efa.Marketplace.Organisations;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Rules for the seller.</summary>
internal static class SellerRules
{
    public static readonly InvoiceRule Name = new("BR-06", RuleSubject.Seller, "name",
        "Dem Anbieter fehlt der Name (BT-27).", "The seller has no name (BT-27).");

    public static readonly InvoiceRule Address = new("BR-08", RuleSubject.Seller, "address",
        "Dem Anbieter fehlt die Anschrift (BG-5).", "The seller has no postal address (BG-5).");

    public static readonly InvoiceRule Street = new("EFA-SELLER-STREET", RuleSubject.Seller, "address.street",
        "Der Anschrift des Anbieters fehlt die Straße (§ 14 Abs. 4 Nr. 1 UStG).", "The seller's address has no street (§ 14 (4) no. 1 UStG).");

    public static readonly InvoiceRule City = new("BR-DE-3", RuleSubject.Seller, "address.city",
        "Der Anschrift des Anbieters fehlt der Ort (BT-37).", "The seller's address has no city (BT-37).");

    public static readonly InvoiceRule PostalCode = new("BR-DE-4", RuleSubject.Seller, "address.postalCode",
        "Der Anschrift des Anbieters fehlt die Postleitzahl (BT-38).", "The seller's address has no post code (BT-38).");

    public static readonly InvoiceRule Country = new("BR-09", RuleSubject.Seller, "address.countryCode",
        "Der Anschrift des Anbieters fehlt ein gültiger Ländercode (BT-40).", "The seller's address has no valid country code (BT-40).")
    { AlsoBreaks = ["BR-CL-14"] };

    public static readonly InvoiceRule Endpoint = new("PEPPOL-EN16931-R020", RuleSubject.Seller, "electronicAddress",
        "Dem Anbieter fehlt die elektronische Adresse (BT-34).", "The seller has no electronic address (BT-34).")
    { AlsoBreaks = ["BR-62"] };

    public static readonly InvoiceRule EndpointScheme = new("BR-CL-25", RuleSubject.Seller, "electronicAddress.scheme",
        "Unbekanntes Schema der elektronischen Adresse des Anbieters: {0}.", "Unknown scheme of the seller's electronic address: {0}.");

    public static readonly InvoiceRule EndpointValue = new("EFA-ELECTRONIC-ADDRESS", RuleSubject.Seller, "electronicAddress.value",
        "Die elektronische Adresse {0} des Anbieters passt nicht zu ihrem Schema.", "The seller's electronic address {0} does not fit its scheme.");

    public static readonly InvoiceRule Identification = new("BR-CO-26", RuleSubject.Seller, "registerNumber",
        "Dem Anbieter fehlt eine Kennung: Lieferantennummer, Registernummer oder USt-IdNr.", "The seller has no identifier: supplier number, register number or VAT id.");

    public static readonly InvoiceRule VatIdForm = new("BR-CO-09", RuleSubject.Seller, "vatId",
        "Die USt-IdNr. {0} des Anbieters beginnt nicht mit ihrem Land oder hat eine falsche Form.", "The seller's VAT id {0} does not begin with its country or has a wrong form.");

    public static readonly InvoiceRule Contact = new("BR-DE-2", RuleSubject.Seller, "contacts",
        "Dem Anbieter fehlt ein Ansprechpartner (BG-6).", "The seller has no contact (BG-6).");

    public static readonly InvoiceRule ContactName = new("BR-DE-5", RuleSubject.Seller, "contacts.name",
        "Dem Ansprechpartner des Anbieters fehlt der Name (BT-41).", "The seller's contact has no name (BT-41).");

    public static readonly InvoiceRule ContactPhone = new("BR-DE-6", RuleSubject.Seller, "contacts.phone",
        "Dem Ansprechpartner des Anbieters fehlt die Telefonnummer (BT-42).", "The seller's contact has no phone number (BT-42).");

    public static readonly InvoiceRule ContactEmail = new("BR-DE-7", RuleSubject.Seller, "contacts.email",
        "Dem Ansprechpartner des Anbieters fehlt die E-Mail-Adresse (BT-43).", "The seller's contact has no e-mail address (BT-43).");

    public static readonly InvoiceRule PhoneForm = new("BR-DE-27", RuleSubject.Seller, "contacts.phone",
        "Die Telefonnummer {0} hat weniger als drei Ziffern.", "The phone number {0} has less than three digits.");

    public static readonly InvoiceRule EmailForm = new("BR-DE-28", RuleSubject.Seller, "contacts.email",
        "{0} ist keine E-Mail-Adresse.", "{0} is no e-mail address.");

    public static IEnumerable<RuleBreach> Check(EInvoice invoice)
    {
        EInvoiceParty seller = invoice.Seller;
        if (string.IsNullOrWhiteSpace(seller.Name)) yield return Name.Broken();
        foreach (InvoiceRule rule in OfAddress(seller.Address)) yield return rule.Broken();
        if (string.IsNullOrWhiteSpace(seller.Endpoint?.Value)) yield return Endpoint.Broken();
        else if (!ElectronicAddresses.IsKnownScheme(seller.Endpoint.Scheme)) yield return EndpointScheme.Broken(seller.Endpoint.Scheme);
        else if (!ElectronicAddresses.IsValid(seller.Endpoint.Scheme, seller.Endpoint.Value)) yield return EndpointValue.Broken(seller.Endpoint.Value);
        if (string.IsNullOrWhiteSpace(seller.Identifier) && string.IsNullOrWhiteSpace(seller.RegisterNumber) && string.IsNullOrWhiteSpace(seller.VatId))
            yield return Identification.Broken();
        if (!string.IsNullOrWhiteSpace(seller.VatId) && !VatId.IsValid(seller.VatId)) yield return VatIdForm.Broken(seller.VatId);
        foreach (RuleBreach breach in OfContact(seller.Contact)) yield return breach;
    }

    private static IEnumerable<InvoiceRule> OfAddress(PostalAddress? address)
    {
        if (address is null)
        {
            yield return Address;
            yield break;
        }
        if (string.IsNullOrWhiteSpace(address.Street)) yield return Street;
        if (string.IsNullOrWhiteSpace(address.City)) yield return City;
        if (string.IsNullOrWhiteSpace(address.PostalCode)) yield return PostalCode;
        if (!CountryCodes.IsKnown(address.CountryCode)) yield return Country;
    }

    private static IEnumerable<RuleBreach> OfContact(EInvoiceContact? contact)
    {
        if (contact is null)
        {
            yield return Contact.Broken();
            yield break;
        }
        if (string.IsNullOrWhiteSpace(contact.Name)) yield return ContactName.Broken();
        if (string.IsNullOrWhiteSpace(contact.Phone)) yield return ContactPhone.Broken();
        else if (contact.Phone.Count(char.IsAsciiDigit) < 3) yield return PhoneForm.Broken(contact.Phone);
        if (string.IsNullOrWhiteSpace(contact.Email)) yield return ContactEmail.Broken();
        else if (!ElectronicAddresses.IsEmail(contact.Email)) yield return EmailForm.Broken(contact.Email);
    }
}

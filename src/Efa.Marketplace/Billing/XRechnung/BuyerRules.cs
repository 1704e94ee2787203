using Efa.Marketplace.Organisations;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Rules for the buyer.</summary>
internal static class BuyerRules
{
    public static readonly InvoiceRule Reference = new("BR-DE-15", RuleSubject.Buyer, "leitwegId",
        "Der Empfängerin fehlt die Leitweg-ID (BT-10).", "The buyer has no Leitweg-ID (BT-10).");

    public static readonly InvoiceRule ReferenceForm = new("EFA-LEITWEG-ID", RuleSubject.Buyer, "leitwegId",
        "{0} ist keine Leitweg-ID mit richtigen Prüfziffern.", "{0} is no Leitweg-ID with right check digits.");

    public static readonly InvoiceRule Name = new("BR-07", RuleSubject.Buyer, "name",
        "Der Empfängerin fehlt der Name (BT-44).", "The buyer has no name (BT-44).");

    public static readonly InvoiceRule Address = new("BR-10", RuleSubject.Buyer, "address",
        "Der Empfängerin fehlt die Anschrift (BG-8).", "The buyer has no postal address (BG-8).");

    public static readonly InvoiceRule Street = new("EFA-BUYER-STREET", RuleSubject.Buyer, "address.street",
        "Der Anschrift der Empfängerin fehlt die Straße (§ 14 Abs. 4 Nr. 1 UStG).", "The buyer's address has no street (§ 14 (4) no. 1 UStG).");

    public static readonly InvoiceRule City = new("BR-DE-8", RuleSubject.Buyer, "address.city",
        "Der Anschrift der Empfängerin fehlt der Ort (BT-52).", "The buyer's address has no city (BT-52).");

    public static readonly InvoiceRule PostalCode = new("BR-DE-9", RuleSubject.Buyer, "address.postalCode",
        "Der Anschrift der Empfängerin fehlt die Postleitzahl (BT-53).", "The buyer's address has no post code (BT-53).");

    public static readonly InvoiceRule Country = new("BR-11", RuleSubject.Buyer, "address.countryCode",
        "Der Anschrift der Empfängerin fehlt ein gültiger Ländercode (BT-55).", "The buyer's address has no valid country code (BT-55).")
    { AlsoBreaks = ["BR-CL-14"] };

    public static readonly InvoiceRule Endpoint = new("PEPPOL-EN16931-R010", RuleSubject.Buyer, "electronicAddress",
        "Der Empfängerin fehlt die elektronische Adresse (BT-49).", "The buyer has no electronic address (BT-49).")
    { AlsoBreaks = ["BR-63"] };

    public static readonly InvoiceRule EndpointScheme = new("BR-CL-25", RuleSubject.Buyer, "electronicAddress.scheme",
        "Unbekanntes Schema der elektronischen Adresse der Empfängerin: {0}.", "Unknown scheme of the buyer's electronic address: {0}.");

    public static readonly InvoiceRule EndpointValue = new("EFA-ELECTRONIC-ADDRESS", RuleSubject.Buyer, "electronicAddress.value",
        "Die elektronische Adresse {0} der Empfängerin passt nicht zu ihrem Schema.", "The buyer's electronic address {0} does not fit its scheme.");

    public static readonly InvoiceRule VatIdForm = new("BR-CO-09", RuleSubject.Buyer, "vatId",
        "Die USt-IdNr. {0} der Empfängerin beginnt nicht mit ihrem Land oder hat eine falsche Form.", "The buyer's VAT id {0} does not begin with its country or has a wrong form.");

    public static IEnumerable<RuleBreach> Check(EInvoice invoice)
    {
        EInvoiceParty buyer = invoice.Buyer;
        if (string.IsNullOrWhiteSpace(invoice.BuyerReference)) yield return Reference.Broken();
        else if (!LeitwegId.IsValid(invoice.BuyerReference)) yield return ReferenceForm.Broken(invoice.BuyerReference);
        if (string.IsNullOrWhiteSpace(buyer.Name)) yield return Name.Broken();
        foreach (InvoiceRule rule in OfAddress(buyer.Address)) yield return rule.Broken();
        if (string.IsNullOrWhiteSpace(buyer.Endpoint?.Value)) yield return Endpoint.Broken();
        else if (!ElectronicAddresses.IsKnownScheme(buyer.Endpoint.Scheme)) yield return EndpointScheme.Broken(buyer.Endpoint.Scheme);
        else if (!ElectronicAddresses.IsValid(buyer.Endpoint.Scheme, buyer.Endpoint.Value)) yield return EndpointValue.Broken(buyer.Endpoint.Value);
        if (!string.IsNullOrWhiteSpace(buyer.VatId) && !VatId.IsValid(buyer.VatId)) yield return VatIdForm.Broken(buyer.VatId);
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
}

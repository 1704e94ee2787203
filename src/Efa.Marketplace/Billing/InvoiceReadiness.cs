using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;

namespace Efa.Marketplace.Billing;

/// <summary>What an invoice by law and EN 16931 must say of its parties, and what of that is not known.</summary>
internal static class InvoiceReadiness
{
    public static IEnumerable<ErrorCode> MissingOfSeller(Organisation seller)
    {
        if (!IsComplete(seller.Address)) yield return BillingRefusals.SellerAddressMissing;
        if (!HasElectronicAddress(seller)) yield return BillingRefusals.SellerElectronicAddressMissing;
        if (seller.VatId is null && seller.TaxNumber is null) yield return BillingRefusals.SellerTaxNumberMissing;
        if (seller.Iban is null) yield return BillingRefusals.SellerIbanMissing;
        if (!seller.Contacts.Any(c => c.Purpose is ContactPurpose.Invoicing or ContactPurpose.General && c.Phone is not null)) yield return BillingRefusals.SellerContactMissing;
    }

    public static IEnumerable<ErrorCode> MissingOfBuyer(Organisation buyer)
    {
        if (buyer.LeitwegId is null) yield return BillingRefusals.BuyerLeitwegIdMissing;
        if (!IsComplete(buyer.Address)) yield return BillingRefusals.BuyerAddressMissing;
        if (!HasElectronicAddress(buyer)) yield return BillingRefusals.BuyerElectronicAddressMissing;
    }

    private static bool IsComplete(PostalAddress? address) => address is { Street.Length: > 0, PostalCode.Length: > 0, City.Length: > 0 };

    private static bool HasElectronicAddress(Organisation organisation) => organisation is { ElectronicAddressScheme: not null, ElectronicAddress: not null };
}

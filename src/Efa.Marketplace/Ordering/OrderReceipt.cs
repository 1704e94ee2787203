using System.Text.Json;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;

namespace Efa.Marketplace.Ordering;

/// <summary>What the receipt of a binding order says: parties, version, terms and prices by ids and hashes, and why the order was allowed.</summary>
/// <param name="Quote">As ordered, with every line; what each bill is computed from is <paramref name="PricingSha256"/>.</param>
public sealed record OrderReceipt(
    string Number,
    string Offer,
    int OfferVersion,
    string OfferVersionHash,
    string Seller,
    string Supplier,
    string OrderedBy,
    IReadOnlyList<string> UsedBy,
    string BillTo,
    DateOnly StartsOn,
    string? PackageCode,
    int? ExpectedUses,
    IReadOnlyList<ReceiptTerms> Terms,
    ReceiptEligibility Eligibility,
    JsonElement Quote,
    string PricingSha256)
{
    public static OrderReceipt Of(Order order, int offerVersion, string offerVersionHash, IEnumerable<TermsDocument> terms)
    {
        Eligibility eligibility = order.KeptEligibility();
        return new OrderReceipt(
            order.Number!, TypeId.Encode(IdPrefix.Offer, order.OfferId), offerVersion, offerVersionHash, Organisation(order.SellerId), Organisation(order.SupplierId),
            Organisation(order.OrderedById), [.. order.Users.OrderBy(u => u.Position).Select(u => Organisation(u.OrganisationId))], Organisation(order.BillToId),
            order.StartsOn, order.PackageCode, order.ExpectedUses, [.. terms.Select(t => new ReceiptTerms(TypeId.Encode(IdPrefix.Terms, t.Id), t.Sha256))],
            new ReceiptEligibility(eligibility.Basis, eligibility.Reasons, eligibility.Chain, eligibility.CheckedAt), JsonDocument.Parse(order.QuoteJson).RootElement,
            Evidence.CanonicalJson.HashOf(order.PricingJson));
    }

    private static string Organisation(Guid id) => TypeId.Encode(IdPrefix.Organisation, id);
}

/// <summary>A document that was accepted, by its bytes.</summary>
public sealed record ReceiptTerms(string Document, string Sha256);

/// <summary>Why the order was allowed in-house.</summary>
public sealed record ReceiptEligibility(EligibilityBasis? Basis, IReadOnlyList<string> Reasons, IReadOnlyList<EligibilityLink> Chain, DateTimeOffset CheckedAt);

using System.Text.Json;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>What the receipt of a binding order says: parties, version, terms and prices by ids and hashes, and why the order was allowed.</summary>
/// <param name="Quote">As ordered, with every line; null for a coordinated order, whose fees stand in the agreed terms.</param>
/// <param name="AgreedTermsSha256">Of the terms that both sides consented to; null for an order at fixed conditions.</param>
/// <param name="PricingSha256">Of what each bill is computed from.</param>
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
    JsonElement? Quote,
    string? AgreedTermsSha256,
    string PricingSha256)
{
    /// <summary>Asks for the receipt of an order, where it binds in this operation and does not wait for approvals.</summary>
    public static async Task SignAsync(Work work, Order order, IReadOnlyList<ReceiptTerms> terms, string? agreedTermsHash, CancellationToken cancellationToken)
    {
        if (order.State != OrderState.Placed) return;
        var version = await work.Context.Set<OfferVersion>().Where(v => v.Id == order.OfferVersionId).Select(v => new { v.Number, v.ContentHash }).SingleAsync(cancellationToken);
        work.Receipt(order, () => Of(order, version.Number, version.ContentHash, terms, agreedTermsHash));
    }

    /// <summary>The same for an order at fixed conditions, whose version is known.</summary>
    public static void Sign(Work work, Order order, OfferVersion version, IReadOnlyList<ReceiptTerms> terms)
    {
        if (order.State == OrderState.Placed) work.Receipt(order, () => Of(order, version.Number, version.ContentHash, terms, agreedTermsHash: null));
    }

    private static OrderReceipt Of(Order order, int versionNumber, string versionHash, IReadOnlyList<ReceiptTerms> terms, string? agreedTermsHash)
    {
        Eligibility eligibility = order.KeptEligibility()!;
        return new OrderReceipt(
            order.Number!, TypeId.Encode(IdPrefix.Offer, order.OfferId), versionNumber, versionHash, Organisation(order.SellerId), Organisation(order.SupplierId),
            Organisation(order.OrderedById), [.. order.Users.OrderBy(u => u.Position).Select(u => Organisation(u.OrganisationId))], Organisation(order.BillToId),
            order.StartsOn!.Value, order.PackageCode, order.ExpectedUses, terms,
            new ReceiptEligibility(eligibility.Basis, eligibility.Reasons, eligibility.Chain, eligibility.CheckedAt),
            order.QuoteJson is { } quote ? JsonDocument.Parse(quote).RootElement : null, agreedTermsHash, CanonicalJson.HashOf(order.PricingJson!));
    }

    private static string Organisation(Guid id) => TypeId.Encode(IdPrefix.Organisation, id);
}

/// <summary>A document that was accepted, by its bytes.</summary>
public sealed record ReceiptTerms(string Document, string Sha256)
{
    public static IReadOnlyList<ReceiptTerms> Of(IEnumerable<TermsDocument> documents) => [.. documents.Select(d => Of(d.Id, d.Sha256))];

    public static ReceiptTerms Of(Guid documentId, string sha256) => new(TypeId.Encode(IdPrefix.Terms, documentId), sha256);
}

/// <summary>Why the order was allowed in-house.</summary>
public sealed record ReceiptEligibility(EligibilityBasis? Basis, IReadOnlyList<string> Reasons, IReadOnlyList<EligibilityLink> Chain, DateTimeOffset CheckedAt);

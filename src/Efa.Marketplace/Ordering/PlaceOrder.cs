using Efa.Marketplace.Catalog;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>Orders a DIRECT offer bindingly, at the price of today's quote and on the terms of today.</summary>
public sealed class PlaceOrder : Operation<PlaceOrder.Input>
{
    public const int PackageCodeLength = 40;

    public sealed record Input(
        Guid OfferId,
        Guid OrderedById,
        IReadOnlyList<Guid>? UsedByIds,
        Guid? BillToId,
        DateOnly StartsOn,
        string? PackageCode,
        int? ExpectedUses,
        string? PurchaseOrderNumber,
        string? SellerNumber,
        string QuoteHash,
        IReadOnlyList<AcceptedTerms> AcceptedTerms,
        bool DeclaresAuthorisedToRepresent);

    public override string Name => "placeOrder";

    public override string Scope => OrderTransitions.Scope;

    public override IEnumerable<Refusal> Check(Input input) =>
    [
        .. Placing.CheckDeclaration(input.DeclaresAuthorisedToRepresent, input.AcceptedTerms),
        .. Placing.CheckUses(input.ExpectedUses),
        .. Placing.CheckUsers(input.UsedByIds),
        .. InputCheck.OptionalText(input.PackageCode, PackageCodeLength, "input", "packageCode"),
        .. Placing.CheckNumbers(input.PurchaseOrderNumber, input.SellerNumber),
    ];

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.Context.OffersVisibleTo(work.Caller).SingleOrDefaultAsync(o => o.Id == input.OfferId, cancellationToken) is not { } offer)
            return new NotFound(["input", "offerId"]);
        if (AgainstOffer(offer) is { } closed) return closed;

        OrderParties parties = OrderParties.Of(input);
        Refusal[] problems = [.. await parties.RefusalsAsync(work, cancellationToken), .. Placing.AgainstStart(input.StartsOn, work.Today)];
        if (problems.Length > 0) return Outcome.Refused(problems);

        Eligibility eligibility = await Placing.EligibilityAsync(work, offer.Id, parties.OrderedById, cancellationToken);
        if (!eligibility.Eligible) return new NotEligible(eligibility);

        var question = new QuoteQuestion(offer.Id, parties.OrderedById, Ars: null, input.UsedByIds, input.StartsOn, input.PackageCode, input.ExpectedUses);
        QuoteAnswer answer = (await work.Context.QuotesAsync([question], work.Now, cancellationToken))[0];
        if (answer.Refusals.Count > 0) return Outcome.Refused([.. answer.Refusals.Select(Here)]);
        // An offer can stop being direct between the two readings.
        if (answer is not { Basis: { } basis, Quote: { Hash: { } hash } quote }) return new Invalid(OrderingRefusals.OfferNotDirect, ["input", "offerId"]);

        ILookup<Guid, TermsDocument> terms = await work.Context.TermsOfVersionsAsync([quote.OfferVersionId], work.Today, cancellationToken);
        TermsDocument[] required = [.. terms[quote.OfferVersionId]];
        Refusal?[] against = [Placing.AgainstTerms(input.AcceptedTerms, required), hash == input.QuoteHash ? null : new PriceChanged(quote, basis)];
        Refusal[] changed = [.. against.OfType<Refusal>()];
        if (changed.Length > 0) return Outcome.Refused(changed);

        Order order = Make(input, parties, offer, quote, hash, eligibility, basis, work.Now);
        work.Context.Add(order);
        Placing.Accept(work, order, required);
        Placing.Place(work, order, quote.Years[0].Gross, await Placing.PartiesAsync(work, [order.OrderedById, order.SellerId], cancellationToken));
        await OrderReceipt.SignAsync(work, order, ReceiptTerms.Of(required), agreedTermsHash: null, cancellationToken);
        return Outcome.Done(order.Id);
    }

    private static Refusal? AgainstOffer(Offer offer) =>
        Placing.AgainstState(offer, ["input", "offerId"]) ?? (offer.OrderingMode != OrderingMode.Direct ? new Invalid(OrderingRefusals.OfferNotDirect, ["input", "offerId"]) : null);

    // A quote asks for somebody, an order names its orderer.
    private static Refusal Here(Refusal refusal) => refusal.Path is ["input", "for"] ? refusal with { Path = ["input", "orderedById"] } : refusal;

    private static Order Make(
        Input input, OrderParties parties, Offer offer, Quote quote, string quoteHash, Eligibility eligibility, PricingBasis basis, DateTimeOffset now)
    {
        Guid id = Guid.CreateVersion7(now);
        return new Order
        {
            Id = id,
            Origin = OrderOrigin.Marketplace,
            OfferId = offer.Id,
            OfferVersionId = quote.OfferVersionId,
            SellerId = offer.SellerId,
            SupplierId = offer.SupplierId,
            OrderedById = parties.OrderedById,
            BillToId = parties.BillToId,
            Users = parties.UsersOf(id),
            PurchaseOrderNumber = input.PurchaseOrderNumber,
            SellerNumber = input.SellerNumber,
            StartsOn = input.StartsOn,
            PackageCode = input.PackageCode,
            ExpectedUses = input.ExpectedUses,
            EligibilityJson = CanonicalJson.Write(eligibility),
            QuoteJson = CanonicalJson.Write(quote),
            QuoteHash = quoteHash,
            PricingJson = CanonicalJson.Write(basis),
            CountsUses = basis.Components.Any(PriceCalculator.CountsUses),
            CreatedAt = now,
        };
    }
}

/// <summary>A document that an order accepts, by the hash of what was read.</summary>
public sealed record AcceptedTerms(Guid DocumentId, string Sha256);

using Efa.Marketplace.Catalog;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>The order that was made, or what stands against it.</summary>
internal sealed record PlacedOrder(Order? Order, IReadOnlyList<Refusal> Refusals);

/// <summary>Places orders of DIRECT offers, one or many: read in sets, decided each for itself.</summary>
internal static class DirectOrders
{
    /// <summary>Makes the orders against which nothing stands, and says of the others what does; as many SQL commands for one order as for many.</summary>
    /// <param name="againstTerms">What stands against the acceptance, where an order needs these documents.</param>
    public static async Task<IReadOnlyList<PlacedOrder>> PlaceAsync(
        Work work, IReadOnlyList<DirectOrder> wanted, Func<IReadOnlyList<TermsDocument>, Refusal?> againstTerms, CancellationToken cancellationToken)
    {
        Refusal[][] unsound = [.. wanted.Select(w => w.Check().ToArray())];
        Facts facts = await ReadAsync(work, [.. wanted.Where((_, i) => unsound[i].Length == 0)], cancellationToken);
        return [.. wanted.Select((order, i) => unsound[i].Length > 0 ? new PlacedOrder(null, unsound[i]) : Place(work, order, facts, againstTerms))];
    }

    private static PlacedOrder Place(Work work, DirectOrder wanted, Facts facts, Func<IReadOnlyList<TermsDocument>, Refusal?> againstTerms)
    {
        Refusal[] refusals = [.. Against(work, wanted, facts, againstTerms)];
        if (refusals.Length > 0) return new PlacedOrder(null, refusals);

        (Quote quote, PricingBasis basis) = (facts.Answers[wanted].Quote!, facts.Answers[wanted].Basis!);
        Order order = Make(wanted, facts.Offers[wanted.OfferId], quote, facts.Eligibilities[(wanted.OfferId, wanted.OrderedById)], basis, work.Now);
        TermsDocument[] terms = [.. facts.Terms[quote.OfferVersionId]];
        work.RelyOn(facts.Offers[wanted.OfferId]);
        work.Context.Add(order);
        Placing.Accept(work, order, terms);
        Placing.Place(work, order, quote.Years[0].Gross, facts.Known.Organisations);
        OrderReceipt.Sign(work, order, facts.Versions[quote.OfferVersionId], ReceiptTerms.Of(terms));
        return new PlacedOrder(order, []);
    }

    private static IEnumerable<Refusal> Against(Work work, DirectOrder wanted, Facts facts, Func<IReadOnlyList<TermsDocument>, Refusal?> againstTerms)
    {
        if (!facts.Offers.TryGetValue(wanted.OfferId, out Offer? offer)) return [new NotFound(["input", "offerId"])];
        if (AgainstOffer(offer) is { } closed) return [closed];

        Refusal[] problems = [.. wanted.Parties().Refusals(facts.Known, work.Caller), .. Placing.AgainstStart(wanted.StartsOn, work.Today)];
        if (problems.Length > 0) return problems;

        Eligibility eligibility = facts.Eligibilities[(offer.Id, wanted.OrderedById)];
        if (!eligibility.Eligible) return [new NotEligible(eligibility)];

        QuoteAnswer answer = facts.Answers[wanted];
        if (answer.Refusals.Count > 0) return answer.Refusals.Select(Here);
        // Its version may say other than the offer where one was published meanwhile.
        if (answer is not { Basis: { } basis, Quote: { Hash: { } hash } quote }) return [new Invalid(OrderingRefusals.OfferNotDirect, ["input", "offerId"])];

        Refusal?[] changed = [againstTerms([.. facts.Terms[quote.OfferVersionId]]), hash == wanted.QuoteHash ? null : new PriceChanged(facts.Quoted.TryGetValue(wanted.QuoteHash, out decimal quoted) ? quoted : null, quote, basis)];
        return changed.OfType<Refusal>();
    }

    private static Refusal? AgainstOffer(Offer offer) =>
        Placing.AgainstState(offer, ["input", "offerId"]) ?? (offer.OrderingMode != OrderingMode.Direct ? new Invalid(OrderingRefusals.OfferNotDirect, ["input", "offerId"]) : null);

    // A quote asks for somebody, an order names its orderer.
    private static Refusal Here(Refusal refusal) => refusal.Path is ["input", "for"] ? refusal with { Path = ["input", "orderedById"] } : refusal;

    private static Order Make(DirectOrder wanted, Offer offer, Quote quote, Eligibility eligibility, PricingBasis basis, DateTimeOffset now)
    {
        OrderParties parties = wanted.Parties();
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
            PurchaseOrderNumber = wanted.PurchaseOrderNumber,
            SellerNumber = wanted.SellerNumber,
            StartsOn = wanted.StartsOn,
            PackageCode = wanted.PackageCode,
            ExpectedUses = wanted.ExpectedUses,
            EligibilityJson = CanonicalJson.Write(eligibility),
            QuoteJson = CanonicalJson.Write(quote),
            QuoteHash = quote.Hash,
            PricingJson = CanonicalJson.Write(basis),
            CountsUses = basis.Components.Any(PriceCalculator.CountsUses),
            CreatedAt = now,
        };
    }

    private static async Task<Facts> ReadAsync(Work work, IReadOnlyList<DirectOrder> wanted, CancellationToken cancellationToken)
    {
        Guid[] offerIds = [.. wanted.Select(w => w.OfferId).Distinct()];
        var shown = await work.Context.OffersVisibleTo(work.Caller).Where(o => offerIds.Contains(o.Id))
            .Join(work.Context.Set<OfferVersion>(), o => o.ShownVersionId, v => v.Id, (o, v) => new { Offer = o, Version = v }).ToListAsync(cancellationToken);
        Dictionary<Guid, Offer> offers = shown.ToDictionary(o => o.Offer.Id, o => o.Offer);
        KnownParties known = await KnownParties.ReadAsync(work, [.. wanted.Select(w => w.Parties())], offers.Values.Select(o => o.SellerId), cancellationToken);

        // Nothing is told of what the caller does not see or act for.
        DirectOrder[] own = [.. wanted.Where(w => offers.ContainsKey(w.OfferId) && work.Caller.ActsFor(w.OrderedById)).Distinct()];
        IReadOnlyDictionary<(Guid, Guid), Eligibility> eligibilities =
            await work.Context.OfferEligibilitiesAsync([.. own.Select(w => (w.OfferId, w.OrderedById)).Distinct()], work.Today, work.Now, cancellationToken);
        IReadOnlyList<QuoteAnswer> answers = OfferQuotes.Quotes([.. own.Select(w => w.Question())], shown.Select(o => o.Version), known.Organisations.Values.Select(p => p.Priced), work.Now);
        string[] changed = [.. own.Zip(answers).Where(a => a.Second.Quote is { Hash: { } hash } && hash != a.First.QuoteHash).Select(a => a.First.QuoteHash).Distinct()];
        Guid[] versionIds = [.. answers.Select(a => a.Quote?.OfferVersionId).OfType<Guid>().Distinct()];
        ILookup<Guid, TermsDocument> terms = await work.Context.TermsOfVersionsAsync(versionIds, work.Today, cancellationToken);
        return new Facts(
            offers,
            known,
            eligibilities,
            own.Zip(answers).ToDictionary(),
            changed.Length == 0 ? new Dictionary<string, decimal>() : await KeptQuotes.GrossAsync(work.Context, changed, work.Now, cancellationToken),
            terms,
            shown.ToDictionary(o => o.Version.Id, o => o.Version));
    }

    /// <summary>Everything that is decided from.</summary>
    private sealed record Facts(
        IReadOnlyDictionary<Guid, Offer> Offers,
        KnownParties Known,
        IReadOnlyDictionary<(Guid OfferId, Guid OrganisationId), Eligibility> Eligibilities,
        IReadOnlyDictionary<DirectOrder, QuoteAnswer> Answers,
        IReadOnlyDictionary<string, decimal> Quoted,
        ILookup<Guid, TermsDocument> Terms,
        IReadOnlyDictionary<Guid, OfferVersion> Versions);
}

using System.Globalization;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>Orders a DIRECT offer bindingly, at the price of today's quote and on the terms of today.</summary>
public sealed class PlaceOrder : Operation<PlaceOrder.Input>
{
    public const int MostTerms = 50;
    public const int MostYearsAhead = 2;
    public const int NumberLength = 100;
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

    public override IEnumerable<Refusal> Check(Input input)
    {
        if (!input.DeclaresAuthorisedToRepresent) yield return new Invalid(OrderingRefusals.DeclarationMissing, ["input", "declaresAuthorisedToRepresent"]);
        if (input.UsedByIds is { Count: 0 }) yield return new Invalid(OperationsRefusals.Required, ["input", "usedByIds"]);
        if (input.ExpectedUses is < 0 or > OfferQuotes.MostUses)
            yield return new Invalid(PriceRefusals.ExpectedUsesOutOfRange, ["input", "expectedUses"]) { Values = [OfferQuotes.MostUses] };
        IEnumerable<Refusal> others =
        [
            .. InputCheck.Distinct(input.UsedByIds, OfferQuotes.MostUsers, "input", "usedByIds"),
            .. InputCheck.Distinct([.. input.AcceptedTerms.Select(t => t.DocumentId)], MostTerms, "input", "acceptedTerms"),
            .. InputCheck.OptionalText(input.PackageCode, PackageCodeLength, "input", "packageCode"),
            .. InputCheck.OptionalText(input.PurchaseOrderNumber, NumberLength, "input", "purchaseOrderNumber"),
            .. InputCheck.OptionalText(input.SellerNumber, NumberLength, "input", "sellerNumber"),
        ];
        foreach (Refusal refusal in others) yield return refusal;
    }

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.Context.OffersVisibleTo(work.Caller).SingleOrDefaultAsync(o => o.Id == input.OfferId, cancellationToken) is not { } offer)
            return new NotFound(["input", "offerId"]);
        if (AgainstOffer(offer) is { } closed) return closed;

        OrderParties parties = OrderParties.Of(input);
        Refusal[] problems = [.. await parties.RefusalsAsync(work, cancellationToken), .. AgainstStart(input.StartsOn, work.Today)];
        if (problems.Length > 0) return Outcome.Refused(problems);

        var eligibilities = await work.Context.OfferEligibilitiesAsync([(offer.Id, parties.OrderedById)], work.Today, work.Now, cancellationToken);
        Eligibility eligibility = eligibilities[(offer.Id, parties.OrderedById)];
        if (!eligibility.Eligible) return new NotEligible(eligibility);

        var question = new QuoteQuestion(offer.Id, parties.OrderedById, Ars: null, input.UsedByIds, input.StartsOn, input.PackageCode, input.ExpectedUses);
        QuoteAnswer answer = (await work.Context.QuotesAsync([question], work.Now, cancellationToken))[0];
        if (answer.Refusals.Count > 0) return Outcome.Refused([.. answer.Refusals.Select(Here)]);
        // An offer can stop being direct between the two readings.
        if (answer is not { Basis: { } basis, Quote: { Hash: { } hash } quote }) return new Invalid(OrderingRefusals.OfferNotDirect, ["input", "offerId"]);

        ILookup<Guid, TermsDocument> terms = await work.Context.TermsOfVersionsAsync([quote.OfferVersionId], work.Today, cancellationToken);
        TermsDocument[] required = [.. terms[quote.OfferVersionId]];
        Refusal[] changed = [.. AgainstTerms(input.AcceptedTerms, required), .. hash == input.QuoteHash ? [] : new[] { new PriceChanged(quote, answer.Basis!) }];
        if (changed.Length > 0) return Outcome.Refused(changed);

        Order order = Make(input, parties, offer, quote, hash, eligibility, CanonicalJson.Write(basis), work.Now);
        work.Context.Add(order);
        work.Context.AddRange(required.Select((document, i) => new TermsAcceptance
        {
            OrderId = order.Id,
            TermsId = document.Id,
            Position = i,
            Sha256 = document.Sha256,
            Actor = work.Caller.Id,
            At = work.Now,
        }));
        order.Place(work.Now);
        var version = await work.Context.Set<OfferVersion>().Where(v => v.Id == quote.OfferVersionId).Select(v => new { v.Number, v.ContentHash }).SingleAsync(cancellationToken);
        work.Receipt(order, () => OrderReceipt.Of(order, version.Number, version.ContentHash, required));
        await NumberAsync(order, work, cancellationToken);
        return Outcome.Done(order.Id);
    }

    private static Refusal? AgainstOffer(Offer offer) =>
        offer.State != OfferState.Published
            ? new InvalidState(OrderingRefusals.OfferNotOrderable, ["input", "offerId"], ApiName.Of(offer.State), []) { Values = [ApiName.Of(offer.State)] }
        : offer.OrderingMode != OrderingMode.Direct ? new Invalid(OrderingRefusals.OfferNotDirect, ["input", "offerId"])
        : null;

    private static IEnumerable<Refusal> AgainstStart(DateOnly startsOn, DateOnly today)
    {
        DateOnly last = today.AddYears(MostYearsAhead);
        if (startsOn < today || startsOn > last)
            yield return new Invalid(OrderingRefusals.StartOutOfRange, ["input", "startsOn"]) { Values = [last.ToString("O", CultureInfo.InvariantCulture)] };
    }

    private static IEnumerable<Refusal> AgainstTerms(IReadOnlyList<AcceptedTerms> accepted, TermsDocument[] required)
    {
        if (!accepted.ToHashSet().SetEquals(required.Select(d => new AcceptedTerms(d.Id, d.Sha256))))
            yield return new TermsNotAccepted([.. required.Select(d => d.Id)]);
    }

    // A quote asks for somebody, an order names its orderer.
    private static Refusal Here(Refusal refusal) => refusal.Path is ["input", "for"] ? refusal with { Path = ["input", "orderedById"] } : refusal;

    private static Order Make(
        Input input, OrderParties parties, Offer offer, Quote quote, string quoteHash, Eligibility eligibility, string pricingJson, DateTimeOffset now)
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
            Users = [.. parties.UsedByIds.Select((user, i) => new OrderUser { OrderId = id, OrganisationId = user, Position = i })],
            PurchaseOrderNumber = input.PurchaseOrderNumber,
            SellerNumber = input.SellerNumber,
            StartsOn = input.StartsOn,
            PackageCode = input.PackageCode,
            ExpectedUses = input.ExpectedUses,
            EligibilityJson = CanonicalJson.Write(eligibility),
            QuoteJson = CanonicalJson.Write(quote),
            QuoteHash = quoteHash,
            PricingJson = pricingJson,
            CreatedAt = now,
        };
    }

    // The year is that of placing, on the Berlin calendar.
    private static async Task NumberAsync(Order order, Work work, CancellationToken cancellationToken)
    {
        Selling selling = await work.Context.Set<Organisation>().Where(o => o.Id == order.SellerId).Select(o => o.Selling).SingleAsync(cancellationToken)
            ?? throw new InvalidOperationException($"Seller {order.SellerId} has no selling settings.");
        int year = work.Today.Year;
        work.Number(string.Create(CultureInfo.InvariantCulture, $"orders/{order.SellerId:N}/{year}"),
            number => order.NumberAs(string.Create(CultureInfo.InvariantCulture, $"{selling.NumberPrefix}-{year}-{number:D6}")));
    }
}

/// <summary>A document that an order accepts, by the hash of what was read.</summary>
public sealed record AcceptedTerms(Guid DocumentId, string Sha256);

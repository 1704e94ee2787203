using System.Globalization;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>What the ways of coming to an order have in common: who may, from when, on which terms, and the number that is given when it binds.</summary>
public static class Placing
{
    public const int MostTerms = 50;
    public const int MostYearsAhead = 2;
    public const int NumberLength = 100;

    public static IEnumerable<Refusal> CheckUsers(IReadOnlyList<Guid>? usedByIds)
    {
        if (usedByIds is { Count: 0 }) yield return new Invalid(OperationsRefusals.Required, ["input", "usedByIds"]);
        foreach (Refusal refusal in InputCheck.Distinct(usedByIds, OfferQuotes.MostUsers, "input", "usedByIds")) yield return refusal;
    }

    public static IEnumerable<Refusal> CheckUses(int? expectedUses)
    {
        if (expectedUses is < 0 or > OfferQuotes.MostUses)
            yield return new Invalid(PriceRefusals.ExpectedUsesOutOfRange, ["input", "expectedUses"]) { Values = [OfferQuotes.MostUses] };
    }

    public static IEnumerable<Refusal> CheckNumbers(string? purchaseOrderNumber, string? sellerNumber) =>
    [
        .. InputCheck.OptionalText(purchaseOrderNumber, NumberLength, "input", "purchaseOrderNumber"),
        .. InputCheck.OptionalText(sellerNumber, NumberLength, "input", "sellerNumber"),
    ];

    public static IEnumerable<Refusal> CheckDeclaration(bool declaresAuthorisedToRepresent, IReadOnlyList<AcceptedTerms> accepted)
    {
        if (!declaresAuthorisedToRepresent) yield return new Invalid(OperationsRefusals.DeclarationMissing, ["input", "declaresAuthorisedToRepresent"]);
        foreach (Refusal refusal in InputCheck.Distinct([.. accepted.Select(t => t.DocumentId)], MostTerms, "input", "acceptedTerms")) yield return refusal;
    }

    public static Refusal? AgainstState(Offer offer, IReadOnlyList<string> path) => offer.State == OfferState.Published ? null
        : new InvalidState(OrderingRefusals.OfferNotOrderable, path, ApiName.Of(offer.State), []) { Values = [ApiName.Of(offer.State)] };

    public static IEnumerable<Refusal> AgainstStart(DateOnly startsOn, DateOnly today)
    {
        DateOnly last = today.AddYears(MostYearsAhead);
        if (startsOn < today || startsOn > last)
            yield return new Invalid(OrderingRefusals.StartOutOfRange, ["input", "startsOn"]) { Values = [last.ToString("O", CultureInfo.InvariantCulture)] };
    }

    public static Refusal? AgainstTerms(IReadOnlyList<AcceptedTerms> accepted, IReadOnlyList<TermsDocument> required) =>
        accepted.ToHashSet().SetEquals(required.Select(d => new AcceptedTerms(d.Id, d.Sha256))) ? null : new TermsNotAccepted([.. required.Select(d => d.Id)]);

    /// <summary>The same, where what others need may be accepted beside.</summary>
    public static Refusal? AgainstMissingTerms(IReadOnlyList<AcceptedTerms> accepted, IReadOnlyList<TermsDocument> required) =>
        accepted.ToHashSet().IsSupersetOf(required.Select(d => new AcceptedTerms(d.Id, d.Sha256))) ? null : new TermsNotAccepted([.. required.Select(d => d.Id)]);

    public static async Task<Eligibility> EligibilityAsync(Work work, Guid offerId, Guid orderedById, CancellationToken cancellationToken) =>
        (await work.Context.OfferEligibilitiesAsync([(offerId, orderedById)], work.Today, work.Now, cancellationToken))[(offerId, orderedById)];

    /// <summary>Keeps as evidence which documents the order accepts.</summary>
    public static void Accept(Work work, Order order, IReadOnlyList<TermsDocument> documents) => work.Context.AddRange(documents.Select((document, i) => new TermsAcceptance
    {
        OrderId = order.Id,
        TermsId = document.Id,
        Position = i,
        Sha256 = document.Sha256,
        Actor = work.Caller.Id,
        At = work.Now,
    }));

    /// <summary>The organisations that decide how orders are placed: sellers, who number them, and orderers, who may want them approved; one SQL command.</summary>
    public static async Task<IReadOnlyDictionary<Guid, PlacingParty>> PartiesAsync(Work work, IEnumerable<Guid> organisationIds, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. organisationIds.Distinct()];
        return await work.Context.Set<Organisation>().Where(o => ids.Contains(o.Id))
            .Select(o => new PlacingParty(o.Id, o.Selling, o.ApprovalRules, new QuotedParty(o.Id, o.OrganisationKind, o.Ars, o.Population, o.PopulationOn))).ToDictionaryAsync(p => p.Id, cancellationToken);
    }

    /// <summary>Binds the order, or has it wait for the approvals that its orderer wants for an amount.</summary>
    public static void Place(Work work, Order order, decimal amount, IReadOnlyDictionary<Guid, PlacingParty> parties)
    {
        order.Place(work.Caller.Id, ApprovalRule.Needed(parties[order.OrderedById].ApprovalRules, amount), work.Now);
        if (order.State == OrderState.Placed) Number(work, order, parties);
    }

    /// <summary>Has an order that binds numbered.</summary>
    public static void Number(Work work, Order order, IReadOnlyDictionary<Guid, PlacingParty> parties) => Number(work, parties[order.SellerId], "orders", "", order.NumberAs);

    /// <summary>Has a thing numbered in a series of a seller and of the calendar year in Berlin.</summary>
    /// <param name="mark">Stands between the seller's prefix and the year.</param>
    public static void Number(Work work, PlacingParty seller, string series, string mark, Action<string> assign)
    {
        Selling selling = seller.Selling ?? throw new InvalidOperationException($"Seller {seller.Id} has no selling settings.");
        int year = work.Today.Year;
        work.Number(string.Create(CultureInfo.InvariantCulture, $"{series}/{seller.Id:N}/{year}"),
            number => assign(string.Create(CultureInfo.InvariantCulture, $"{selling.NumberPrefix}{mark}-{year}-{number:D6}")));
    }
}

/// <summary>What an organisation says of the placing of orders, as a seller and as an orderer.</summary>
/// <param name="Priced">What its prices are computed from.</param>
public sealed record PlacingParty(Guid Id, Selling? Selling, IReadOnlyList<ApprovalRule> ApprovalRules, QuotedParty Priced);

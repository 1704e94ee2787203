using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>Quotes offers.</summary>
public static class OfferQuotes
{
    public const int MostUsers = 200;
    public const int MostYears = 10;
    public const int MostUses = 10_000_000;

    /// <summary>A quote holds to the end of this day (Europe/Berlin), counted from the day after it was made.</summary>
    public const int ValidDays = 30;

    private const int LongestList = 500;

    /// <summary>Answers any number of questions, in their order, with the same few SQL commands: two, and one more for each further 500 organisations named.</summary>
    public static async Task<IReadOnlyList<QuoteAnswer>> QuotesAsync(
        this MarketContext context, IReadOnlyList<QuoteQuestion> questions, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Guid[] offerIds = [.. questions.Select(q => q.OfferId).Distinct()];
        Dictionary<Guid, QuotedOffer> offers = [];
        foreach (Guid[] ids in offerIds.Chunk(LongestList))
            foreach (QuotedOffer offer in await context.Set<Offer>().Where(o => ids.Contains(o.Id))
                .Join(context.Set<OfferVersion>(), o => o.ShownVersionId, v => v.Id, (o, v) => new QuotedOffer(o.Id, v.Id, v.ContentHash, v.OrderingMode, v.Prices))
                .ToListAsync(cancellationToken))
                offers.Add(offer.Id, offer);

        return Answers(questions, offers, await QuoteParties.ReadAsync(context, questions, LongestList, cancellationToken), now);
    }

    /// <summary>The same where versions and organisations are known; no SQL command.</summary>
    /// <param name="questions">For organisations, and not for regional keys.</param>
    internal static IReadOnlyList<QuoteAnswer> Quotes(IReadOnlyList<QuoteQuestion> questions, IEnumerable<OfferVersion> versions, IEnumerable<QuotedParty> parties, DateTimeOffset now) =>
        Answers(questions, versions.ToDictionary(v => v.OfferId, v => new QuotedOffer(v.OfferId, v.Id, v.ContentHash, v.OrderingMode, v.Prices)), new QuoteParties(parties, []), now);

    private static IReadOnlyList<QuoteAnswer> Answers(IReadOnlyList<QuoteQuestion> questions, Dictionary<Guid, QuotedOffer> offers, QuoteParties parties, DateTimeOffset now)
    {
        DateTimeOffset validUntil = BerlinCalendar.StartOf(BerlinCalendar.DayOf(now).AddDays(ValidDays + 1));
        return [.. questions.Select(q => offers.TryGetValue(q.OfferId, out QuotedOffer? offer) ? Answer(q, offer, parties, validUntil) : Refused(new NotFound(["input", "offerId"])))];
    }

    private static QuoteAnswer Answer(QuoteQuestion question, QuotedOffer offer, QuoteParties parties, DateTimeOffset validUntil)
    {
        Refusal[] problems = [.. Check(question), .. parties.Unknown(question)];
        if (problems.Length > 0) return Refused(problems);

        IReadOnlyList<PricedUser> users = parties.UsersOf(question);
        var basis = new PricingBasis(SharedCostWeights.Filled(offer.Prices, users), users, question.PackageCode, question.ExpectedUses);
        problems = [.. PriceObstacles.Of(basis).Select(o => new Invalid(ErrorCodes.Named(o.Code), PathOf(o, question)))];
        return problems.Length > 0 ? Refused(problems) : new QuoteAnswer(Make(question, offer, basis, validUntil), basis, []);
    }

    private static IEnumerable<Refusal> Check(QuoteQuestion question)
    {
        if (question.OrganisationId is null && question.Ars is null) yield return new Invalid(OperationsRefusals.Required, ["input", "for"]);
        if (question.Years is < 1 or > MostYears || question.StartsOn.Year + question.Years - 1 > DateOnly.MaxValue.Year)
            yield return new Invalid(CatalogRefusals.YearsOutOfRange, ["input", "years"]);
        if (question.ExpectedUses is < 0 or > MostUses)
            yield return new Invalid(PriceRefusals.ExpectedUsesOutOfRange, ["input", "expectedUses"]) { Values = [MostUses] };
        foreach (Refusal refusal in InputCheck.Distinct(question.UsedByIds, MostUsers, "input", "usedByIds")) yield return refusal;
    }

    /// <summary>From a place in the basis to the place in the question that it comes from.</summary>
    private static string[] PathOf(PriceProblem obstacle, QuoteQuestion question) => obstacle.Path switch
    {
        ["packageCode"] => ["input", "packageCode"],
        ["users", var position] => question.UsedByIds is { Count: > 0 } ? ["input", "usedByIds", position] : ["input", "for"],
        _ => [],
    };

    private static Quote Make(QuoteQuestion question, QuotedOffer offer, PricingBasis basis, DateTimeOffset validUntil)
    {
        IReadOnlyList<PriceLine> once = PriceCalculator.OneTime(basis, question.StartsOn);
        QuoteYear[] years = [.. Enumerable.Range(question.StartsOn.Year, question.Years).Select(y => Year(y, question.StartsOn, basis, once))];
        Guid[] usedByIds = [.. basis.Users.Select(u => u.OrganisationId).OfType<Guid>()];
        bool orderable = question.OrganisationId is not null && offer.OrderingMode == OrderingMode.Direct;
        string? hash = !orderable ? null : CanonicalJson.Hash(new
        {
            offerVersionId = offer.VersionId,
            contentHash = offer.ContentHash,
            orderedById = question.OrganisationId,
            usedByIds,
            startsOn = question.StartsOn,
            packageCode = question.PackageCode,
            expectedUses = question.ExpectedUses,
            basis,
        });
        return new Quote(
            offer.Id, offer.VersionId, question.OrganisationId, usedByIds, question.StartsOn, question.PackageCode, question.ExpectedUses, once.Sum(l => l.Net),
            years, years.Sum(y => y.Net), years.Sum(y => y.Tax), years.Sum(y => y.Gross), validUntil, hash);
    }

    private static QuoteYear Year(int year, DateOnly startsOn, PricingBasis basis, IReadOnlyList<PriceLine> once)
    {
        bool first = year == startsOn.Year;
        IReadOnlyList<PriceLine> recurring = PriceCalculator.Recurring(basis, first ? startsOn : new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        IReadOnlyList<PriceLine> lines = first ? [.. recurring, .. once] : recurring;
        decimal net = lines.Sum(l => l.Net);
        decimal tax = PriceCalculator.Taxes(lines).Sum(t => t.Tax);
        return new QuoteYear(year, net, tax, net + tax, lines);
    }

    private static QuoteAnswer Refused(params IReadOnlyList<Refusal> refusals) => new(null, null, refusals);

    private sealed record QuotedOffer(Guid Id, Guid VersionId, string ContentHash, OrderingMode OrderingMode, IReadOnlyList<PriceComponent> Prices);
}

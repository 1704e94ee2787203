using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Catalog;

/// <summary>Whether an organisation may order an offer.</summary>
internal readonly record struct EligibilityAsked(Guid OfferId, Guid SellerId, Guid OrganisationId);

/// <summary>Eligibility for offers, in the same few commands for a whole page; nothing for what the caller may not ask and for unknown organisations.</summary>
internal sealed class OfferEligibilityLoader(IDbContextFactory<MarketContext> contexts, RequestContext request, TimeProvider clock) : Loader<EligibilityAsked, Eligibility>(contexts)
{
    protected override async Task<IReadOnlyDictionary<EligibilityAsked, Eligibility>> FetchAsync(MarketContext context, IReadOnlyList<EligibilityAsked> keys, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DateOnly today = BerlinCalendar.DayOf(now);
        IReadOnlySet<(Guid, Guid)> allowed = await context.AllowedAsync(request.Caller, [.. keys.Select(k => (k.SellerId, k.OrganisationId))], today, cancellationToken);
        EligibilityAsked[] asked = [.. keys.Where(k => allowed.Contains((k.SellerId, k.OrganisationId)))];
        if (asked.Length == 0) return new Dictionary<EligibilityAsked, Eligibility>();
        IReadOnlyDictionary<(Guid, Guid), Eligibility> answers =
            await context.OfferEligibilitiesAsync([.. asked.Select(k => (k.OfferId, k.OrganisationId))], today, now, cancellationToken);
        return asked.Where(k => answers.ContainsKey((k.OfferId, k.OrganisationId))).ToDictionary(k => k, k => answers[(k.OfferId, k.OrganisationId)]);
    }
}

/// <summary>What an offer costs somebody.</summary>
internal sealed record QuoteAsked(QuoteQuestion Question, Guid SellerId);

/// <summary>Quotes of offers, in the same few commands for a whole page; organisations that the caller may not ask for are not found.</summary>
internal sealed class QuoteLoader(IDbContextFactory<MarketContext> contexts, RequestContext request, KeptQuotes kept, TimeProvider clock) : Loader<QuoteAsked, QuoteAnswer>(contexts)
{
    private static readonly QuoteAnswer NotYours = new(null, null, [new NotFound(["input", "for", "organisationId"])]);

    protected override async Task<IReadOnlyDictionary<QuoteAsked, QuoteAnswer>> FetchAsync(MarketContext context, IReadOnlyList<QuoteAsked> keys, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        (Guid, Guid)[] pairs = [.. keys.Where(k => k.Question.OrganisationId is not null).Select(k => (k.SellerId, k.Question.OrganisationId!.Value))];
        IReadOnlySet<(Guid, Guid)> allowed = await context.AllowedAsync(request.Caller, pairs, BerlinCalendar.DayOf(now), cancellationToken);
        QuoteAsked[] asked = [.. keys.Where(k => k.Question.OrganisationId is not { } id || allowed.Contains((k.SellerId, id)))];

        var answers = keys.Except(asked).ToDictionary(k => k, _ => NotYours);
        if (asked.Length == 0) return answers;
        IReadOnlyList<QuoteAnswer> quotes = await context.QuotesAsync([.. asked.Select(k => k.Question)], now, cancellationToken);
        await kept.KeepAsync(quotes.Select(q => q.Quote).OfType<Quote>(), cancellationToken);
        foreach ((QuoteAsked question, QuoteAnswer quote) in asked.Zip(quotes)) answers.Add(question, quote);
        return answers;
    }
}

using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Search;

/// <summary>A title that a half-typed search may mean.</summary>
/// <param name="Offer">Null where several offers have this title.</param>
public sealed record OfferSuggestion(string Text, Offer? Offer);

/// <summary>Completes what someone types into a search field, in one SQL command.</summary>
public static class OfferSuggestions
{
    /// <summary>Titles are told from among so many offers, which bounds the work where one title has hundreds.</summary>
    private const int Considered = 200;

    /// <summary>In the description and the summary there is too much to suggest from.</summary>
    private const int LowestRank = 2;

    public static async Task<IReadOnlyList<OfferSuggestion>> SuggestionsAsync(
        this MarketContext context, Caller caller, string search, int most, CancellationToken cancellationToken)
    {
        var found = await context.FoundOffers(caller, new OfferFilter { Search = search, States = [OfferState.Published] })
            .Where(f => f.Rank >= LowestRank).OrderBy(f => f.Key).ThenBy(f => f.Offer.Id).Take(Considered)
            .Join(context.VersionsVisibleTo(caller), f => f.Offer.ShownVersionId, v => v.Id, (f, v) => new { f.Offer, f.Key, v.Title })
            .OrderBy(f => f.Key).ThenBy(f => f.Offer.Id).ToListAsync(cancellationToken);
        return [.. found.GroupBy(f => f.Key, StringComparer.Ordinal).Take(most)
            .Select(g => new OfferSuggestion(g.First().Title, g.Skip(1).Any() ? null : g.First().Offer))];
    }
}

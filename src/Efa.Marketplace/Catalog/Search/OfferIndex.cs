using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Search;

/// <summary>Keeps the words by which offers are found; called in each transaction that changes what an offer shows.</summary>
public static class OfferIndex
{
    /// <summary>Enters a version that the same transaction adds. It is found once its offer shows it, so it can be entered long before.</summary>
    public static void Enter(this MarketContext context, OfferVersion version, Service service) =>
        context.Add(OfferWords.Of(version, service, stems: !context.MakesStems));

    /// <summary>Enters what offers show now and lets go of their other versions; for offers whose shown version or service has changed.</summary>
    /// <remarks>One SQL command, saved with the context. Services are given with their keys.</remarks>
    public static async Task ReindexAsync(
        this MarketContext context, IReadOnlyCollection<(OfferVersion Shown, Service Service)> offers, CancellationToken cancellationToken)
    {
        if (offers.Count > 0) context.RemoveRange(await context.WriteWordsAsync(offers, cancellationToken));
    }

    /// <summary>Enters versions, or writes their words anew, and answers with the words of other versions of their offers.</summary>
    internal static async Task<IReadOnlyCollection<OfferWords>> WriteWordsAsync(
        this MarketContext context, IReadOnlyCollection<(OfferVersion Version, Service Service)> versions, CancellationToken cancellationToken)
    {
        Guid[] offerIds = [.. versions.Select(v => v.Version.OfferId).Distinct()];
        Dictionary<Guid, OfferWords> entered = await context.Set<OfferWords>().Where(w => offerIds.Contains(w.OfferId))
            .ToDictionaryAsync(w => w.VersionId, cancellationToken);
        foreach ((OfferVersion version, Service service) in versions)
        {
            OfferWords words = OfferWords.Of(version, service, stems: !context.MakesStems);
            if (entered.Remove(version.Id, out OfferWords? known)) known.TakeFrom(words);
            else context.Add(words);
        }
        return entered.Values;
    }
}

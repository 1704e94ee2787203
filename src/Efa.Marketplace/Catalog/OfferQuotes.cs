using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Catalog;

/// <summary>Quotes offers.</summary>
public static class OfferQuotes
{
    /// <summary>Answers any number of questions, in their order, with the same few SQL commands.</summary>
    public static Task<IReadOnlyList<QuoteAnswer>> QuotesAsync(
        this MarketContext context, IReadOnlyList<QuoteQuestion> questions, DateTimeOffset now, CancellationToken cancellationToken) => throw new NotSupportedException();
}

using System.Collections.Concurrent;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Catalog;

/// <summary>What a quote that can be ordered came to, kept until it is no longer valid: an order at another price is told what it was.</summary>
public sealed class KeptQuote
{
    /// <summary>That of the quote.</summary>
    public required string Hash { get; init; }

    /// <summary>Gross, of the first year.</summary>
    public long GrossCents { get; init; }

    public DateTimeOffset ValidUntil { get; init; }
}

/// <summary>Keeps quotes as they are given out.</summary>
public sealed class KeptQuotes(IDbContextFactory<MarketContext> contexts, StoreDialect dialect)
{
    private const int MostRemembered = 10_000;

    // What this node has kept already; whoever asks again costs no write.
    private readonly ConcurrentDictionary<(string Hash, DateTimeOffset ValidUntil), bool> remembered = new();

    /// <summary>One SQL command for any number of quotes, none where all of them are kept.</summary>
    public async Task KeepAsync(IEnumerable<Quote> quotes, CancellationToken cancellationToken)
    {
        // In one order, so that two who keep the same quotes do not wait for each other.
        Quote[] fresh = [.. quotes.Where(q => q.Hash is { } hash && !remembered.ContainsKey((hash, q.ValidUntil))).DistinctBy(q => q.Hash).OrderBy(q => q.Hash, StringComparer.Ordinal)];
        if (fresh.Length == 0) return;
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        await dialect.KeepQuotesAsync(context, [.. fresh.Select(q => (q.Hash!, CentsOf(q), q.ValidUntil))], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (remembered.Count > MostRemembered) remembered.Clear();
        foreach (Quote quote in fresh) remembered.TryAdd((quote.Hash!, quote.ValidUntil), true);
    }

    /// <summary>Gross sums of the first year by hash, of those that are still valid; one SQL command.</summary>
    public static async Task<IReadOnlyDictionary<string, decimal>> GrossAsync(MarketContext context, IReadOnlyCollection<string> hashes, DateTimeOffset now, CancellationToken cancellationToken) =>
        await context.Set<KeptQuote>().Where(q => hashes.Contains(q.Hash) && q.ValidUntil > now).ToDictionaryAsync(q => q.Hash, q => q.GrossCents / 100m, cancellationToken);

    private static long CentsOf(Quote quote) => (long)(quote.Years[0].Gross * 100);
}

/// <summary>Quotes go when they are no longer valid.</summary>
public sealed class QuoteExpiry : Expiry
{
    public override async Task<int> DeleteAsync(MarketContext context, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        string[] over = await context.Set<KeptQuote>().Where(q => q.ValidUntil <= now).OrderBy(q => q.ValidUntil).Take(most).Select(q => q.Hash).ToArrayAsync(cancellationToken);
        return await context.Set<KeptQuote>().Where(q => over.Contains(q.Hash)).ExecuteDeleteAsync(cancellationToken);
    }
}

internal sealed class KeptQuoteStorage : IEntityTypeConfiguration<KeptQuote>
{
    public void Configure(EntityTypeBuilder<KeptQuote> builder)
    {
        builder.ToTable("Quotes");
        builder.HasKey(q => q.Hash);
        builder.Property(q => q.Hash).HasMaxLength(64);
        builder.HasIndex(q => q.ValidUntil);
    }
}

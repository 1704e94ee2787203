using Efa.Marketplace.Catalog;
using Efa.Marketplace.Ordering.Brokers;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>Reads what an order keeps as it was when it bound, whatever has changed since.</summary>
public static class OrderKept
{
    /// <summary>Null where the price was coordinated.</summary>
    public static Quote? KeptQuote(this Order order) => order.QuoteJson is { } json ? MarketJson.Read<Quote>(json) : null;

    public static Eligibility? KeptEligibility(this Order order) => order.EligibilityJson is { } json ? MarketJson.Read<Eligibility>(json) : null;

    /// <summary>Of an order that was placed.</summary>
    public static PricingBasis KeptPricing(this Order order) =>
        MarketJson.Read<PricingBasis>(order.PricingJson ?? throw new InvalidOperationException($"Order {order.Id} was not placed."));

    /// <summary>Ids of the users of orders that the caller sees, in the order's sequence; one SQL command.</summary>
    public static async Task<ILookup<Guid, Guid>> UsersOfOrdersAsync(this MarketContext context, IReadOnlyCollection<Guid> orderIds, CancellationToken cancellationToken) =>
        (await context.Set<OrderUser>().AsNoTracking().Where(u => orderIds.Contains(u.OrderId)).OrderBy(u => u.OrderId).ThenBy(u => u.Position).ToListAsync(cancellationToken))
            .ToLookup(u => u.OrderId, u => u.OrganisationId);

    /// <summary>All terms submitted for orders that the caller sees, newest first; one SQL command.</summary>
    public static async Task<ILookup<Guid, AgreedTerms>> TermsOfOrdersAsync(this MarketContext context, IReadOnlyCollection<Guid> orderIds, CancellationToken cancellationToken) =>
        (await context.Set<AgreedTerms>().AsNoTracking().Where(t => orderIds.Contains(t.OrderId)).OrderBy(t => t.OrderId).ThenByDescending(t => t.Number).ToListAsync(cancellationToken))
            .ToLookup(t => t.OrderId);

    /// <summary>The consents to terms of orders that the caller sees, oldest first; one SQL command.</summary>
    public static async Task<ILookup<Guid, Consent>> ConsentsOfOrdersAsync(this MarketContext context, IReadOnlyCollection<Guid> orderIds, CancellationToken cancellationToken) =>
        (await context.Set<Consent>().AsNoTracking().Where(c => orderIds.Contains(c.OrderId)).OrderBy(c => c.OrderId).ThenBy(c => c.Number).ThenBy(c => c.At).ToListAsync(cancellationToken))
            .ToLookup(c => c.OrderId);

    /// <summary>The agreed fees of orders that the caller sees, in the sequence in which they were recorded; one SQL command.</summary>
    public static async Task<ILookup<Guid, OrderFees>> FeesOfOrdersAsync(this MarketContext context, IReadOnlyCollection<Guid> orderIds, CancellationToken cancellationToken) =>
        (await context.Set<OrderFees>().AsNoTracking().Where(f => orderIds.Contains(f.OrderId)).OrderBy(f => f.OrderId).ThenBy(f => f.Number).ToListAsync(cancellationToken))
            .ToLookup(f => f.OrderId);

    /// <summary>The reported uses of orders that the caller sees, by year; one SQL command.</summary>
    public static async Task<ILookup<Guid, UsageReport>> UsageOfOrdersAsync(this MarketContext context, IReadOnlyCollection<Guid> orderIds, CancellationToken cancellationToken) =>
        (await context.Set<UsageReport>().AsNoTracking().Where(u => orderIds.Contains(u.OrderId)).OrderBy(u => u.OrderId).ThenBy(u => u.Year).ToListAsync(cancellationToken))
            .ToLookup(u => u.OrderId);

    /// <summary>How far the supplier's broker is with orders that the caller sees; one SQL command.</summary>
    public static Task<Dictionary<Guid, Provisioning>> ProvisioningsOfOrdersAsync(this MarketContext context, IReadOnlyCollection<Guid> orderIds, CancellationToken cancellationToken) =>
        context.Set<Provisioning>().AsNoTracking().Where(p => orderIds.Contains(p.OrderId)).ToDictionaryAsync(p => p.OrderId, cancellationToken);

    /// <summary>The terms that orders the caller sees have accepted, in the order's sequence; one SQL command.</summary>
    public static async Task<ILookup<Guid, TermsAcceptance>> AcceptancesOfOrdersAsync(
        this MarketContext context, IReadOnlyCollection<Guid> orderIds, CancellationToken cancellationToken) =>
        (await context.Set<TermsAcceptance>().AsNoTracking().Where(a => orderIds.Contains(a.OrderId)).OrderBy(a => a.OrderId).ThenBy(a => a.Position).ToListAsync(cancellationToken))
            .ToLookup(a => a.OrderId);
}

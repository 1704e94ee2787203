using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Catalog;

/// <summary>The offers, as a list and one by one.</summary>
internal static class OfferQueries
{
    public static void AddTo(QueryType query)
    {
        query.Field<NonNullGraphType<OfferConnectionType>>("offers")
            .Description("Published offers, and those of others states for their seller and supplier. By title unless told. facets and totalCount are computed only when selected.").SeenBy(FieldAccess.Public)
            .Argument<OfferFilterType>("filter").Argument<OfferSortType>("sort").PageArgumentsBothWays()
            .ResolveAsync(async context => await OffersAsync(context));

        query.Field<OfferType>("offer").Description("Null where there is none or the caller does not see it.").SeenBy(FieldAccess.Public)
            .Argument<NonNullGraphType<OfferByType>>("by")
            .ResolveAsync(async context => await OfferAsync(context, (OfferBy)context.Given("by")!));
    }

    private static async Task<OfferConnection> OffersAsync(IResolveFieldContext context)
    {
        RequestContext request = context.Request();
        OfferFilter filter = (OfferFilter?)context.Given("filter") ?? OfferFilter.Everything;
        OfferSort sort = context.Given("sort") as OfferSort? ?? OfferSort.Title;
        Connection<Offer> offers = await context.PageAsync(OfferSearch.Order(sort), market => market.Offers(request.Caller, filter));
        return new OfferConnection(offers.Page, offers.TotalCount, () => new Deferred<FacetCounts?>(async cancellationToken =>
        {
            await using MarketContext market = await request.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync(cancellationToken);
            return await market.FacetsAsync(request.Caller, filter, [.. FederalStates.All.Select(s => s.Code)], cancellationToken);
        }));
    }

    private static async Task<object?> OfferAsync(IResolveFieldContext context, OfferBy by)
    {
        RequestContext request = context.Request();
        if (by.Id is { } id) return request.Get<OfferLoader>().Load(id);
        await using MarketContext market = await request.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync(context.CancellationToken);
        IQueryable<Offer> offers = market.OffersVisibleTo(request.Caller);
        return by switch
        {
            { Slug: { } slug } => await offers.SingleOrDefaultAsync(o => o.Slug == slug, context.CancellationToken),
            { ExternalId: { } own } => await offers.SingleOrDefaultAsync(o => o.SupplierId == own.SupplierId && o.ExternalId == own.Value, context.CancellationToken),
            _ => null,
        };
    }
}

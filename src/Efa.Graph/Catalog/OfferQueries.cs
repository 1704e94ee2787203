using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Errors;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Operations;
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
            .Description("Published offers, and those of other states for their seller and supplier. By title unless told. facets and totalCount are computed only when selected.").SeenBy(FieldAccess.Public)
            .Argument<OfferFilterType>("filter").Argument<OfferSortType>("sort").PageArgumentsBothWays()
            .ResolveAsync(async context => await OffersAsync(context));

        query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<OfferSuggestionType>>>>("offerSuggestions")
            .Description("Titles of published offers that a half-typed search may mean, the likeliest first, each once; told from the 200 likeliest offers.").SeenBy(FieldAccess.Public)
            .Argument<NonNullGraphType<StringGraphType>>("search", argument =>
                (argument.Description, argument.Parser) = ("As in OfferFilter, but found in title, service name and keys only.", SearchText.Check))
            .Argument<IntGraphType>("first", argument => (argument.DefaultValue, argument.Description) = (10, "1 to 100."))
            .Costs(1, sizedBy: "first")
            .ResolveAsync(async context => await SuggestionsAsync(context));

        query.Field<OfferType>("offer").Description("Null where there is none or the caller does not see it.").SeenBy(FieldAccess.Public)
            .Argument<NonNullGraphType<OfferByType>>("by")
            .ResolveAsync(async context => await OfferAsync(context, (OfferBy)context.Given("by")!));
    }

    private static async Task<OfferConnection> OffersAsync(IResolveFieldContext context)
    {
        RequestContext request = context.Request();
        OfferFilter filter = (OfferFilter?)context.Given("filter") ?? OfferFilter.Everything;
        Connection<Offer> offers = await PageAsync(context, filter, context.Given("sort") as OfferSort? ?? OfferSort.Title);
        return new OfferConnection(offers.Page, offers.TotalCount, () => new Deferred<FacetCounts?>(async cancellationToken =>
        {
            await using MarketContext market = await request.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync(cancellationToken);
            return await market.FacetsAsync(request.Caller, filter, [.. FederalStates.All.Select(s => s.Code)], cancellationToken);
        }));
    }

    private static async Task<Connection<Offer>> PageAsync(IResolveFieldContext context, OfferFilter filter, OfferSort sort)
    {
        Caller caller = context.Request().Caller;
        bool searches = !string.IsNullOrWhiteSpace(filter.Search);
        int? mostCounted = searches ? OfferSearch.MostCounted : null;
        if (sort != OfferSort.Relevance) return await context.PageAsync(OfferSearch.Order(sort), market => market.Offers(caller, filter), mostCounted);
        if (!searches) throw new RequestError(RequestErrors.InvalidValue, expected: "a search in the filter, or another sort") { ValuePath = [.. context.Path, "sort"] };
        Connection<FoundOffer> found = await context.PageAsync(OfferSearch.ByRelevance, market => market.FoundOffers(caller, filter), mostCounted);
        return new Connection<Offer>(found.Page.Select(f => f.Offer), found.TotalCount);
    }

    private static async Task<IReadOnlyList<OfferSuggestion>> SuggestionsAsync(IResolveFieldContext context)
    {
        RequestContext request = context.Request();
        await using MarketContext market = await request.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync(context.CancellationToken);
        return await market.SuggestionsAsync(request.Caller, (string)context.Given("search")!, context.First(), context.CancellationToken);
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

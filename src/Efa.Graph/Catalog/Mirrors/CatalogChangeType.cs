using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Mirrors;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using GraphQL.DataLoader;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Catalog.Mirrors;

/// <summary>A change of the public catalogue with its place in the log as clients hold it.</summary>
public sealed record ShownCatalogChange(CatalogChange Change, string Cursor);

public sealed class CatalogChangeType : ObjectGraphType<ShownCatalogChange>
{
    public CatalogChangeType()
    {
        Name = "CatalogChange";
        Description = "An offer came into the public catalogue, looks different there, or went out of it. It is told as it is now, which may be further than this change: take the newest as the truth.";
        Field<NonNullGraphType<CursorType>>("cursor").Description("Its position in the log: reading goes on after it.").Resolve(context => context.Source.Cursor);
        Field<NonNullGraphType<InstantType>>("at").Resolve(context => context.Source.Change.At);
        Field<NonNullGraphType<IdGraphType>>("offerId").Resolve(context => GlobalIds.Of(IdPrefix.Offer, context.Source.Change.OfferId));
        Field<OfferType>("offer").Description("Null where it is not in the public catalogue now.").Resolve(context => PublicOffer(context.Request(), context.Source));
        Field<NonNullGraphType<BooleanGraphType>>("removed").Description("Whether it is not in the public catalogue now.").Resolve(context => PublicOffer(context.Request(), context.Source).Then(offer => offer is null));
    }

    private static IDataLoaderResult<Offer?> PublicOffer(RequestContext request, ShownCatalogChange change) => request.Get<PublicOfferLoader>().Load(change.Change.OfferId);
}

public sealed class CatalogChangeConnectionType : LogConnectionType<CatalogChangeType, ShownCatalogChange>;

/// <summary>Offers as everybody sees them, whoever asks.</summary>
internal sealed class PublicOfferLoader(IDbContextFactory<MarketContext> contexts) : Loader<Guid, Offer>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, Offer>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.OffersVisibleTo(Caller.Anonymous).Where(o => keys.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);
}

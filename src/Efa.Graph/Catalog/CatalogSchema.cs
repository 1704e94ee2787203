using Efa.Graph.Catalog.Imports;
using Efa.Graph.Catalog.Mirrors;
using Efa.Graph.Engine.Types;
using Efa.Graph.Pricing;
using Efa.Marketplace.Events;

namespace Efa.Graph.Catalog;

/// <summary>What the catalogue adds to the schema.</summary>
internal static class CatalogSchema
{
    public static void AddTo(MarketSchema schema, QueryType query, MutationType mutation, SubscriptionType subscription, Nodes nodes)
    {
        schema.RegisterTypes(typeof(FlatPriceType), typeof(PerInhabitantPriceType), typeof(TieredPriceType), typeof(PerUsePriceType), typeof(SharedCostPriceType), typeof(PackagePriceType));
        nodes.Add(IdPrefix.Offer, (request, id) => request.Get<OfferLoader>().Load(id).AsObject());
        nodes.Add(IdPrefix.OfferVersion, (request, id) => request.Get<OfferVersionLoader>().Load(id).AsObject());
        nodes.Add(IdPrefix.Service, (request, id) => request.Get<ServiceLoader>().Load(id).AsObject());
        nodes.Add(IdPrefix.Terms, (request, id) => request.Get<TermsDocumentLoader>().Load(id).AsObject());
        OfferQueries.AddTo(query);
        ServiceQueries.AddTo(query);
        MirrorFields.AddTo(query, subscription);
        TermsMutations.AddTo(mutation);
        OfferMutations.AddTo(mutation);
        OfferImportFields.AddTo(schema, query, mutation, subscription, nodes);
    }
}

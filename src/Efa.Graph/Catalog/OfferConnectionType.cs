using Efa.Graph.Engine;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Marketplace;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage.Paging;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Efa.Graph.Catalog;

/// <summary>A page of offers, with the facets of the whole list.</summary>
/// <param name="Facets">Counted only when selected.</param>
public sealed record OfferConnection(Page<Offer> Page, Func<IDataLoaderResult>? TotalCount, Func<IDataLoaderResult<FacetCounts?>> Facets) : Connection<Offer>(Page, TotalCount);

public sealed class OfferConnectionType : ConnectionType<OfferType, Offer>
{
    public OfferConnectionType()
        : base(counted: true, "Of the whole list; counted only when selected. Null where a search finds more than 10,000.") =>
        Field<OfferFacetsType>("facets").Description("Of the whole list; counted only when selected.").Costs(40).Resolve(context =>
            ((OfferConnection)context.Source).Facets().Then(counts => counts ?? FacetCounts.None));
}

/// <summary>A value with how often it occurs.</summary>
public sealed record FacetCount(string Value, string Label, int Count);

public sealed class FacetCountType : ObjectGraphType<FacetCount>
{
    public FacetCountType()
    {
        Name = "FacetCount";
        Field<NonNullGraphType<StringGraphType>>("value").Description("What the filter takes.").Resolve(context => context.Source.Value);
        Field<NonNullGraphType<StringGraphType>>("label").Description("Follows Accept-Language.").Resolve(context => context.Source.Label);
        Field<NonNullGraphType<IntGraphType>>("count").Resolve(context => context.Source.Count);
    }
}

public sealed class OfferFacetsType : ObjectGraphType<FacetCounts>
{
    public OfferFacetsType()
    {
        Name = "OfferFacets";
        Description = "Each facet is counted under the whole filter but its own part; most frequent first, values without offers left out.";
        Words("kinds", OfferFacet.Kinds, (value, language) => Named<ServiceKind>(value, kind => CatalogTexts.Of(kind).In(language)));
        Words("subjectAreas", OfferFacet.SubjectAreas, (value, language) => (value, SubjectAreas.Of(value)?.Name.In(language) ?? value));
        Parties("sellers", OfferFacet.Sellers);
        Parties("suppliers", OfferFacet.Suppliers);
        Words("availableIn", OfferFacet.AvailableIn, (value, _) => (value, FederalStates.Of(value)?.Name ?? value), "By code; offers that are available everywhere count for each state.");
        Words("connectionTypes", OfferFacet.ConnectionTypes, (value, _) => (value, value));
        Words("specialistApplications", OfferFacet.SpecialistApplications, (value, _) => (value, value));
        Words("fimTypes", OfferFacet.FimTypes, (value, _) => (value, value));
        Words("orderingModes", OfferFacet.OrderingModes, (value, language) => Named<OrderingMode>(value, mode => CatalogTexts.Of(mode).In(language)));
        Words("efaFinanced", OfferFacet.EfaFinanced, (value, language) => (value, CatalogTexts.OfEfaFinanced(value == "true").In(language)));
    }

    private void Words(string name, OfferFacet facet, Func<string, Language, (string Value, string Label)> tell, string? description = null) =>
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<FacetCountType>>>>(name).Description(description).Costs(0).Resolve(context =>
            context.Source.Of(facet).Select(counted =>
            {
                (string value, string label) = tell(counted.Value, context.Request().Language);
                return new FacetCount(value, label, counted.Count);
            }));

    private void Parties(string name, OfferFacet facet) =>
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<FacetCountType>>>>(name).Costs(0).Resolve(context =>
        {
            IReadOnlyDictionary<Guid, int> counts = context.Source.PartiesOf(facet);
            return context.Request().Get<OrganisationLoader>().LoadAll(counts.Keys).Then(parties => parties
                .OrderByDescending(party => counts[party.Id]).ThenBy(party => party.NameKey, StringComparer.Ordinal).ThenBy(party => party.Id)
                .Select(party => new FacetCount(GlobalIds.Of(IdPrefix.Organisation, party.Id), party.Name, counts[party.Id])));
        });

    // The store knows enum values by their C# names.
    private static (string, string) Named<TEnum>(string value, Func<TEnum, string> label)
        where TEnum : struct, Enum
    {
        TEnum parsed = Enum.Parse<TEnum>(value);
        return (ApiName.Of(parsed), label(parsed));
    }
}

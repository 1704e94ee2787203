using Efa.Marketplace.Catalog.Search;
using GraphQL.Types;

namespace Efa.Graph.Catalog;

/// <summary>What a half-typed search may mean.</summary>
public sealed class OfferSuggestionType : ObjectGraphType<OfferSuggestion>
{
    public OfferSuggestionType()
    {
        Name = "OfferSuggestion";
        Description = "A title to complete a half-typed search with.";
        Field<NonNullGraphType<StringGraphType>>("text").Resolve(context => context.Source.Text);
        Field<OfferType>("offer").Description("Null where several offers have this title.").Resolve(context => context.Source.Offer);
    }
}

using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Errors;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Efa.Graph.Catalog;

/// <summary>What can be asked of an offer: who may order it, and what it costs.</summary>
internal static class OfferQuestionFields
{
    private const int Most = 200;

    private const string WhoMayAsk = "May be asked for an organisation that the caller acts for or is the aggregator of, and for all by the offer's seller";

    public static void AddTo(ObjectGraphType<Offer> offer)
    {
        offer.Field<EligibilityType>("eligibility").Description($"{WhoMayAsk}; null for other organisations, as for unknown ones.").SeenBy(FieldAccess.Callers).Costs(5)
            .IdArgument("organisationId", IdPrefix.Organisation)
            .Resolve(context => Eligibility(context, context.Source, context.Id("organisationId")));

        offer.Field<NonNullGraphType<ListGraphType<EligibilityType>>>("eligibilities")
            .Description($"For up to {Most} organisations, in the same order. {WhoMayAsk}; null for other organisations, as for unknown ones. Without a token all are null, with the error UNAUTHENTICATED.").Costs(5, sizedBy: "organisationIds")
            .Argument<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("organisationIds", argument => argument.Parser = OrganisationIds)
            .Resolve(context => Eligibilities(context, context.Ids("organisationIds")!));

        offer.Field<NonNullGraphType<QuoteResultType>>("quote")
            .Description($"What the published version costs. {WhoMayAsk}; NotFoundError for other organisations, as for unknown ones. An estimate by regional key is public.").Costs(5)
            .Argument<NonNullGraphType<QuoteInputType>>("input")
            .Resolve(context => Quote(context, (QuoteInput)context.Given("input")!, ["input"]));

        offer.Field<NonNullGraphType<ListGraphType<NonNullGraphType<QuoteResultType>>>>("quotes").Description($"Up to {Most}, in the same order; as quote.").Costs(5, sizedBy: "inputs")
            .Argument<NonNullGraphType<ListGraphType<NonNullGraphType<QuoteInputType>>>>("inputs", argument => argument.Parser = AtMost)
            .Resolve(context => ((System.Collections.IEnumerable)context.Given("inputs")!).Cast<QuoteInput>()
                .Select((input, i) => Quote(context, input, ["inputs", i.ToString(System.Globalization.CultureInfo.InvariantCulture)])));
    }

    private static IDataLoaderResult<Eligibility?> Eligibility(IResolveFieldContext context, Offer offer, Guid organisationId) =>
        context.Request().Get<OfferEligibilityLoader>().Load(new EligibilityAsked(offer.Id, offer.SellerId, organisationId));

    // The list itself cannot be null, so the error of a caller without a token stands beside it.
    private static IEnumerable<object?> Eligibilities(IResolveFieldContext<Offer> context, IReadOnlyList<Guid> organisationIds)
    {
        if (AccessRule.Against(context.Request().Caller, FieldAccess.Callers) is not { } error)
            return organisationIds.Select(id => Eligibility(context, context.Source, id));
        error.Path = context.ResponsePath;
        context.Errors.Add(error);
        return organisationIds.Select(_ => (object?)null);
    }

    private static IDataLoaderResult<Quoted> Quote(IResolveFieldContext<Offer> context, QuoteInput input, IReadOnlyList<string> place) =>
        context.Request().Get<QuoteLoader>().Load(new QuoteAsked(input.For(context.Source.Id), context.Source.SellerId)).Then(answer => new Quoted(answer!, place));

    private static object OrganisationIds(object value) => GlobalIds.ParseAll(AtMost(value), IdPrefix.Organisation)!;

    private static object AtMost(object value) =>
        ((System.Collections.IEnumerable)value).Cast<object?>().Count() > Most ? throw new InvalidValueException($"a list of at most {Most}") : value;
}

using Efa.Graph.Engine;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Graph.Pricing;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Pricing;
using GraphQL.Types;

namespace Efa.Graph.Catalog;

/// <summary>The answer to a wish, and which argument the wish was.</summary>
public sealed record Quoted(QuoteAnswer Answer, IReadOnlyList<string> Place)
{
    public PricedQuote? Quote => Answer is { Quote: { } quote, Basis: { } basis } ? new PricedQuote(quote, basis) : null;

    /// <summary>Paths begin with <c>input</c>, whichever argument it was.</summary>
    public IEnumerable<Refusal> Errors => Answer.Refusals.Select(refusal => refusal.Path is ["input", ..] ? refusal with { Path = [.. Place, .. refusal.Path.Skip(1)] } : refusal);
}

/// <summary>A quote with the components that its lines price.</summary>
public sealed record PricedQuote(Quote Quote, PricingBasis Basis);

/// <summary>A year of a quote.</summary>
public sealed record PricedYear(QuoteYear Year, PricingBasis Basis);

public sealed class QuoteResultType : ObjectGraphType<Quoted>
{
    public QuoteResultType()
    {
        (Name, Description) = ("QuoteResult", "Either a quote or why there is none: PACKAGE_REQUIRED, POPULATION_UNKNOWN, PRICE_BY_AGREEMENT and others of schema/errors.md.");
        Field<QuoteType>("quote").Resolve(context => context.Source.Quote);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<UserErrorInterface>>>>("errors").Description("Empty where there is a quote.").Resolve(context => context.Source.Errors);
    }
}

public sealed class QuoteType : ObjectGraphType<PricedQuote>
{
    public QuoteType()
    {
        (Name, Description) = ("Quote", "What an organisation pays, year by year. Every line adds up exactly to its total, and says how it was computed.");
        Field<OrganisationType>("orderedBy").Description("Null for an estimate.")
            .Resolve(context => context.Source.Quote.OrderedById is { } id ? context.Request().Get<OrganisationLoader>().Load(id) : null);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<OrganisationType>>>>("usedBy").Costs(1, size: 20)
            .Resolve(context => context.Request().Get<OrganisationLoader>().LoadAll(context.Source.Quote.UsedByIds));
        Field<NonNullGraphType<OfferVersionType>>("offerVersion").Resolve(context => context.Request().Get<OfferVersionLoader>().Load(context.Source.Quote.OfferVersionId));
        Field<NonNullGraphType<DateType>>("startsOn").Resolve(context => context.Source.Quote.StartsOn);
        Field<NonNullGraphType<MoneyType>>("oneTime").Description("Part of the first year, named once more.").Resolve(context => context.Source.Quote.OneTime);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<QuoteYearType>>>>("years").Costs(1, size: 3).Resolve(context => context.Source.Quote.Years.Select(year => new PricedYear(year, context.Source.Basis)));
        Field<NonNullGraphType<MoneyType>>("net").Resolve(context => context.Source.Quote.Net);
        Field<NonNullGraphType<MoneyType>>("tax").Resolve(context => context.Source.Quote.Tax);
        Field<NonNullGraphType<MoneyType>>("gross").Resolve(context => context.Source.Quote.Gross);
        Field<NonNullGraphType<InstantType>>("validUntil").Description("Kept until then, so that an order at another price is told what this one was.").Resolve(context => context.Source.Quote.ValidUntil);
        Field<Sha256Type>("hash").Description("What placeOrder wants back. Covers offer version, parties, start, package, uses and prices, not the number of years. Null for an estimate.")
            .Resolve(context => context.Source.Quote.Hash);
    }
}

public sealed class QuoteYearType : ObjectGraphType<PricedYear>
{
    public QuoteYearType()
    {
        (Name, Description) = ("QuoteYear", "A calendar year of a quote; the first begins with the start.");
        Field<NonNullGraphType<IntGraphType>>("year").Resolve(context => context.Source.Year.Year);
        Field<NonNullGraphType<MoneyType>>("net").Description("Sum of the lines.").Resolve(context => context.Source.Year.Net);
        Field<NonNullGraphType<MoneyType>>("tax").Resolve(context => context.Source.Year.Tax);
        Field<NonNullGraphType<MoneyType>>("gross").Resolve(context => context.Source.Year.Gross);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<PriceLineType>>>>("lines").Costs(1, size: 10).Resolve(context =>
            context.Source.Year.Lines.Select(line => new PricedLine(line, context.Source.Basis.Components.First(c => c.Code == line.ComponentCode))));
    }
}

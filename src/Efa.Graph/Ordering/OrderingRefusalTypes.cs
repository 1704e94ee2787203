using Efa.Graph.Catalog;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Marketplace.Ordering;
using GraphQL.Types;

namespace Efa.Graph.Ordering;

public sealed class NotEligibleErrorType : UserErrorType<NotEligible>
{
    public NotEligibleErrorType()
        : base("NotEligibleError", "The orderer may not order this offer in-house.") =>
        Field<NonNullGraphType<EligibilityType>>("eligibility").Description("The decision with its reasons, and ways that are open instead.").Resolve(context => context.Source.Eligibility);
}

public sealed class TermsNotAcceptedErrorType : UserErrorType<TermsNotAccepted>
{
    public TermsNotAcceptedErrorType()
        : base("TermsNotAcceptedError", "The accepted documents are not those that the offer asks for today.") =>
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TermsDocumentType>>>>("requiredDocuments").Description("All that must be accepted, and none else.")
            .Resolve(context => context.Request().Get<TermsDocumentLoader>().LoadAll(context.Source.RequiredDocumentIds));
}

public sealed class PriceChangedErrorType : UserErrorType<PriceChanged>
{
    public PriceChangedErrorType()
        : base("PriceChangedError", "The hash is not that of today's quote: another price, version, start, package or users. currentQuote can be ordered at once; current is its gross sum for the first year.")
    {
        Field<MoneyType>("quoted").Description("Gross sum of the first year of the quote whose hash was given; null where no valid quote has it.").Resolve(context => context.Source.Quoted);
        Field<NonNullGraphType<MoneyType>>("current").Resolve(context => context.Source.CurrentQuote.Gross);
        Field<NonNullGraphType<QuoteType>>("currentQuote").Resolve(context => new PricedQuote(context.Source.CurrentQuote, context.Source.Basis));
    }
}

using Efa.Graph.Engine;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Marketplace.Ordering;
using GraphQL.Types;

namespace Efa.Graph.Ordering;

/// <summary>Terms of a coordinated order.</summary>
public sealed class AgreedTermsType : ObjectGraphType<AgreedTerms>
{
    public AgreedTermsType()
    {
        Name = "AgreedTerms";
        Description = "The four fee fields that both sides agree to before a coordinated order binds. A new number voids the consents to the one before. All fees are net.";
        Field<NonNullGraphType<IntGraphType>>("number").Description("Counts the terms of the order from 1.").Resolve(context => context.Source.Number);
        Field<NonNullGraphType<MoneyType>>("annualFee").Description("For a full calendar year.").Resolve(context => context.Source.AnnualFee);
        Field<MoneyType>("nextBillingAmount").Description("Billed once in place of annualFee, at the next billing.").Resolve(context => context.Source.NextBillingAmount);
        Field<NonNullGraphType<MoneyType>>("oneTimeFee").Description("Billed once.").Resolve(context => context.Source.OneTimeFee);
        Field<NonNullGraphType<StringGraphType>>("scope").Description("What is reused and how; part of the contract.").Resolve(context => context.Source.Scope);
        Field<NonNullGraphType<Sha256Type>>("hash")
            .Description("What is consented to: SHA-256 of the canonical JSON (RFC 8785) of an object with orderId, number, annualFee, nextBillingAmount, oneTimeFee and scope, the fees as strings with two decimal places; nextBillingAmount is left out where it is null.")
            .Resolve(context => context.Source.Hash);
        Field<NonNullGraphType<InstantType>>("submittedAt").Resolve(context => context.Source.SubmittedAt);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ConsentType>>>>("consents").Description("Of the customer and of the seller, oldest first.").Costs(1, size: 2)
            .Resolve(context => context.Request().Get<ConsentsLoader>().Load(context.Source.OrderId).Then(consents => (consents ?? []).Where(c => c.Number == context.Source.Number)));
    }
}

public sealed class ConsentType : ObjectGraphType<Consent>
{
    public ConsentType()
    {
        Name = "Consent";
        Description = "Evidence that the customer or the seller has consented to terms. actor: the caller's id, never a person's name.";
        Field<NonNullGraphType<OrganisationType>>("organisation").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.OrganisationId));
        Field<NonNullGraphType<StringGraphType>>("actor").Resolve(context => context.Source.Actor);
        Field<NonNullGraphType<InstantType>>("at").Resolve(context => context.Source.At);
        Field<NonNullGraphType<Sha256Type>>("termsHash").Resolve(context => context.Source.TermsHash);
    }
}

public sealed class AgreedTermsChangedErrorType : UserErrorType<AgreedTermsChanged>
{
    public AgreedTermsChangedErrorType()
        : base("AgreedTermsChangedError", "The hash is not that of the newest terms: read currentTerms, and consent to them.") =>
        Field<NonNullGraphType<AgreedTermsType>>("currentTerms").Resolve(context => context.Source.CurrentTerms);
}

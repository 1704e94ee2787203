using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Ordering;
using GraphQL.Types;

namespace Efa.Graph.Ordering;

public sealed class ExpressInterestInputType : MutationInputType<ExpressInterest.Input>
{
    public ExpressInterestInputType()
        : base("ExpressInterestInput")
    {
        Id("offerId", IdPrefix.Offer, "A published COORDINATED offer.");
        Id("orderedById", IdPrefix.Organisation, "An organisation that the caller acts for.");
        Ids("usedByIds", IdPrefix.Organisation, $"The orderer itself, clients of it or clients of these, up to {OfferQuotes.MostUsers}; the orderer unless told.");
        Add<StringGraphType>("note", $"Read by all parties; up to {ExpressInterest.NoteLength} characters.");
    }

    protected override ExpressInterest.Input ReadInput(InputFields fields) =>
        new(fields.Get<Guid>("offerId"), fields.Get<Guid>("orderedById"), fields.List<Guid>("usedByIds"), fields.Optional<string>("note"));
}

public sealed class SubmitTermsInputType : StepInputType<SubmitTerms.Input>
{
    public SubmitTermsInputType()
        : base("SubmitTermsInput")
    {
        Add<NonNullGraphType<DecimalType>>("annualFee", "Net, for a full calendar year; fees are 0 or more with at most 2 decimal places.");
        Add<DecimalType>("nextBillingAmount", "Net; where it differs from annualFee: billed once in its place, at the next billing.");
        Add<NonNullGraphType<DecimalType>>("oneTimeFee", "Net, billed once.");
        Add<NonNullGraphType<StringGraphType>>("scope", $"What is reused and how; part of the contract, up to {AgreedTerms.ScopeLength} characters.");
    }

    protected override SubmitTerms.Input ReadStep(Guid orderId, int expectedVersion, InputFields fields) => new(
        orderId, expectedVersion, fields.Get<decimal>("annualFee"), fields.Optional<decimal?>("nextBillingAmount"), fields.Get<decimal>("oneTimeFee"), fields.Get<string>("scope"));
}

public sealed class ConsentToTermsInputType : MutationInputType<ConsentToTerms.Input>
{
    public ConsentToTermsInputType()
        : base("ConsentToTermsInput")
    {
        Id("orderId", IdPrefix.Order);
        Id("organisationId", IdPrefix.Organisation, "The customer or the seller, for whom the caller consents.");
        Add<NonNullGraphType<Sha256Type>>("termsHash", "AgreedTerms.hash of the newest terms as they were read.");
    }

    protected override ConsentToTerms.Input ReadInput(InputFields fields) => new(fields.Get<Guid>("orderId"), fields.Get<Guid>("organisationId"), fields.Get<string>("termsHash"));
}

public sealed class PlaceCoordinatedOrderInputType : StepInputType<PlaceCoordinatedOrder.Input>
{
    public PlaceCoordinatedOrderInputType()
        : base("PlaceCoordinatedOrderInput")
    {
        Add<NonNullGraphType<Sha256Type>>("agreedTermsHash", "AgreedTerms.hash of the newest terms.");
        Id("billToId", IdPrefix.Organisation, "An organisation that the caller acts for; the orderer unless told.", required: false);
        Add<NonNullGraphType<DateType>>("startsOn", $"Today or later, at most {Placing.MostYearsAhead} years ahead.");
        Add<StringGraphType>("purchaseOrderNumber", $"The buyer's own order number (BT-13), up to {Placing.NumberLength} characters.");
        Add<StringGraphType>("sellerNumber", $"The seller's number at the buyer (BT-29), up to {Placing.NumberLength} characters.");
        Add<NonNullGraphType<ListGraphType<NonNullGraphType<TermsAcceptanceInputType>>>>("acceptedTerms",
            "Exactly the documents that the order's offer version asks for, each as it is in force today; TermsNotAcceptedError names them.");
        Add<NonNullGraphType<BooleanGraphType>>("declaresAuthorisedToRepresent", "Must be true.");
    }

    protected override PlaceCoordinatedOrder.Input ReadStep(Guid orderId, int expectedVersion, InputFields fields) => new(
        orderId,
        expectedVersion,
        fields.Get<string>("agreedTermsHash"),
        fields.Optional<Guid?>("billToId"),
        fields.Get<DateOnly>("startsOn"),
        fields.Optional<string>("purchaseOrderNumber"),
        fields.Optional<string>("sellerNumber"),
        fields.List<AcceptedTerms>("acceptedTerms")!,
        fields.Get<bool>("declaresAuthorisedToRepresent"));
}

using Efa.Graph.Catalog;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using GraphQL.Types;

namespace Efa.Graph.Ordering;

public sealed class OrderStateType() : EnumType<OrderState>("How far an order is. Clients treat a value that they do not know as unknown.",
    (OrderState.InterestExpressed, "Without obligation; the supplier is to take it up."),
    (OrderState.InCoordination, "The supplier is to submit terms."),
    (OrderState.TermsSubmitted, "Customer and seller are to consent to the newest terms."),
    (OrderState.TermsAgreed, "Both have consented to the same terms; the customer can order bindingly."),
    (OrderState.AwaitingApproval, "Placed, but the customer's own rules want another approval: does not bind yet."),
    (OrderState.Placed, "Binds."),
    (OrderState.Accepted, "The seller has concluded the contracts."),
    (OrderState.Provisioning, "The supplier sets the service up."),
    (OrderState.Active, "The service runs, and is billed from activeFrom on."),
    (OrderState.TerminationRequested, "A party has given notice; the service runs on, and the other side is to confirm the day."),
    (OrderState.Terminated, "Ends with endsOn, which may be still to come; until then the service runs and is billed."),
    (OrderState.Withdrawn, "By the customer, before it bound."),
    (OrderState.Rejected, "By the seller, or before it bound by the supplier, with a reason in the event's note."),
    (OrderState.Expired, "Nobody took the next step in time, before it bound."));

public sealed class OrderOriginType() : EnumType<OrderOrigin>("Where an order comes from.",
    (OrderOrigin.Imported, "Contract concluded elsewhere, brought in by importContract."));

/// <summary>A step that can be taken next.</summary>
public sealed class OrderActionType : ObjectGraphType<OrderAction>
{
    public OrderActionType()
    {
        Name = "OrderAction";
        Description = "A step that an order can take next. by and organisation: whose turn it is.";
        Field<NonNullGraphType<StringGraphType>>("mutation").Description("Name of the mutation that takes it.").Resolve(context => context.Source.Mutation);
        Field<NonNullGraphType<EnumType<OrganisationRole>>>("by").Resolve(context => context.Source.By);
        Field<NonNullGraphType<OrganisationType>>("organisation").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.OrganisationId));
        Field<NonNullGraphType<OrderStateType>>("target").Description("The state it leads to; the same one where others have to take the step too.").Resolve(context => context.Source.Target);
        Field<NonNullGraphType<BooleanGraphType>>("allowed").Description("Whether the caller could do it now.").Resolve(context => context.Source.Allowed);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<UserErrorInterface>>>>("blockedBy").Description("What stands in the caller's way; empty where allowed.")
            .Resolve(context => context.Source.BlockedBy);
    }
}

/// <summary>Agreed fees, from a year on.</summary>
public sealed class OrderFeesType : ObjectGraphType<OrderFees>
{
    public OrderFeesType()
    {
        Name = "OrderFees";
        Description = "Agreed fees, net, in force from effectiveYear on until newer ones are. A yearly bill is annualFee, or once nextBillingAmount where it is given, and with the first bill oneTimeFee; a bill that begins within a year is not prorated.";
        Field<NonNullGraphType<IntGraphType>>("effectiveYear").Resolve(context => context.Source.EffectiveYear);
        Field<NonNullGraphType<MoneyType>>("annualFee").Description("For a full calendar year.").Resolve(context => context.Source.AnnualFee);
        Field<MoneyType>("nextBillingAmount").Description("Billed once in place of annualFee: with the first bill that these fees make.").Resolve(context => context.Source.NextBillingAmount);
        Field<NonNullGraphType<MoneyType>>("oneTimeFee").Description("Billed once, with the order's first bill.").Resolve(context => context.Source.OneTimeFee);
        Field<StringGraphType>("reason").Description("Why they were changed; null for the first ones.").Resolve(context => context.Source.Reason);
        Field<NonNullGraphType<InstantType>>("recordedAt").Resolve(context => context.Source.RecordedAt);
    }
}

/// <summary>Uses of a year as reported last.</summary>
public sealed class UsageReportType : ObjectGraphType<UsageReport>
{
    public UsageReportType()
    {
        Name = "UsageReport";
        Description = "How often the service was used in a calendar year, as reported last.";
        Field<NonNullGraphType<IntGraphType>>("year").Resolve(context => context.Source.Year);
        Field<NonNullGraphType<IntGraphType>>("uses").Resolve(context => context.Source.Uses);
        Field<NonNullGraphType<InstantType>>("recordedAt").Resolve(context => context.Source.RecordedAt);
    }
}

/// <summary>Evidence that an order accepted a document.</summary>
public sealed class TermsAcceptanceType : ObjectGraphType<TermsAcceptance>
{
    public TermsAcceptanceType()
    {
        Name = "TermsAcceptance";
        Description = "Evidence that an order accepted a document: who, when, which bytes. actor: the caller's id, never a person's name.";
        Field<NonNullGraphType<TermsDocumentType>>("document").Resolve(context => context.Request().Get<TermsDocumentLoader>().Load(context.Source.TermsId));
        Field<NonNullGraphType<Sha256Type>>("sha256").Description("Of the bytes that were accepted.").Resolve(context => context.Source.Sha256);
        Field<NonNullGraphType<StringGraphType>>("actor").Resolve(context => context.Source.Actor);
        Field<NonNullGraphType<InstantType>>("at").Resolve(context => context.Source.At);
    }
}

/// <summary>An approval by another than who placed the order.</summary>
public sealed class OrderApprovalType : ObjectGraphType<OrderApproval>
{
    public OrderApprovalType()
    {
        Name = "OrderApproval";
        Description = "actor: the caller's id, never a person's name.";
        Field<NonNullGraphType<StringGraphType>>("actor").Resolve(context => context.Source.Actor);
        Field<NonNullGraphType<InstantType>>("at").Resolve(context => context.Source.At);
    }
}

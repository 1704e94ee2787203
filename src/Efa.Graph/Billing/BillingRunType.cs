using Efa.Graph.Engine;
using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Events;
using GraphQL.Types;

namespace Efa.Graph.Billing;

public sealed class BillingRunStateType() : EnumType<BillingRunState>("How far a billing run is.",
    (BillingRunState.Failed, "Given up; what it has billed stays, and the next run bills the rest."));

/// <summary>A billing run, as its seller sees it.</summary>
public sealed class BillingRunType : ObjectGraphType<BillingRun>
{
    public BillingRunType()
    {
        Name = "BillingRun";
        Description = "A seller bills a year: what is due of each active order, as invoices for each buyer. Seen by the seller. While it is RUNNING, read it again to follow its progress.";
        Interface<NodeInterface>();
        this.IdField(IdPrefix.BillingRun, r => r.Id);
        Field<NonNullGraphType<OrganisationType>>("seller").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.SellerId));
        Field<NonNullGraphType<IntGraphType>>("year").Resolve(context => context.Source.Year);
        Field<NonNullGraphType<DateType>>("issueOn").Resolve(context => context.Source.IssueOn);
        Field<NonNullGraphType<DateType>>("dueOn").Resolve(context => context.Source.DueOn);
        Field<NonNullGraphType<BillingRunStateType>>("state").Resolve(context => context.Source.State);
        Field<NonNullGraphType<InstantType>>("startedAt").Resolve(context => context.Source.StartedAt);
        Field<InstantType>("finishedAt").Resolve(context => context.Source.FinishedAt);
        Field<IntGraphType>("ordersTotal").Description("Null until the run has counted.").Resolve(context => context.Source.OrdersTotal);
        Field<NonNullGraphType<IntGraphType>>("ordersDone").Description("Billed, or blocked.").Resolve(context => context.Source.OrdersDone);
        Field<NonNullGraphType<InvoiceConnectionType>>("invoices").Description("Issued by this run, newest first.").PageArgumentsForward()
            .Resolve(context => BillingLists.InvoicesOfRun(context, context.Source));
        Field<NonNullGraphType<BlockedInvoiceConnectionType>>("blocked").Description("Buyers that it could not bill, by id.").PageArgumentsForward()
            .Resolve(context => BillingLists.BlockedOfRun(context, context.Source));
    }
}

public sealed class BillingRunConnectionType : ConnectionType<BillingRunType, BillingRun>;

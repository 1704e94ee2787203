using Efa.Graph.Billing;
using Efa.Graph.Catalog;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Evidence;
using Efa.Graph.Ordering.Contracts;
using Efa.Graph.Organisations;
using Efa.Marketplace.Access;
using Efa.Marketplace.Events;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Storage;
using GraphQL.Types;

namespace Efa.Graph.Ordering;

/// <summary>An order, as its parties see it.</summary>
public sealed class OrderType : ObjectGraphType<Order>
{
    public OrderType()
    {
        Name = "Order";
        Description = "An order of a version of an offer, from the expression of interest or from placing to its end. It binds from PLACED on. Seen by its parties: orderer, users, bill-to, seller and supplier.";
        Interface<NodeInterface>();
        this.IdField(IdPrefix.Order, o => o.Id);
        Field<NonNullGraphType<IntGraphType>>("version").Description("Counts every change of the order: give it back as expectedVersion.").Resolve(context => context.Source.Version);
        Field<NonNullGraphType<OrderStateType>>("state").Resolve(context => context.Source.State);
        Field<NonNullGraphType<OrderOriginType>>("origin").Resolve(context => context.Source.Origin);
        Field<StringGraphType>("number").Description("Given when it binds, without gaps for the seller and calendar year: GD-2026-000042.").Resolve(context => context.Source.Number);

        Field<OfferType>("offer").Description("As it is today; null where the caller does not see it any more.")
            .Resolve(context => context.Request().Get<OfferLoader>().Load(context.Source.OfferId));
        Field<NonNullGraphType<OfferVersionType>>("offerVersion").Description("As asked for and ordered.")
            .Resolve(context => context.Request().Get<OfferVersionLoader>().Load(context.Source.OfferVersionId));
        Organisation("seller", null, o => o.SellerId);
        Organisation("supplier", null, o => o.SupplierId);
        Organisation("orderedBy", null, o => o.OrderedById);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<OrganisationType>>>>("usedBy").Description("Up to 200, in the sequence of the order.").Costs(1, size: 20)
            .Resolve(context =>
            {
                RequestContext request = context.Request();
                return request.Get<OrderUsersLoader>().Load(context.Source.Id).ThenLoad(users => request.Get<OrganisationLoader>().LoadAll(users ?? []));
            });
        Organisation("billTo", "Who gets the invoices.", o => o.BillToId);
        Field<StringGraphType>("purchaseOrderNumber").Description("The buyer's own order number (BT-13).").Resolve(context => context.Source.PurchaseOrderNumber);
        Field<StringGraphType>("sellerNumber").Description("The seller's number at the buyer (BT-29).").Resolve(context => context.Source.SellerNumber);

        Field<DateType>("startsOn").Description("From when on it was ordered; null until it is placed.").Resolve(context => context.Source.StartsOn);
        Field<StringGraphType>("packageCode").Resolve(context => context.Source.PackageCode);
        Field<IntGraphType>("expectedUses").Description("For a calendar year.").Resolve(context => context.Source.ExpectedUses);
        Field<EligibilityType>("eligibility").Description("As decided at the last step that needed it; frozen when the order binds. Null for an IMPORTED one.").Resolve(context => context.Source.KeptEligibility());
        Field<QuoteType>("quote").Description("As ordered; null where fees were coordinated.")
            .Resolve(context => context.Source.KeptQuote() is { } quote ? new PricedQuote(quote, context.Source.KeptPricing()) : null);
        Field<AgreedTermsType>("agreedTerms").Description("The newest terms of a coordinated order.")
            .Resolve(context => context.Source.TermsNumber == 0 ? null : context.Request().Get<AgreedTermsLoader>().Load(context.Source.Id).Then(terms => terms is [var newest, ..] ? newest : null));
        Field<ListGraphType<NonNullGraphType<AgreedTermsType>>>("termsVersions").Description("All terms of a coordinated order, newest first.").Costs(1, size: 5)
            .Resolve(context => context.Source.TermsNumber == 0 ? null : context.Request().Get<AgreedTermsLoader>().Load(context.Source.Id));
        Field<ListGraphType<NonNullGraphType<OrderFeesType>>>("fees").Description("Agreed fees in the sequence in which they were recorded; empty where the order is billed from its prices.")
            .Resolve(context => context.Request().Get<OrderFeesLoader>().Load(context.Source.Id));
        Field<ListGraphType<NonNullGraphType<UsageReportType>>>("usage").Description("What the supplier reported, by year.")
            .Resolve(context => context.Request().Get<UsageReportsLoader>().Load(context.Source.Id));
        Field<ListGraphType<NonNullGraphType<TermsAcceptanceType>>>("termsAcceptances").Description("Evidence of what was accepted, in the offer's sequence.")
            .Resolve(context => context.Request().Get<TermsAcceptancesLoader>().Load(context.Source.Id).Then(acceptances => acceptances ?? []));

        Field<ListGraphType<NonNullGraphType<OrderApprovalType>>>("approvals").Description("By others of the customer's than who placed it, in their sequence.").Costs(1, size: 2)
            .Resolve(context => context.Source.Approvals);

        Field<NonNullGraphType<InstantType>>("createdAt").Resolve(context => context.Source.CreatedAt);
        Field<InstantType>("placedAt").Description("When it became binding; null for an IMPORTED order, which became so elsewhere.").Resolve(context => context.Source.PlacedAt);
        Field<DateType>("activeFrom").Description("First day of service, and of what is billed; of an IMPORTED order the first that is billed here.").Resolve(context => context.Source.ActiveFrom);
        Field<DateType>("terminationOn").Description("Last day of service as notice was given; it holds once it is confirmed and stands in endsOn.").Resolve(context => context.Source.TerminationOn);
        Field<DateType>("endsOn").Description("Last day of service, for an order that is TERMINATED.").Resolve(context => context.Source.EndsOn);
        Field<DateType>("earliestTerminationOn")
            .Description("Earliest last day of service where notice is given today: after the offer version's minimum term from startsOn on and its notice period, on a day to which notice can be given. Null where the order is not ACTIVE.")
            .Resolve(context => context.Source is { State: OrderState.Active, ActiveFrom: { } activeFrom } order
                ? context.Request().Get<OfferVersionLoader>().Load(order.OfferVersionId)
                    .Then(version => (DateOnly?)Notice.Of(version!).Earliest(context.Request().Services.GetRequiredService<TimeProvider>().Today(), order.StartsOn!.Value, activeFrom))
                : null);

        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ContractType>>>>("contracts").Description("Those of which the caller's organisation is a party, by number; none before the seller has accepted the order.")
            .Resolve(context => context.Request().Get<ContractsOfOrderLoader>().Load(context.Source.Id));
        Field<ProvisioningType>("provisioning").Description("How far the supplier's service broker is; null for MANUAL offers, and before the seller has accepted.")
            .Resolve(context => context.Request().Get<ProvisioningLoader>().Load(context.Source.Id));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<OrderActionType>>>>("nextActions").Description("What can be done next, by whom, and what stands in the way.")
            .Resolve(context => context.Source.NextActions(context.Request().Caller));
        Field<NonNullGraphType<OrderEventConnectionType>>("events").Description("What happened to the order, oldest first. Cursors are those of orderEvents.")
            .LogPageArguments(OrderEventLists.NestedSize)
            .Resolve(context => OrderEventLists.OfOrder(context, context.Source.Id));
        Field<InvoiceConnectionType>("invoices").Description("Invoices with lines of this order, newest first. Null for all but the seller and who is billed.")
            .SeenBy(FieldAccess.PartiesWith(Scopes.InvoicesRead)).PageArgumentsForward()
            .Resolve(context => InvoiceLists.OfOrder(context, context.Source));
        Field<SignedReceiptType>("receipt").Description("Signed proof of the binding order, verifiable offline against the published keys. Null before the order binds.").Costs(5)
            .Resolve(context => context.Request().Get<ReceiptLoader>().Load(context.Source.Id));
    }

    private void Organisation(string name, string? description, Func<Order, Guid> id) =>
        Field<NonNullGraphType<OrganisationType>>(name).Description(description)
            .Resolve(context => context.Request().Get<OrganisationLoader>().Load(id(context.Source)));
}

public sealed class OrderConnectionType : ConnectionType<OrderType, Order>;

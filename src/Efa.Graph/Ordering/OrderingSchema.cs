using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Documents;
using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Marketplace.Access;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Ordering.Brokers;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Efa.Graph.Ordering;

/// <summary>What orders add to the schema.</summary>
internal static class OrderingSchema
{
    public static void AddTo(MarketSchema schema, QueryType query, MutationType mutation, SubscriptionType subscription, Nodes nodes)
    {
        schema.RegisterTypes(typeof(NotEligibleErrorType), typeof(TermsNotAcceptedErrorType), typeof(PriceChangedErrorType), typeof(AgreedTermsChangedErrorType));
        nodes.Add(IdPrefix.Order, Load);
        AddQueries(query);
        AddMutations(mutation);

        subscription.Field<NonNullGraphType<OrderEventType>>("orderStatusChanged")
            .Description("Changes of orders that the caller may see. With after: first everything since that position, then live. No gap, in order, none twice. Without: from now on. Rights are read anew for each event.")
            .SeenBy(FieldAccess.PartiesWith(Scopes.OrdersRead))
            .IdsArgument("orderIds", IdPrefix.Order, required: false, "Only these orders.")
            .OptionalIdArgument("organisationId", IdPrefix.Organisation, "Only orders of which it is a party.")
            .LogCursorArgument("after", "Begin at the head of orderEvents; resume after the last event. Where an event stream names its Last-Event-ID, that holds instead.")
            .ResolveEvents(OrderStream.Follow, e => e.Cursor);
    }

    private static void AddQueries(QueryType query)
    {
        query.Field<OrderConnectionType>("orders").Description("Orders that the caller may see, newest first.").SeenBy(FieldAccess.PartiesWith(Scopes.OrdersRead))
            .Argument<OrderFilterType>("filter").PageArgumentsBothWays()
            .ResolveAsync(async context =>
            {
                Caller caller = context.Request().Caller;
                OrderFilter filter = (OrderFilter?)context.Given("filter") ?? new OrderFilter();
                return await context.PageAsync(OrderVisibility.NewestFirst, market => market.OrdersVisibleTo(caller).Matching(filter));
            });

        query.Field<OrderType>("order").Description("Null where there is no such order or the caller may not see it.").SeenBy(FieldAccess.PartiesWith(Scopes.OrdersRead))
            .Argument<NonNullGraphType<OrderByType>>("by")
            .Resolve(context =>
            {
                var key = (OrderKey)context.Given("by")!;
                return key.Id is { } id ? context.Request().Get<OrderLoader>().Load(id) : context.Request().Get<OrderByNumberLoader>().Load(key.Number!);
            });

        query.Field<OrderEventConnectionType>("orderEvents")
            .Description("The log that orderStatusChanged pushes, oldest first: read it to catch up, and take its head to begin a subscription.")
            .SeenBy(FieldAccess.PartiesWith(Scopes.OrdersRead))
            .IdsArgument("orderIds", IdPrefix.Order, required: false, "Only these orders.")
            .OptionalIdArgument("organisationId", IdPrefix.Organisation, "Only orders of which it is a party.")
            .LogPageArguments(OrderEventLists.RootSize)
            .ResolveAsync(async context => await OrderEventLists.OfAllAsync(context));
    }

    private static void AddMutations(MutationType mutation)
    {
        mutation.Add<PlaceOrder, PlaceOrder.Input, PlaceOrderInputType, OrderType>("order", Load,
            "Orders bindingly from a DIRECT offer, at the price of the quote and on the terms of today. The order is numbered, keeps eligibility, quote, prices and accepted terms as they are now, and waits for the seller; where the orderer's approvalRules want it, for approvals first.");
        mutation.AddBatch<PlaceOrders, PlaceOrders.Input, PlaceOrdersInputType, OrderRowResultType>(
            "As placeOrder for several orders, such as of an aggregator for its clients: acceptance and declaration hold for each, and each is answered for itself.");
        mutation.Add<ExpressInterest, ExpressInterest.Input, ExpressInterestInputType, OrderType>("order", Load,
            "Asks for a COORDINATED offer, without obligation. Refused where the same organisation asks for the same offer and users already.");
        mutation.Add<StartCoordination, StartCoordination.Input, StartCoordinationInputType, OrderType>("order", Load, "By the supplier of an order in INTEREST_EXPRESSED.");
        mutation.Add<SubmitTerms, SubmitTerms.Input, SubmitTermsInputType, OrderType>("order", Load,
            $"By the supplier: what the coordination came to. Until the order is placed newer terms can be submitted, up to {AgreedTerms.MostNumbers}; consents to earlier ones are void then. "
                + "Refused where they cost something and the offer's prices do not say alike how that is taxed.");
        mutation.Add<ConsentToTerms, ConsentToTerms.Input, ConsentToTermsInputType, OrderType>("order", Load,
            "By customer and seller, each for itself. Once both have consented to the same terms the customer can order bindingly.");
        mutation.Add<PlaceCoordinatedOrder, PlaceCoordinatedOrder.Input, PlaceCoordinatedOrderInputType, OrderType>("order", Load,
            "Orders bindingly what is agreed, like placeOrder: eligibility is decided anew, terms are accepted, the order is numbered. Parties and scope are those agreed.");
        mutation.Add<ApproveOrder, ApproveOrder.Input, ApproveOrderInputType, OrderType>("order", Load,
            "By somebody who acts for the customer of an order in AWAITING_APPROVAL and has neither placed nor approved it. With the last approval that its rules want the order binds and is numbered; eligibility is decided anew, price and accepted terms stay.");
        mutation.Add<WithdrawOrder, WithdrawOrder.Input, WithdrawOrderInputType, OrderType>("order", Load, "By the customer, before the order binds; the order ends.");
        mutation.Add<AcceptOrder, AcceptOrder.Input, AcceptOrderInputType, OrderType>("order", Load, "By the seller of a PLACED order: concludes the contracts.");
        mutation.Add<RejectOrder, RejectOrder.Input, RejectOrderInputType, OrderType>("order", Load, "By the seller of an order that is PLACED or does not bind yet, or by the supplier before it binds; the order ends.");
        mutation.Add<StartProvisioning, StartProvisioning.Input, StartProvisioningInputType, OrderType>("order", Load, "By the supplier of an ACCEPTED order; for AUTOMATIC offers the server does it.");
        mutation.Add<ActivateOrder, ActivateOrder.Input, ActivateOrderInputType, OrderType>("order", Load, "By the supplier of an order in PROVISIONING: the service runs, and is billed from activeFrom on.");
        mutation.AddBatch<ReportUsage, ReportUsage.Input, ReportUsageInputType, OrderRowResultType>(
            "By the supplier of orders that run or ran. A later report for the same order and year replaces the earlier one until it is billed, which is when the year or the service is over.");
        mutation.Add<RequestTermination, RequestTermination.Input, RequestTerminationInputType, OrderType>("order", Load,
            "Notice for an ACTIVE order, by its customer, seller or supplier. The service runs on; the day waits for the other side: the seller confirms what the customer asks for, the customer what the seller or supplier asks for.");
        mutation.Add<ConfirmTermination, ConfirmTermination.Input, ConfirmTerminationInputType, OrderType>("order", Load,
            "By the side that did not give notice: the order ends with terminationOn, and nothing is billed beyond it. What was provisioned by a service broker is removed there after that day.");
        mutation.Add<SetServiceBroker, SetServiceBroker.Input, SetServiceBrokerInputType, OrganisationType>("supplier", LoadSupplier,
            "By the supplier: where its Open Service Broker is and how it is entered, in place of what was set before. It is kept encrypted and told to nobody. Orders that wait for the broker or have failed there are tried at once.");
    }

    private static IDataLoaderResult<object?> LoadSupplier(RequestContext request, Guid id) => request.Get<OrganisationLoader>().Load(id).AsObject();

    private static IDataLoaderResult<object?> Load(RequestContext request, Guid id) => request.Get<OrderLoader>().Load(id).AsObject();
}

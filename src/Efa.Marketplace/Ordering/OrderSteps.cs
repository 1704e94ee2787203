using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

public sealed partial class Order
{
    /// <summary>Binds the order.</summary>
    public void Place(DateTimeOffset at, string? note = null)
    {
        PlacedAt = at;
        Move(OrderState.Placed, "order.placed", ["state", "number", "placedAt"], note, from: null);
    }

    public void NumberAs(string number) => Number = number;

    /// <summary>Takes a step of the table.</summary>
    public void Take(OrderTransition step, string? note) => Move(step.To, EventType(step.To), ["state"], note, State);

    /// <summary>Goes live.</summary>
    public void Activate(OrderTransition step, DateOnly activeFrom)
    {
        ActiveFrom = activeFrom;
        Move(step.To, EventType(step.To), ["state", "activeFrom"], note: null, State);
    }

    /// <summary>A party gives notice; its side stands by the day.</summary>
    public void RequestTermination(OrderTransition step, DateOnly lastDay, string? reason)
    {
        TerminationOn = lastDay;
        CustomerAgrees = step.By == OrganisationRole.Customer;
        SellerAgrees = !CustomerAgrees;
        Move(step.To, EventType(step.To), ["state", "terminationOn"], reason, State);
    }

    /// <summary>Ends with the day of the notice, which may be still to come.</summary>
    public void Terminate(OrderTransition step)
    {
        EndsOn = TerminationOn;
        CustomerAgrees = SellerAgrees = true;
        Move(step.To, EventType(step.To), ["state", "endsOn"], note: null, State);
    }

    /// <summary>Whether a party's side stands by what is proposed at this state.</summary>
    public bool StandsBy(OrganisationRole role) => role == OrganisationRole.Customer ? CustomerAgrees : SellerAgrees;

    /// <summary>The organisation that is the order's party in a role.</summary>
    public Guid Party(OrganisationRole role) => role switch
    {
        OrganisationRole.Seller => SellerId,
        OrganisationRole.Supplier => SupplierId,
        OrganisationRole.Customer or OrganisationRole.Aggregator => OrderedById,
        OrganisationRole.Client => Users[0].OrganisationId,
        OrganisationRole.Operator => throw new ArgumentOutOfRangeException(nameof(role), role, "The operator is no party of an order."),
    };

    private void Move(OrderState to, string type, IReadOnlyList<string> changed, string? note, OrderState? from)
    {
        State = to;
        Record(type, changed, from is { } state ? ApiName.Of(state) : null, ApiName.Of(to), note);
    }

    private static string EventType(OrderState to) => to switch
    {
        OrderState.Placed => "order.placed",
        OrderState.Accepted => "order.accepted",
        OrderState.Rejected => "order.rejected",
        OrderState.Provisioning => "order.provisioning",
        OrderState.Active => "order.activated",
        OrderState.TerminationRequested => "order.termination_requested",
        OrderState.Terminated => "order.terminated",
        _ => throw new ArgumentOutOfRangeException(nameof(to), to, "No step leads there."),
    };
}

using Efa.Graph.Engine.Types;
using Efa.Marketplace.Events;
using Efa.Marketplace.Ordering;
using GraphQL.Types;

namespace Efa.Graph.Ordering;

/// <summary>What every step of an order takes: the order, and the row version that the caller has seen.</summary>
public abstract class StepInputType<T> : MutationInputType<T>
    where T : VersionedStepInput
{
    protected StepInputType(string name)
        : base(name)
    {
        Id("orderId", IdPrefix.Order);
        Add<NonNullGraphType<IntGraphType>>("expectedVersion", "Order.version as the caller read it.");
    }

    protected sealed override T ReadInput(InputFields fields) => ReadStep(fields.Get<Guid>("orderId"), fields.Get<int>("expectedVersion"), fields);

    protected abstract T ReadStep(Guid orderId, int expectedVersion, InputFields fields);
}

public sealed class StartCoordinationInputType : StepInputType<StartCoordination.Input>
{
    public StartCoordinationInputType()
        : base("StartCoordinationInput") =>
        Add<StringGraphType>("note", $"Read by all parties; up to {StartCoordination.NoteLength} characters.");

    protected override StartCoordination.Input ReadStep(Guid orderId, int expectedVersion, InputFields fields) => new(orderId, expectedVersion, fields.Optional<string>("note"));
}

public sealed class WithdrawOrderInputType : StepInputType<WithdrawOrder.Input>
{
    public WithdrawOrderInputType()
        : base("WithdrawOrderInput") =>
        Add<StringGraphType>("reason", $"Read by all parties; up to {WithdrawOrder.ReasonLength} characters.");

    protected override WithdrawOrder.Input ReadStep(Guid orderId, int expectedVersion, InputFields fields) => new(orderId, expectedVersion, fields.Optional<string>("reason"));
}

public sealed class ApproveOrderInputType() : StepInputType<ApproveOrder.Input>("ApproveOrderInput")
{
    protected override ApproveOrder.Input ReadStep(Guid orderId, int expectedVersion, InputFields fields) => new(orderId, expectedVersion);
}

public sealed class AcceptOrderInputType() : StepInputType<AcceptOrder.Input>("AcceptOrderInput")
{
    protected override AcceptOrder.Input ReadStep(Guid orderId, int expectedVersion, InputFields fields) => new(orderId, expectedVersion);
}

public sealed class RejectOrderInputType : StepInputType<RejectOrder.Input>
{
    public RejectOrderInputType()
        : base("RejectOrderInput") =>
        Add<NonNullGraphType<StringGraphType>>("reason", $"Read by all parties; up to {RejectOrder.ReasonLength} characters.");

    protected override RejectOrder.Input ReadStep(Guid orderId, int expectedVersion, InputFields fields) => new(orderId, expectedVersion, fields.Get<string>("reason"));
}

public sealed class StartProvisioningInputType : StepInputType<StartProvisioning.Input>
{
    public StartProvisioningInputType()
        : base("StartProvisioningInput") =>
        Add<StringGraphType>("note", $"Read by all parties; up to {StartProvisioning.NoteLength} characters.");

    protected override StartProvisioning.Input ReadStep(Guid orderId, int expectedVersion, InputFields fields) => new(orderId, expectedVersion, fields.Optional<string>("note"));
}

public sealed class ActivateOrderInputType : StepInputType<ActivateOrder.Input>
{
    public ActivateOrderInputType()
        : base("ActivateOrderInput") =>
        Add<NonNullGraphType<DateType>>("activeFrom", "First day of service, not before startsOn; billing begins with it.");

    protected override ActivateOrder.Input ReadStep(Guid orderId, int expectedVersion, InputFields fields) => new(orderId, expectedVersion, fields.Get<DateOnly>("activeFrom"));
}

public sealed class RequestTerminationInputType : StepInputType<RequestTermination.Input>
{
    public RequestTerminationInputType()
        : base("RequestTerminationInput")
    {
        Add<NonNullGraphType<DateType>>("effectiveOn", "Last day of service: not before earliestTerminationOn, and a day to which the offer version lets notice be given.");
        Add<StringGraphType>("reason", $"Read by all parties; up to {RequestTermination.ReasonLength} characters.");
    }

    protected override RequestTermination.Input ReadStep(Guid orderId, int expectedVersion, InputFields fields) =>
        new(orderId, expectedVersion, fields.Get<DateOnly>("effectiveOn"), fields.Optional<string>("reason"));
}

public sealed class ConfirmTerminationInputType() : StepInputType<ConfirmTermination.Input>("ConfirmTerminationInput")
{
    protected override ConfirmTermination.Input ReadStep(Guid orderId, int expectedVersion, InputFields fields) => new(orderId, expectedVersion);
}

using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering.Brokers;

/// <summary>Takes down what came of asking a broker, moves the order on by its table, and says when the broker is asked next.</summary>
internal sealed class AdvanceProvisioning(BrokerOptions options) : Operation<AdvanceProvisioning.Input>
{
    /// <param name="Revision">As it was when the broker was asked; each answer counts once.</param>
    public sealed record Input(Guid OrderId, int Revision, BrokerAnswer Answer);

    public override string Name => "advanceProvisioning";

    public override string Scope => OrderTransitions.Scope;

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        Order order = (await work.OrderToChangeAsync(input.OrderId, cancellationToken))!;
        Job? job = await ProvisioningJob.HoldAsync(work, order.Id, cancellationToken);
        Provisioning provisioning = await work.Context.Set<Provisioning>().SingleAsync(p => p.OrderId == order.Id, cancellationToken);
        // Another node was quicker, or a person has changed what is wanted.
        if (provisioning.Revision != input.Revision) return Outcome.Done(order.Id);

        // Not before the job is held: one who sets the broker after this looks at the job after it is let go.
        ServiceBroker? broker = await work.Context.Set<ServiceBroker>().SingleOrDefaultAsync(b => b.SupplierId == provisioning.SupplierId, cancellationToken);
        bool isSuperseded = broker?.SetAt != input.Answer.BrokerSetAt;
        bool wasHandedOver = provisioning.IsHandedOver;
        provisioning.Take(isSuperseded ? input.Answer.WhereSuperseded() : input.Answer, work.Now, options);
        if (!Provisioning.IsWantedBy(order)) provisioning.Leave();
        Move(order, provisioning, work.Today);
        if (provisioning.IsHandedOver && !wasHandedOver) HandOver(order, provisioning);
        if (broker is not null && !isSuperseded) Hear(broker, input.Answer, work.Now);

        // The job that asks holds itself while it begins.
        if (input.Answer.Kind != BrokerAnswerKind.Begun) ProvisioningJob.Schedule(work, job, provisioning);
        return Outcome.Done(order.Id);
    }

    private static void Move(Order order, Provisioning provisioning, DateOnly today)
    {
        bool isThere = provisioning.State == ProvisioningState.Succeeded;
        bool hasBegun = isThere || provisioning.State == ProvisioningState.InProgress;
        if (hasBegun && Step(OrderTransitions.StartProvisioning) is { } start) order.Take(start, note: null);
        if (isThere && Step(OrderTransitions.Activate) is { } activate) order.Activate(activate, order.StartsOn is { } agreed && agreed > today ? agreed : today);

        OrderTransition? Step(string mutation) => OrderTransitions.From(order).FirstOrDefault(t => t.Mutation == mutation);
    }

    private static void HandOver(Order order, Provisioning provisioning)
    {
        if (provisioning.State == ProvisioningState.Failed) order.FailProvisioning();
        else order.FailRemoval();
    }

    private static void Hear(ServiceBroker broker, BrokerAnswer answer, DateTimeOffset now)
    {
        if (answer.IsOfTheBroker) broker.Rest(answer.NotBefore, now);
        else if (answer.Kind is not (BrokerAnswerKind.Begun or BrokerAnswerKind.NotWanted)) broker.Answered(now);
    }
}

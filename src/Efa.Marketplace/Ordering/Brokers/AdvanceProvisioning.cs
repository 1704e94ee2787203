using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering.Brokers;

/// <summary>Takes down what came of asking a broker, moves the order on by its table, and says when the broker is asked next.</summary>
internal sealed class AdvanceProvisioning(BrokerOptions options) : Operation<AdvanceProvisioning.Input>
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    /// <param name="Revision">As it was when the broker was asked; each answer counts once.</param>
    public sealed record Input(Guid OrderId, int Revision, BrokerAnswer Answer);

    public override string Name => "advanceProvisioning";

    public override string Scope => OrderTransitions.Scope;

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        Provisioning provisioning = await work.Context.Set<Provisioning>().SingleAsync(p => p.OrderId == input.OrderId, cancellationToken);
        // Another node was quicker, or a person has changed what is wanted.
        if (provisioning.Revision != input.Revision) return Outcome.Done(input.OrderId);
        Order order = (await work.OrderToChangeAsync(input.OrderId, cancellationToken))!;

        bool hadFailed = provisioning.State == ProvisioningState.Failed;
        provisioning.Take(input.Answer, work.Now, options);
        Move(order, provisioning, hadFailed, work.Today);
        if (input.Answer is { IsOfTheBroker: true } answer)
        {
            ServiceBroker broker = await work.Context.Set<ServiceBroker>().SingleAsync(b => b.SupplierId == provisioning.SupplierId, cancellationToken);
            // Not where it was set anew meanwhile.
            if (broker.SetAt == answer.BrokerSetAt) broker.Rest(answer.NotBefore ?? work.Now + Rest);
        }
        // The job that asks holds itself while it begins.
        if (input.Answer.Kind != BrokerAnswerKind.Begun) await ProvisioningJob.ScheduleAsync(work, provisioning, cancellationToken);
        return Outcome.Done(order.Id);
    }

    private static void Move(Order order, Provisioning provisioning, bool hadFailed, DateOnly today)
    {
        if (provisioning.State is ProvisioningState.InProgress or ProvisioningState.Succeeded && Step(OrderTransitions.StartProvisioning) is { } start) order.Take(start, note: null);
        if (provisioning.State == ProvisioningState.Succeeded && Step(OrderTransitions.Activate) is { } activate)
            order.Activate(activate, order.StartsOn is { } agreed && agreed > today ? agreed : today);
        if (provisioning.State == ProvisioningState.Failed && !hadFailed) order.FailProvisioning();

        OrderTransition? Step(string mutation) => OrderTransitions.From(order).FirstOrDefault(t => t.Mutation == mutation);
    }
}

using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering.Brokers;
using Efa.Marketplace.Ordering.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>The other side confirms the day with which the order and its contracts end; from then on nothing is billed beyond it.</summary>
public sealed class ConfirmTermination : StepOperation<ConfirmTermination.Input>
{
    public sealed record Input(Guid OrderId, int ExpectedVersion) : VersionedStepInput(OrderId, ExpectedVersion);

    public override string Name => OrderTransitions.ConfirmTermination;

    protected override async ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, Input input, Work work, CancellationToken cancellationToken)
    {
        order.Terminate(step);
        foreach (Contract contract in await work.Context.Set<Contract>().Where(c => c.OrderId == order.Id).ToListAsync(cancellationToken)) contract.End(order.EndsOn!.Value);
        Provisioning? provisioning = await work.Context.Set<Provisioning>().SingleOrDefaultAsync(p => p.OrderId == order.Id, cancellationToken);
        if (provisioning?.EndAfter(order.EndsOn!.Value, work.Now) == true) await ProvisioningJob.ScheduleAsync(work, provisioning, cancellationToken);
        return Outcome.Done(order.Id);
    }
}

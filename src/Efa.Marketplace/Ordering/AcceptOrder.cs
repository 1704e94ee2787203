using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering.Brokers;
using Efa.Marketplace.Ordering.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>The seller accepts, and so concludes the contracts. What is provisioned automatically is asked for at the supplier's service broker from then on.</summary>
public sealed class AcceptOrder : StepOperation<AcceptOrder.Input>
{
    public sealed record Input(Guid OrderId, int ExpectedVersion) : VersionedStepInput(OrderId, ExpectedVersion);

    public override string Name => OrderTransitions.Accept;

    protected override async ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, Input input, Work work, CancellationToken cancellationToken)
    {
        BrokerPlan? plan = await work.Context.Set<OfferVersion>().Where(v => v.Id == order.OfferVersionId).Select(v => v.BrokerPlan).SingleAsync(cancellationToken);
        order.Accept(step, isProvisioned: plan is not null);
        await ContractChain.ConcludeAsync(work, order, cancellationToken);
        if (plan is not null)
        {
            Provisioning provisioning = Provisioning.Of(order, plan, work.Now);
            work.Context.Add(provisioning);
            await ProvisioningJob.ScheduleAsync(work, provisioning, cancellationToken);
        }
        return Outcome.Done(order.Id);
    }
}

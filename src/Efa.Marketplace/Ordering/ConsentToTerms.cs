using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>Customer and seller consent, each for itself, to the terms of one hash; with the second consent they are agreed.</summary>
public sealed class ConsentToTerms : StepOperation<ConsentToTerms.Input>
{
    public sealed record Input(Guid OrderId, Guid OrganisationId, string TermsHash) : StepInput(OrderId);

    public override string Name => OrderTransitions.ConsentToTerms;

    protected override bool IsOf(Caller caller, Order order, OrganisationRole role, Input input) =>
        order.Party(role) == input.OrganisationId && caller.ActsFor(input.OrganisationId);

    protected override async ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, Input input, Work work, CancellationToken cancellationToken)
    {
        AgreedTerms terms = await work.Context.Set<AgreedTerms>().AsNoTracking().SingleAsync(t => t.OrderId == order.Id && t.Number == order.TermsNumber, cancellationToken);
        if (terms.Hash != input.TermsHash) return new AgreedTermsChanged(["input", "termsHash"], terms);
        work.Context.Add(new Consent
        {
            OrderId = order.Id,
            Number = terms.Number,
            OrganisationId = input.OrganisationId,
            Actor = work.Caller.Id,
            At = work.Now,
            TermsHash = terms.Hash,
        });
        order.ConsentToTerms(input.OrganisationId, work.Now);
        return Outcome.Done(order.Id);
    }
}

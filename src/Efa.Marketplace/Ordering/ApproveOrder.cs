using Efa.Marketplace.Catalog;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>Somebody of the customer's other than who placed the order approves it; with the last approval that its rules want it binds.</summary>
/// <remarks>Price and accepted terms are those that it was placed with; whether it may be ordered at all is decided anew.</remarks>
public sealed class ApproveOrder : StepOperation<ApproveOrder.Input>
{
    public sealed record Input(Guid OrderId, int ExpectedVersion) : VersionedStepInput(OrderId, ExpectedVersion);

    public override string Name => OrderTransitions.Approve;

    protected override async ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, Input input, Work work, CancellationToken cancellationToken)
    {
        Offer offer = await work.Context.Set<Offer>().AsNoTracking().SingleAsync(o => o.Id == order.OfferId, cancellationToken);
        if (Placing.AgainstState(offer, ["input", "orderId"]) is { } closed) return closed;
        work.RelyOn(offer);
        Eligibility eligibility = await Placing.EligibilityAsync(work, order.OfferId, order.OrderedById, cancellationToken);
        if (!eligibility.Eligible) return new NotEligible(eligibility) { Path = ["input", "orderId"] };

        order.EligibilityJson = CanonicalJson.Write(eligibility);
        order.Approve(work.Caller.Id, work.Now);
        if (order.State == OrderState.Placed) await BindAsync(work, order, cancellationToken);
        return Outcome.Done(order.Id);
    }

    private static async Task BindAsync(Work work, Order order, CancellationToken cancellationToken)
    {
        Placing.Number(work, order, await Placing.PartiesAsync(work, [order.SellerId], cancellationToken));
        ILookup<Guid, TermsAcceptance> accepted = await work.Context.AcceptancesOfOrdersAsync([order.Id], cancellationToken);
        string? agreed = await work.Context.Set<AgreedTerms>().Where(t => t.OrderId == order.Id && t.Number == order.TermsNumber).Select(t => t.Hash).SingleOrDefaultAsync(cancellationToken);
        await OrderReceipt.SignAsync(work, order, [.. accepted[order.Id].Select(a => ReceiptTerms.Of(a.TermsId, a.Sha256))], agreed, cancellationToken);
    }
}

using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Pricing;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>The supplier submits the result of the coordination, for consent by customer and seller.</summary>
public sealed class SubmitTerms : StepOperation<SubmitTerms.Input>
{
    public sealed record Input(Guid OrderId, int ExpectedVersion, decimal AnnualFee, decimal? NextBillingAmount, decimal OneTimeFee, string Scope)
        : VersionedStepInput(OrderId, ExpectedVersion);

    public override string Name => OrderTransitions.SubmitTerms;

    public override IEnumerable<Refusal> Check(Input input) =>
    [
        .. FeeCheck.Sum(input.AnnualFee, "input", "annualFee"),
        .. FeeCheck.Sum(input.NextBillingAmount, "input", "nextBillingAmount"),
        .. FeeCheck.Sum(input.OneTimeFee, "input", "oneTimeFee"),
        .. InputCheck.Text(input.Scope, AgreedTerms.ScopeLength, "input", "scope"),
    ];

    protected override async ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, Input input, Work work, CancellationToken cancellationToken)
    {
        // Fees that could not be taxed are refused before anybody consents to them.
        IReadOnlyList<PriceComponent> prices = await work.Context.Set<OfferVersion>().Where(v => v.Id == order.OfferVersionId).Select(v => v.Prices).SingleAsync(cancellationToken);
        if (!new AgreedFees(input.AnnualFee, input.NextBillingAmount, input.OneTimeFee, FeeTaxes.Of(prices)).AreTaxed)
            return new Invalid(OrderingRefusals.FeeTaxesUnknown, ["input", "orderId"]);

        int number = order.TermsNumber + 1;
        work.Context.Add(new AgreedTerms
        {
            OrderId = order.Id,
            Number = number,
            AnnualFee = input.AnnualFee,
            NextBillingAmount = input.NextBillingAmount,
            OneTimeFee = input.OneTimeFee,
            Scope = input.Scope,
            Hash = AgreedTerms.HashOf(order.Id, number, input.AnnualFee, input.NextBillingAmount, input.OneTimeFee, input.Scope),
            SubmittedAt = work.Now,
        });
        order.SubmitTerms(step, number, work.Now);
        return Outcome.Done(order.Id);
    }
}

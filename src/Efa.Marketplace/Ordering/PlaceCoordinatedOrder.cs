using Efa.Marketplace.Catalog;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>Orders bindingly what was coordinated, at the agreed fees and on the terms of today.</summary>
public sealed class PlaceCoordinatedOrder : StepOperation<PlaceCoordinatedOrder.Input>
{
    public sealed record Input(
        Guid OrderId,
        int ExpectedVersion,
        string AgreedTermsHash,
        Guid? BillToId,
        DateOnly StartsOn,
        string? PurchaseOrderNumber,
        string? SellerNumber,
        IReadOnlyList<AcceptedTerms> AcceptedTerms,
        bool DeclaresAuthorisedToRepresent)
        : VersionedStepInput(OrderId, ExpectedVersion);

    public override string Name => OrderTransitions.PlaceCoordinated;

    public override IEnumerable<Refusal> Check(Input input) =>
    [
        .. Placing.CheckDeclaration(input.DeclaresAuthorisedToRepresent, input.AcceptedTerms),
        .. Placing.CheckNumbers(input.PurchaseOrderNumber, input.SellerNumber),
    ];

    protected override async ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, Input input, Work work, CancellationToken cancellationToken)
    {
        AgreedTerms agreed = await work.Context.Set<AgreedTerms>().AsNoTracking().SingleAsync(t => t.OrderId == order.Id && t.Number == order.TermsNumber, cancellationToken);
        if (agreed.Hash != input.AgreedTermsHash) return new AgreedTermsChanged(["input", "agreedTermsHash"], agreed);

        Offer offer = await work.Context.Set<Offer>().AsNoTracking().SingleAsync(o => o.Id == order.OfferId, cancellationToken);
        if (Placing.AgainstState(offer, ["input", "orderId"]) is { } closed) return closed;

        var parties = new OrderParties(order.OrderedById, [.. order.Users.Select(u => u.OrganisationId)], input.BillToId ?? order.OrderedById);
        Refusal[] problems = [.. (await parties.RefusalsAsync(work, cancellationToken)).Select(Here), .. Placing.AgainstStart(input.StartsOn, work.Today)];
        if (problems.Length > 0) return Outcome.Refused(problems);

        Eligibility eligibility = await Placing.EligibilityAsync(work, order.OfferId, order.OrderedById, cancellationToken);
        if (!eligibility.Eligible) return new NotEligible(eligibility) { Path = ["input", "orderId"] };

        ILookup<Guid, TermsDocument> terms = await work.Context.TermsOfVersionsAsync([order.OfferVersionId], work.Today, cancellationToken);
        TermsDocument[] required = [.. terms[order.OfferVersionId]];
        if (Placing.AgainstTerms(input.AcceptedTerms, required) is { } missing) return missing;

        // Fees are taxed as the offer is that was asked for.
        OfferVersion version = await work.Context.Set<OfferVersion>().AsNoTracking().SingleAsync(v => v.Id == order.OfferVersionId, cancellationToken);
        var fees = new AgreedFees(agreed.AnnualFee, agreed.NextBillingAmount, agreed.OneTimeFee, FeeTaxes.Of(version.Prices));
        if (!fees.AreTaxed) return new Invalid(OrderingRefusals.FeeTaxesUnknown, ["input", "orderId"]);

        order.BillToId = parties.BillToId;
        order.StartsOn = input.StartsOn;
        order.PurchaseOrderNumber = input.PurchaseOrderNumber;
        order.SellerNumber = input.SellerNumber;
        order.AgreeFees(fees, work.Now);
        order.EligibilityJson = CanonicalJson.Write(eligibility);
        order.PricingJson = CanonicalJson.Write(new PricingBasis([], [.. order.Users.Select(u => new PricedUser(u.OrganisationId, null, null, null))], null, null));
        Placing.Accept(work, order, required);
        Placing.Place(work, order, agreed.AnnualFee + agreed.OneTimeFee, await Placing.PartiesAsync(work, [order.OrderedById, order.SellerId], cancellationToken));
        await OrderReceipt.SignAsync(work, order, ReceiptTerms.Of(required), agreed.Hash, cancellationToken);
        return Outcome.Done(order.Id);
    }

    // Orderer and users are those of the order; the input names who pays.
    private static Refusal Here(Refusal refusal) => refusal.Path is ["input", "billToId"] ? refusal : refusal with { Path = ["input", "orderId"] };
}

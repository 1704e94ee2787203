using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>Orders a DIRECT offer bindingly, at the price of today's quote and on the terms of today.</summary>
public sealed class PlaceOrder : Operation<PlaceOrder.Input>
{
    public sealed record Input(
        Guid OfferId,
        Guid OrderedById,
        IReadOnlyList<Guid>? UsedByIds,
        Guid? BillToId,
        DateOnly StartsOn,
        string? PackageCode,
        int? ExpectedUses,
        string? PurchaseOrderNumber,
        string? SellerNumber,
        string QuoteHash,
        IReadOnlyList<AcceptedTerms> AcceptedTerms,
        bool DeclaresAuthorisedToRepresent)
        : DirectOrder(OfferId, OrderedById, UsedByIds, BillToId, StartsOn, PackageCode, ExpectedUses, PurchaseOrderNumber, SellerNumber, QuoteHash);

    public override string Name => "placeOrder";

    public override string Scope => OrderTransitions.Scope;

    public override IEnumerable<Refusal> Check(Input input) => [.. Placing.CheckDeclaration(input.DeclaresAuthorisedToRepresent, input.AcceptedTerms), .. input.Check()];

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        IReadOnlyList<PlacedOrder> placed = await DirectOrders.PlaceAsync(work, [input], required => Placing.AgainstTerms(input.AcceptedTerms, required), cancellationToken);
        return placed is [{ Order: { } order }] ? Outcome.Done(order.Id) : Outcome.Refused(placed[0].Refusals);
    }
}

/// <summary>A document that an order accepts, by the hash of what was read.</summary>
public sealed record AcceptedTerms(Guid DocumentId, string Sha256);

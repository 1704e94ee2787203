using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>What is ordered of a DIRECT offer, by whom and for whom, at the price of a quote.</summary>
public record DirectOrder(
    Guid OfferId,
    Guid OrderedById,
    IReadOnlyList<Guid>? UsedByIds,
    Guid? BillToId,
    DateOnly StartsOn,
    string? PackageCode,
    int? ExpectedUses,
    string? PurchaseOrderNumber,
    string? SellerNumber,
    string QuoteHash)
{
    public const int PackageCodeLength = 40;

    /// <summary>Everything that can be said of it without the store.</summary>
    internal IEnumerable<Refusal> Check() =>
    [
        .. Placing.CheckUses(ExpectedUses),
        .. Placing.CheckUsers(UsedByIds),
        .. InputCheck.OptionalText(PackageCode, PackageCodeLength, "input", "packageCode"),
        .. Placing.CheckNumbers(PurchaseOrderNumber, SellerNumber),
    ];

    internal OrderParties Parties() => new(OrderedById, UsedByIds ?? [OrderedById], BillToId ?? OrderedById);

    internal QuoteQuestion Question() => new(OfferId, OrderedById, Ars: null, UsedByIds, StartsOn, PackageCode, ExpectedUses);
}

using Efa.Marketplace.Events;

namespace Efa.Marketplace.Ordering;

/// <summary>How far an order is. The order binds from <see cref="Placed"/> on.</summary>
public enum OrderState
{
    InterestExpressed,
    InCoordination,
    TermsSubmitted,
    TermsAgreed,
    AwaitingApproval,
    Placed,
    Accepted,
    Provisioning,
    Active,
    TerminationRequested,
    Terminated,
    Withdrawn,
    Rejected,
    Expired,
}

/// <summary>Where an order comes from.</summary>
public enum OrderOrigin { Marketplace, Imported }

/// <summary>An order of a version of an offer, from the expression of interest or from placing to its end.</summary>
public sealed partial class Order : Aggregate
{
    public override string Kind => IdPrefix.Order;

    public override IEnumerable<Guid> Parties => [OrderedById, BillToId, SellerId, SupplierId, .. Users.Select(u => u.OrganisationId)];

    public OrderState State { get; private set; }

    public OrderOrigin Origin { get; init; }

    /// <summary>Given when it binds, consecutive for seller and calendar year: GD-2026-000042.</summary>
    public string? Number { get; private set; }

    /// <summary>That of the contract between seller and customer, once it is concluded (BT-12).</summary>
    public string? ContractNumber { get; private set; }

    public Guid OfferId { get; init; }

    public Guid OfferVersionId { get; init; }

    public Guid SellerId { get; init; }

    public Guid SupplierId { get; init; }

    public Guid OrderedById { get; init; }

    /// <summary>The orderer, until the order is placed and says otherwise.</summary>
    public Guid BillToId { get; internal set; }

    /// <summary>At most 200.</summary>
    public List<OrderUser> Users { get; init; } = [];

    /// <summary>The buyer's own order number (BT-13).</summary>
    public string? PurchaseOrderNumber { get; internal set; }

    /// <summary>The seller's number at the buyer (BT-29).</summary>
    public string? SellerNumber { get; internal set; }

    /// <summary>Named when the order is placed.</summary>
    public DateOnly? StartsOn { get; internal set; }

    public string? PackageCode { get; init; }

    public int? ExpectedUses { get; init; }

    /// <summary>The decision as it was when the order was last asked for, placed or approved: canonical JSON.</summary>
    public string? EligibilityJson { get; internal set; }

    /// <summary>The quote as ordered: canonical JSON; null where the price was coordinated.</summary>
    public string? QuoteJson { get; init; }

    public string? QuoteHash { get; init; }

    /// <summary>What bills are computed from where no fees are agreed: prices and users as ordered, canonical JSON. Without prices where fees are agreed from the start.</summary>
    public string? PricingJson { get; internal set; }

    /// <summary>Number of the newest terms; 0 where none were submitted.</summary>
    public int TermsNumber { get; private set; }

    /// <summary>Fees agreed between the parties; none where the order is billed from its prices.</summary>
    public List<OrderFees> Fees { get; init; } = [];

    /// <summary>Whether its prices count uses; those of a year are billed when it is over and they are reported.</summary>
    public bool CountsUses { get; init; }

    public List<UsageReport> Usage { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when an order that does not bind yet waits for the next step; it expires by it.</summary>
    public DateTimeOffset? WaitingSince { get; private set; }

    /// <summary>Id of the caller who placed it, also where it does not bind yet.</summary>
    public string? PlacedBy { get; private set; }

    /// <summary>How many others of the customer's have to approve it before it binds.</summary>
    public int ApprovalsNeeded { get; private set; }

    public IReadOnlyList<OrderApproval> Approvals { get; private set; } = [];

    /// <summary>When it became binding; null also where that was elsewhere.</summary>
    public DateTimeOffset? PlacedAt { get; private set; }

    public DateOnly? ActiveFrom { get; private set; }

    /// <summary>Last day of service, as the party asked that gave notice.</summary>
    public DateOnly? TerminationOn { get; private set; }

    /// <summary>Last day of service, once both sides have it so.</summary>
    public DateOnly? EndsOn { get; private set; }

    /// <summary>Whether the customer stands by what is proposed at this state, the terms submitted or the day of a termination.</summary>
    public bool CustomerAgrees { get; private set; }

    /// <summary>Whether the seller's side does.</summary>
    public bool SellerAgrees { get; private set; }
}

/// <summary>An organisation that uses what was ordered.</summary>
public sealed class OrderUser
{
    public Guid OrderId { get; init; }

    public Guid OrganisationId { get; init; }

    public int Position { get; init; }
}

/// <summary>Somebody of the customer's has approved an order that another placed.</summary>
/// <param name="Actor">The caller's id.</param>
public sealed record OrderApproval(string Actor, DateTimeOffset At);

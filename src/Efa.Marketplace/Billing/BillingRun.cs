using Efa.Marketplace.Events;

namespace Efa.Marketplace.Billing;

/// <summary>How far a billing run is.</summary>
public enum BillingRunState { Running, Finished, Failed }

/// <summary>A seller bills a year: one invoice for each buyer and tax group, and reasons for each buyer that cannot be billed.</summary>
public sealed class BillingRun : Aggregate
{
    public override string Kind => IdPrefix.BillingRun;

    public override IEnumerable<Guid> Parties => [SellerId];

    public Guid SellerId { get; init; }

    public int Year { get; init; }

    public DateOnly IssueOn { get; init; }

    public DateOnly DueOn { get; init; }

    public BillingRunState State { get; private set; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Null until the run has counted.</summary>
    public int? OrdersTotal { get; private set; }

    public int OrdersDone { get; private set; }

    /// <summary>How far the run has come through the seller's orders, which it passes by buyer; null until the first step.</summary>
    public Guid? ReachedBuyerId { get; private set; }

    public Guid? ReachedOrderId { get; private set; }

    /// <summary>How far it has come through the invoices whose contracts have ended; null until the first step.</summary>
    public Guid? ReachedInvoiceId { get; private set; }

    public List<BlockedBuyer> Blocked { get; init; } = [];

    public void Start() => Record("billing-run.started", ["state"]);

    public void Count(int orders)
    {
        OrdersTotal = orders;
        Record("billing-run.counted", ["ordersTotal"]);
    }

    /// <summary>So many orders more are done: billed, or blocked.</summary>
    public void Advance(int orders, Guid buyerId, Guid orderId)
    {
        OrdersDone += orders;
        (ReachedBuyerId, ReachedOrderId) = (buyerId, orderId);
        Record("billing-run.advanced", ["ordersDone"]);
    }

    /// <summary>Keeps why orders of a buyer were not billed; the orders of a buyer can come in several steps.</summary>
    public void Block(Guid buyerId, IReadOnlyList<BlockReason> reasons, IReadOnlyList<Guid> orderIds)
    {
        if (Blocked.Find(b => b.BuyerId == buyerId) is { } known) (known.Reasons, known.OrderIds) = ([.. known.Reasons.Union(reasons)], [.. known.OrderIds, .. orderIds]);
        else Blocked.Add(new BlockedBuyer { RunId = Id, BuyerId = buyerId, Reasons = reasons, OrderIds = orderIds });
    }

    /// <summary>Contracts that ended were credited, or blocked, up to an invoice.</summary>
    public void CreditEnded(Guid invoiceId)
    {
        ReachedInvoiceId = invoiceId;
        Record("billing-run.credited", ["invoices"]);
    }

    public void Finish(DateTimeOffset at)
    {
        // Orders that went active, or were billed by another run, after the count.
        OrdersTotal = OrdersDone;
        (State, FinishedAt) = (BillingRunState.Finished, at);
        Record("billing-run.finished", ["state", "finishedAt", "ordersTotal", "blocked"]);
    }

    public void Fail(DateTimeOffset at)
    {
        (State, FinishedAt) = (BillingRunState.Failed, at);
        Record("billing-run.failed", ["state", "finishedAt"]);
    }
}

/// <summary>A buyer that a run could not bill, with the reasons and the orders concerned.</summary>
public sealed class BlockedBuyer
{
    public Guid RunId { get; init; }

    public Guid BuyerId { get; init; }

    public IReadOnlyList<BlockReason> Reasons { get; set; } = [];

    public IReadOnlyList<Guid> OrderIds { get; set; } = [];
}

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

    public List<BlockedBuyer> Blocked { get; init; } = [];

    public void Start() => Record("billing-run.started", ["state"]);

    public void Count(int orders)
    {
        OrdersTotal = orders;
        Record("billing-run.counted", ["ordersTotal"]);
    }

    public void Bill(int orders)
    {
        OrdersDone += orders;
        Record("billing-run.advanced", ["ordersDone"]);
    }

    public void Finish(DateTimeOffset at, IEnumerable<BlockedBuyer> blocked)
    {
        (State, FinishedAt) = (BillingRunState.Finished, at);
        Blocked.AddRange(blocked);
        Record("billing-run.finished", ["state", "finishedAt", "blocked"]);
    }

    public void Fail(DateTimeOffset at)
    {
        (State, FinishedAt) = (BillingRunState.Failed, at);
        Record("billing-run.failed", ["state", "finishedAt"]);
    }
}

/// <summary>A buyer that a run could not bill, with the codes of the reasons and the orders concerned.</summary>
public sealed class BlockedBuyer
{
    public Guid RunId { get; init; }

    public Guid BuyerId { get; init; }

    public IReadOnlyList<string> Reasons { get; init; } = [];

    public IReadOnlyList<Guid> OrderIds { get; init; } = [];
}

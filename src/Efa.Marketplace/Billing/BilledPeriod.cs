namespace Efa.Marketplace.Billing;

/// <summary>What of an order is billed for itself.</summary>
public enum BilledPart
{
    /// <summary>What is due for the days of a calendar year, whatever is used.</summary>
    Year,

    /// <summary>The uses of a calendar year, as reported.</summary>
    Usage,

    /// <summary>What is due once.</summary>
    Once,
}

/// <summary>A part of an order was billed; there is at most one such row for each, whatever runs there are.</summary>
/// <remarks>A part whose amount is zero has no invoice but has its row. What was billed for which days stands on the invoice lines of the order.</remarks>
public sealed class BilledPeriod
{
    /// <summary>Stands in place of a year for what is due once.</summary>
    public const int Once = 0;

    public Guid OrderId { get; init; }

    public BilledPart Part { get; init; }

    public int Year { get; init; }

    /// <summary>First day that was billed.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day that was billed.</summary>
    public DateOnly To { get; init; }

    public Guid RunId { get; init; }
}

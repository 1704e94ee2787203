using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>A line of an e-invoice (BG-25): net = quantity × price / base quantity, rounded half away from zero.</summary>
public sealed record EInvoiceLine
{
    /// <summary>BT-126. A line of a credit note has the id of the line that it credits.</summary>
    public required string Id { get; init; }

    /// <summary>BT-127.</summary>
    public string? Note { get; init; }

    /// <summary>BT-129.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>BT-130 and BT-150: one of <see cref="UnitCodes"/>.</summary>
    public required string UnitCode { get; init; }

    /// <summary>BT-131, made by <see cref="InvoiceSums.Complete"/>.</summary>
    public decimal Net { get; init; }

    /// <summary>BG-26.</summary>
    public ServicePeriod? Period { get; init; }

    /// <summary>BT-153.</summary>
    public required string Name { get; init; }

    /// <summary>BT-154.</summary>
    public string? Description { get; init; }

    /// <summary>BT-155: the seller's number of what is billed.</summary>
    public string? ItemNumber { get; init; }

    public required LineTax Tax { get; init; }

    /// <summary>BG-32: what the quantity came from, such as inhabitants and their key date.</summary>
    public IReadOnlyList<ItemAttribute> Attributes { get; init; } = [];

    /// <summary>BT-146: price of a base quantity.</summary>
    public required decimal Price { get; init; }

    /// <summary>BT-149: a fraction of a year is 108 days of a base of 365, so that no cent is lost in a rounded daily price.</summary>
    public decimal BaseQuantity { get; init; } = 1;

    /// <summary>How the line came about: for the page to read, not for the XML.</summary>
    public IReadOnlyList<PriceStep> Steps { get; init; } = [];

    /// <summary>What <see cref="Net"/> must be.</summary>
    public decimal ComputedNet() => Cents.Round(Quantity * Price / BaseQuantity);
}

/// <summary>A name and a value that describe what is billed.</summary>
public sealed record ItemAttribute(string Name, string Value);

using Efa.Marketplace.Ordering;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing;

/// <summary>What is billed of one order: for each year by the fees agreed for it, else by the prices as ordered.</summary>
/// <remarks>
/// Agreed fees are one sum for a bill: years that come together, because one was carried over, are one such sum, by the fees of the later year. It is
/// not prorated where the service begins, because for that there is the next amount; where the service ends within the year, it is, by days.
/// </remarks>
internal sealed class OrderBill
{
    private readonly List<DuePart> parts = [];
    private readonly List<PriceLine> prices = [];
    private readonly List<BlockReason> waiting = [];

    private OrderBill()
    {
    }

    /// <summary>What is billed; what waits is not in it.</summary>
    public IReadOnlyList<DuePart> Parts => parts;

    /// <summary>Without those of zero.</summary>
    public IReadOnlyList<PriceLine> Prices => prices;

    /// <summary>Why other parts cannot be billed yet.</summary>
    public IReadOnlyList<BlockReason> Waiting => waiting;

    /// <param name="order">With its fees.</param>
    public static OrderBill Of(Order order, PricingBasis basis, IReadOnlyList<DuePart> due, IReadOnlyCollection<BilledPeriod> billed)
    {
        var bill = new OrderBill();
        DuePart[] agreed = [.. due.Where(p => p.Part == BilledPart.Year && order.FeesIn(p.Year) is not null)];
        if (agreed.Length > 0) bill.AddAgreed(order, agreed, billed);
        foreach (DuePart part in due.Except(agreed))
            if (part.Part == BilledPart.Once) bill.AddOnce(order, basis, part);
            else if (part.Part == BilledPart.Usage) bill.AddUsage(order, basis, part);
            else bill.Add([part], PriceCalculator.Recurring(basis, part.From, part.To, withUses: false));
        return bill;
    }

    private void AddAgreed(Order order, DuePart[] years, IReadOnlyCollection<BilledPeriod> billed)
    {
        DuePart last = years[^1];
        OrderFees fees = order.FeesIn(last.Year)!;
        bool next = !billed.Any(b => b.Part == BilledPart.Year && b.Year >= fees.EffectiveYear);
        if (fees.Taxes.Count > 0 || fees.Agreed.Sum(next) == 0) Add(years, fees.Agreed.Yearly(next, years[0].From, last.To));
        else waiting.Add(OrderRules.TaxUnknown.Against(order));
    }

    private void AddOnce(Order order, PricingBasis basis, DuePart part)
    {
        OrderFees[] once = [.. order.Fees.Where(f => f.OneTimeFee > 0)];
        if (once.Any(f => f.Taxes.Count == 0)) waiting.Add(OrderRules.TaxUnknown.Against(order));
        else Add([part], [.. basis.Components.Count > 0 ? PriceCalculator.OneTime(basis, part.From) : [], .. once.SelectMany(f => f.Agreed.OneTime(part.From))]);
    }

    // Where fees are agreed, nothing else is billed.
    private void AddUsage(Order order, PricingBasis basis, DuePart part)
    {
        if (order.FeesIn(part.Year) is not null) Add([part], []);
        else if (order.UsageIn(part.Year) is { } report) Add([part], PriceCalculator.Used(basis, report.Uses, part.From, part.To));
        else waiting.Add(OrderRules.UsageMissing.Against(order));
    }

    private void Add(IEnumerable<DuePart> billed, IEnumerable<PriceLine> lines)
    {
        parts.AddRange(billed);
        prices.AddRange(lines.Where(l => l.Net != 0));
    }
}

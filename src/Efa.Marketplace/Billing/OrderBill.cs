using Efa.Marketplace.Ordering;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing;

/// <summary>What is billed of one order: for each year by the fees agreed for it, else by the prices as ordered.</summary>
/// <remarks>
/// Agreed fees are one sum for a bill: years that come together, because one was carried over, are one such sum, by the fees of the later year. It is
/// not prorated where the service begins, because for that there is the next amount; where the service ends before the year does, it is, by the days out
/// of all that the bill is for. So it comes to the same whether the end is known to the bill, or to a later run that credits the days after it.
/// </remarks>
internal sealed class OrderBill
{
    private readonly List<DuePart> parts = [];
    private readonly List<(BilledPart Part, PriceLine Price)> prices = [];
    private readonly List<BlockReason> waiting = [];

    private OrderBill()
    {
    }

    /// <summary>What is billed; what waits is not in it.</summary>
    public IReadOnlyList<DuePart> Parts => parts;

    /// <summary>Without those of zero.</summary>
    public IReadOnlyList<(BilledPart Part, PriceLine Price)> Prices => prices;

    /// <summary>Why other parts cannot be billed yet.</summary>
    public IReadOnlyList<BlockReason> Waiting => waiting;

    /// <param name="order">With its fees.</param>
    /// <param name="year">The year of the bill.</param>
    public static OrderBill Of(Order order, PricingBasis basis, int year, IReadOnlyList<DuePart> due, IReadOnlyCollection<BilledPeriod> billed)
    {
        var bill = new OrderBill();
        DuePart[] agreed = [.. due.Where(p => p.Part == BilledPart.Year && order.FeesIn(p.Year) is not null)];
        if (agreed.Length > 0) bill.AddAgreed(order, year, agreed, billed);
        foreach (DuePart part in due.Except(agreed))
            if (part.Part == BilledPart.Once) bill.AddOnce(order, basis, part);
            else if (part.Part == BilledPart.Usage) bill.AddUsage(order, basis, part);
            else bill.Add([part], PriceCalculator.Recurring(basis, part.From, part.To, withUses: false));
        return bill;
    }

    private void AddAgreed(Order order, int year, DuePart[] years, IReadOnlyCollection<BilledPeriod> billed)
    {
        OrderFees fees = order.FeesIn(year)!;
        // A year that newer fees have billed did not use it up.
        bool next = !billed.Any(b => b.Part == BilledPart.Year && order.FeesIn(b.Year)?.Number == fees.Number);
        if (fees.Taxes.Count > 0 || fees.Agreed.Sum(next) == 0) Add(years, fees.Agreed.Yearly(year, next, years[0].From, years[^1].To));
        else waiting.Add(OrderRules.TaxUnknown.Against(order));
    }

    private void AddOnce(Order order, PricingBasis basis, DuePart part)
    {
        // Where it was not said how they are taxed when they were agreed, as it was said last.
        IReadOnlyList<TaxRegime> known = order.Fees.Where(f => f.Taxes.Count > 0).MaxBy(f => f.Number)?.Taxes ?? [];
        AgreedFees[] once = [.. order.Fees.Where(f => f.OneTimeFee > 0).Select(f => f.Taxes.Count > 0 ? f.Agreed : f.Agreed with { Taxes = known })];
        if (once.Any(f => f.Taxes.Count == 0)) waiting.Add(OrderRules.TaxUnknown.Against(order));
        else Add([part], [.. basis.Components.Count > 0 ? PriceCalculator.OneTime(basis, part.From) : [], .. once.SelectMany(f => f.OneTime(part.From))]);
    }

    // Where fees are agreed, nothing else is billed.
    private void AddUsage(Order order, PricingBasis basis, DuePart part)
    {
        if (order.FeesIn(part.Year) is not null) Add([part], []);
        else if (order.UsageIn(part.Year) is { } report) Add([part], PriceCalculator.Used(basis, report.Uses, part.From, part.To));
        else waiting.Add(OrderRules.UsageMissing.Against(order));
    }

    private void Add(DuePart[] billed, IEnumerable<PriceLine> lines)
    {
        parts.AddRange(billed);
        prices.AddRange(lines.Where(l => l.Net != 0).Select(l => (billed[0].Part, l)));
    }
}

using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>A part of an order that a run bills: its days in a calendar year, or what is due once.</summary>
/// <param name="Year">A calendar year, or <see cref="BilledPeriod.Once"/>.</param>
public sealed record DuePart(BilledPart Part, int Year, DateOnly From, DateOnly To);

/// <summary>What is due of which orders when a seller bills a year.</summary>
/// <remarks>
/// An order is due from the day on which its service is active, because that is the time of supply, to its end or the end of the year; a bill may
/// come before the year is over. The run of a year bills that year, and of the year before only what the seller's setting carries over: orders that
/// went active in its last quarter, or its last two. Earlier years that were never billed are billed by runs of their own. What is due once comes
/// with the first bill, or as soon as it can after it; uses come when their year, or the service, is over.
/// </remarks>
public static class DueParts
{
    private static readonly OrderState[] BillableStates = [OrderState.Active, OrderState.TerminationRequested, OrderState.Terminated];

    /// <summary>The seller's orders of which the run of a year bills something.</summary>
    public static IQueryable<Order> OrdersDue(this MarketContext context, Guid sellerId, int year, CarryOver carryOver, DateOnly today)
    {
        DateOnly first = new(year, 1, 1);
        DateOnly waitFrom = CarriedFrom(year, carryOver);
        DateOnly carriedFrom = CarriedFrom(year - 1, carryOver);
        bool over = today > new DateOnly(year, 12, 31), overBefore = today >= first;
        IQueryable<BilledPeriod> billed = context.Set<BilledPeriod>();
        return context.Set<Order>().AsNoTracking()
            .Where(o => o.SellerId == sellerId && BillableStates.Contains(o.State) && o.ActiveFrom < waitFrom && (o.EndsOn == null || o.EndsOn >= o.ActiveFrom))
            .Where(o => ((o.EndsOn == null || o.EndsOn >= first)
                    && (!billed.Any(b => b.OrderId == o.Id && b.Part == BilledPart.Year && b.Year == year)
                        || (o.CountsUses && (over || o.EndsOn < today) && !billed.Any(b => b.OrderId == o.Id && b.Part == BilledPart.Usage && b.Year == year))))
                // What is due once waited when the first bill was made.
                || (billed.Any(b => b.OrderId == o.Id) && !billed.Any(b => b.OrderId == o.Id && b.Part == BilledPart.Once))
                || (o.ActiveFrom >= carriedFrom && o.ActiveFrom < first
                    && (!billed.Any(b => b.OrderId == o.Id && b.Part == BilledPart.Year && b.Year == year - 1)
                        || (o.CountsUses && (overBefore || o.EndsOn < today) && !billed.Any(b => b.OrderId == o.Id && b.Part == BilledPart.Usage && b.Year == year - 1)))));
    }

    /// <summary>The parts of one such order, in the order of a bill.</summary>
    public static IReadOnlyList<DuePart> Of(Order order, int year, CarryOver carryOver, DateOnly today, IReadOnlyCollection<BilledPeriod> billed)
    {
        if (order.ActiveFrom is not { } activeFrom) return [];
        var parts = new List<DuePart>();
        foreach (int due in new[] { year - 1, year })
        {
            bool waits = activeFrom.Year == due && activeFrom >= CarriedFrom(due, carryOver);
            if (waits != (due < year)) continue;
            DateOnly from = Later(activeFrom, new DateOnly(due, 1, 1));
            DateOnly to = Earlier(order.EndsOn ?? DateOnly.MaxValue, new DateOnly(due, 12, 31));
            if (from > to) continue;
            if (!IsBilled(BilledPart.Year, due)) parts.Add(new DuePart(BilledPart.Year, due, from, to));
            if (order.CountsUses && today > to && !IsBilled(BilledPart.Usage, due)) parts.Add(new DuePart(BilledPart.Usage, due, from, to));
        }
        if ((parts.Count > 0 || billed.Count > 0) && !IsBilled(BilledPart.Once, BilledPeriod.Once)) parts.Add(new DuePart(BilledPart.Once, BilledPeriod.Once, activeFrom, activeFrom));
        return parts;

        bool IsBilled(BilledPart part, int ofYear) => billed.Any(b => b.Part == part && b.Year == ofYear);
    }

    /// <summary>Orders that go active in a year from this day on wait for the next year's bill; the day after the year where none does.</summary>
    private static DateOnly CarriedFrom(int year, CarryOver carryOver) => carryOver switch
    {
        CarryOver.None => new DateOnly(year + 1, 1, 1),
        CarryOver.Q4 => new DateOnly(year, 10, 1),
        CarryOver.Q3AndQ4 => new DateOnly(year, 7, 1),
    };

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}

using Efa.Marketplace.Billing;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;

namespace Efa.Graph.Tests.Billing;

public sealed class DuePartsTests
{
    [Theory]
    [InlineData("2026-02-15", 2026, CarryOver.None, "2026-02-15..2026-12-31 once")]
    [InlineData("2026-11-15", 2026, CarryOver.None, "2026-11-15..2026-12-31 once")]
    [InlineData("2026-11-15", 2027, CarryOver.None, "2027-01-01..2027-12-31 once")]
    [InlineData("2026-02-15", 2026, CarryOver.Q4, "2026-02-15..2026-12-31 once")]
    [InlineData("2026-09-30", 2026, CarryOver.Q4, "2026-09-30..2026-12-31 once")]
    [InlineData("2026-10-01", 2026, CarryOver.Q4, "")]
    [InlineData("2026-10-01", 2027, CarryOver.Q4, "2026-10-01..2026-12-31 2027-01-01..2027-12-31 once")]
    [InlineData("2026-10-01", 2028, CarryOver.Q4, "2028-01-01..2028-12-31 once")]
    [InlineData("2026-06-30", 2026, CarryOver.Q3AndQ4, "2026-06-30..2026-12-31 once")]
    [InlineData("2026-07-01", 2026, CarryOver.Q3AndQ4, "")]
    [InlineData("2026-07-01", 2027, CarryOver.Q3AndQ4, "2026-07-01..2026-12-31 2027-01-01..2027-12-31 once")]
    [InlineData("2027-01-01", 2026, CarryOver.None, "")]
    [InlineData("2024-05-01", 2026, CarryOver.None, "2026-01-01..2026-12-31 once")]
    public void A_run_bills_its_year_and_what_was_carried_over(string activeFrom, int year, CarryOver carryOver, string expected) =>
        Assert.Equal(expected, Shown(DueParts.Of(Active(activeFrom), year, carryOver, Today, [])));

    [Fact]
    public void What_was_billed_is_not_due_again()
    {
        Order order = Active("2026-11-15");
        Assert.Equal("2027-01-01..2027-12-31", Shown(DueParts.Of(order, 2027, CarryOver.Q4, Today, [Year(2026), Once])));
        Assert.Equal("2026-11-15..2026-12-31 once", Shown(DueParts.Of(order, 2027, CarryOver.Q4, Today, [Year(2027)])));
        Assert.Empty(DueParts.Of(order, 2027, CarryOver.Q4, Today, [Year(2026), Year(2027), Once]));
        Assert.Empty(DueParts.Of(order, 2026, CarryOver.None, Today, [Year(2026), Once]));
        Assert.Equal("once", Shown(DueParts.Of(order, 2026, CarryOver.None, Today, [Year(2026)])));
    }

    [Fact]
    public void What_is_not_active_is_not_due() => Assert.Empty(DueParts.Of(Order(), 2026, CarryOver.None, Today, []));

    [Theory]
    [InlineData("2026-12-31", "2026-02-15..2026-12-31 once")]
    [InlineData("2027-01-01", "2026-02-15..2026-12-31 usage once")]
    public void Uses_are_due_when_their_year_is_over(string today, string expected) =>
        Assert.Equal(expected, Shown(DueParts.Of(Active("2026-02-15", countsUses: true), 2026, CarryOver.None, Day(today), [])));

    private static DateOnly Today => new(2026, 2, 15);

    private static string Shown(IEnumerable<DuePart> parts) => string.Join(' ', parts.Select(p => p.Part == BilledPart.Once ? "once" : p.Part == BilledPart.Usage ? "usage" : $"{p.From:O}..{p.To:O}"));

    private static BilledPeriod Once => new() { Part = BilledPart.Once };

    private static BilledPeriod Year(int year) => new() { Part = BilledPart.Year, Year = year };

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    private static Order Order(bool countsUses = false) => new() { CountsUses = countsUses, EligibilityJson = "", QuoteJson = "", QuoteHash = "", PricingJson = "" };

    private static Order Active(string from, bool countsUses = false)
    {
        Order order = Order(countsUses);
        order.Activate(OrderTransitions.All.Single(t => t.Mutation == OrderTransitions.Activate), Day(from));
        return order;
    }
}

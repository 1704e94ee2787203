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
        Assert.Equal(expected, Shown(DueParts.Of(Active(activeFrom), year, carryOver, [])));

    [Fact]
    public void What_was_billed_is_not_due_again()
    {
        Order order = Active("2026-11-15");
        Assert.Equal("2027-01-01..2027-12-31", Shown(DueParts.Of(order, 2027, CarryOver.Q4, [Year(2026), new BilledPeriod { Part = BilledPart.Once }])));
        Assert.Equal("2026-11-15..2026-12-31 once", Shown(DueParts.Of(order, 2027, CarryOver.Q4, [Year(2027)])));
        Assert.Empty(DueParts.Of(order, 2027, CarryOver.Q4, [Year(2026), Year(2027)]));
        Assert.Empty(DueParts.Of(order, 2026, CarryOver.None, [Year(2026)]));
    }

    [Fact]
    public void What_is_not_active_is_not_due() => Assert.Empty(DueParts.Of(Order(), 2026, CarryOver.None, []));

    private static string Shown(IEnumerable<DuePart> parts) => string.Join(' ', parts.Select(p => p.Part == BilledPart.Once ? "once" : $"{p.From:O}..{p.To:O}"));

    private static BilledPeriod Year(int year) => new() { Part = BilledPart.Year, Year = year };

    private static Order Order() => new() { EligibilityJson = "", QuoteJson = "", QuoteHash = "", PricingJson = "" };

    private static Order Active(string from)
    {
        Order order = Order();
        order.Activate(OrderTransitions.All.Single(t => t.Mutation == OrderTransitions.Activate), DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture));
        return order;
    }
}

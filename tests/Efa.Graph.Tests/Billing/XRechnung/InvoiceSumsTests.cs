using Efa.Marketplace.Billing.XRechnung;

namespace Efa.Graph.Tests.Billing.XRechnung;

public sealed class InvoiceSumsTests
{
    private static readonly LineTax Standard = new(VatCategory.S, 19);
    private static readonly LineTax Reduced = new(VatCategory.S, 7);
    private static readonly LineTax Exempt = new(VatCategory.E, 0, null, "Steuerfrei nach § 4 Nr. 29 UStG");

    [Theory]
    [InlineData("128.25", "19", "24.37")]
    [InlineData("0.05", "10", "0.01")]
    [InlineData("5.50", "7", "0.39")]
    [InlineData("0.02", "19", "0.00")]
    public void Half_a_cent_goes_away_from_zero(string taxable, string rate, string tax)
    {
        Assert.Equal(D(tax), InvoiceSums.TaxOn(D(taxable), D(rate)));
        Assert.Equal(-D(tax), InvoiceSums.TaxOn(-D(taxable), D(rate)));
    }

    [Fact]
    public void Tax_is_computed_on_the_sum_and_not_on_lines()
    {
        EInvoice invoice = Of([.. Enumerable.Range(1, 5).Select(i => Line(i, 1, 0.03m, 1, Standard))]);

        Assert.Equal(new DocumentTotals(0.15m, 0, 0.15m, 0.03m, 0.18m, 0.18m), invoice.Totals);
    }

    [Theory]
    [InlineData("108", "2400", "365", "710.14")]
    [InlineData("12", "1000", "12", "1000.00")]
    [InlineData("1", "1.005", "1", "1.01")]
    [InlineData("12480", "0.18", "1", "2246.40")]
    [InlineData("366", "999.99", "366", "999.99")]
    [InlineData("0", "5", "1", "0")]
    public void A_part_of_a_year_loses_no_cent(string quantity, string price, string basis, string net) =>
        Assert.Equal(D(net), Of([Line(1, D(quantity), D(price), D(basis), Standard)]).Lines[0].Net);

    [Fact]
    public void A_discount_is_split_by_category_and_rate_without_a_cent_left()
    {
        EInvoice invoice = Of([Line(1, 1, 100, 1, Standard), Line(2, 1, 100, 1, Reduced), Line(3, 1, 100, 1, Exempt)], Discount.OfAmount(100, "Rabatt"));

        Assert.Equal([(33.34m, VatCategory.S, 19m), (33.33m, VatCategory.S, 7m), (33.33m, VatCategory.E, 0m)], invoice.Allowances.Select(a => (a.Amount, a.Category, a.Rate!.Value)));
        Assert.Equal([(66.66m, 12.67m), (66.67m, 4.67m), (66.67m, 0m)], invoice.Taxes.Select(t => (t.Taxable, t.Tax)));
        Assert.Equal(new DocumentTotals(300, 100, 200, 17.34m, 217.34m, 217.34m), invoice.Totals);
        Assert.Empty(InvoiceRules.Check(invoice));
    }

    [Fact]
    public void A_percentage_is_of_the_whole_and_its_parts_add_up_to_it()
    {
        EInvoice invoice = Of([Line(1, 1, 0.10m, 1, Standard), Line(2, 1, 0.10m, 1, Reduced), Line(3, 1, 0.10m, 1, Exempt)], Discount.OfPercent(5, "Rabatt"));

        Assert.Equal([(0.01m, 0.10m), (0.01m, 0.10m)], invoice.Allowances.Select(a => (a.Amount, a.Base!.Value)));
        Assert.Equal(0.02m, invoice.Totals.Allowances);
    }

    [Fact]
    public void A_discount_on_nothing_is_none() =>
        Assert.Empty(Of([Line(1, 0, 100, 1, Standard)], Discount.OfPercent(5, "Rabatt")).Allowances);

    [Fact]
    public void Lines_exempt_by_several_laws_share_one_subtotal_that_names_both()
    {
        EInvoice invoice = Of([Line(1, 1, 10, 1, Exempt), Line(2, 1, 20, 1, Exempt with { ExemptionCode = "VATEX-EU-132", ExemptionReason = "§ 4 Nr. 21 UStG" })]);

        Assert.Equal([new TaxSubtotal(VatCategory.E, 0, 30, 0, "VATEX-EU-132", "Steuerfrei nach § 4 Nr. 29 UStG; § 4 Nr. 21 UStG")], invoice.Taxes);
    }

    private static EInvoice Of(IReadOnlyList<EInvoiceLine> lines, params Discount[] discounts) =>
        InvoiceSums.Complete(ExampleInvoices.AnnualSubscription() with { Lines = lines, Allowances = [] }, discounts);

    private static EInvoiceLine Line(int id, decimal quantity, decimal price, decimal basis, LineTax tax) => new()
    {
        Id = id.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Name = "Leistung",
        UnitCode = "C62",
        Quantity = quantity,
        Price = price,
        BaseQuantity = basis,
        Tax = tax,
    };

    private static decimal D(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

using System.Security.Cryptography;
using System.Text;
using Efa.Marketplace.Billing.XRechnung;

namespace Efa.Graph.Tests.Billing.XRechnung;

/// <summary>Documents that the official validators accept without a warning (XRechnung 3.0), rebuilt.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Names => [.. ExampleInvoices.All.Keys];

    [Theory]
    [InlineData("01-annual-subscription-19", "7448.08", "372.40", "7075.68", "1344.38", "8420.06")]
    [InlineData("02-non-taxable-2b", "2246.40", "0", "2246.40", "0", "2246.40")]
    [InlineData("03-credit-note", "135.00", "6.75", "128.25", "24.37", "152.62")]
    [InlineData("04-prorated-partial-year", "1824.83", "0", "1824.83", "346.72", "2171.55")]
    [InlineData("05-full-cancellation", "1824.83", "0", "1824.83", "346.72", "2171.55")]
    [InlineData("06-corrected-invoice-384", "2230.20", "0", "2230.20", "0", "2230.20")]
    [InlineData("07-mixed-S-and-E", "1824.83", "0", "1824.83", "261.22", "2086.05")]
    [InlineData("08-reverse-charge-AE", "2246.40", "0", "2246.40", "0", "2246.40")]
    public void Sums_are_those_of_the_example(string name, string lines, string allowances, string net, string tax, string gross)
    {
        DocumentTotals totals = ExampleInvoices.All[name]().Totals;

        Assert.Equal(new DocumentTotals(D(lines), D(allowances), D(net), D(tax), D(gross), D(gross)), totals);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_element_is_that_of_the_example(string name) =>
        Assert.Equal(WrittenXml.OfFile(ExampleInvoices.PathOf(name)).Content(), WrittenXml.Of(ExampleInvoices.All[name]()).Content());

    [Theory]
    [MemberData(nameof(Names))]
    public void No_rule_finds_anything(string name) => Assert.Empty(InvoiceRules.Check(ExampleInvoices.All[name]()));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_invoice_gives_the_same_bytes(string name)
    {
        byte[] first = XRechnungWriter.Write(ExampleInvoices.All[name]());
        byte[] second = XRechnungWriter.Write(ExampleInvoices.All[name]());

        Assert.Equal(Convert.ToHexString(SHA256.HashData(first)), Convert.ToHexString(SHA256.HashData(second)));
        Assert.Equal("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<", Encoding.UTF8.GetString(first)[..40]);
        Assert.DoesNotContain((byte)'\r', first);
    }

    [Fact]
    public void The_credit_is_the_difference_between_what_was_billed_and_what_should_have_been()
    {
        EInvoice billed = ExampleInvoices.AnnualSubscription();
        EInvoice right = InvoiceSums.Complete(
            billed with { Lines = [.. billed.Lines.Take(3), billed.Lines[3] with { Quantity = 16812 }], Allowances = [] },
            Discount.OfPercent(5, "Verbundrabatt interkommunale Zusammenarbeit"));

        Assert.Equal(8267.44m, right.Totals.Gross);
        Assert.Equal(billed.Totals.Gross - right.Totals.Gross, ExampleInvoices.PartialCredit().Totals.Gross);
    }

    private static decimal D(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

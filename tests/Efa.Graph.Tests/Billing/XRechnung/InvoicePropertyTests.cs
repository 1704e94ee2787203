using System.Globalization;
using System.Numerics;
using System.Xml.Linq;
using CsCheck;
using Efa.Graph.Tests.Fuzz;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;

namespace Efa.Graph.Tests.Billing.XRechnung;

public sealed class InvoicePropertyTests
{
    private static readonly long Invoices = Math.Clamp(10 * FuzzTests.Cases, 2_000, 20_000);

    private static readonly LineTax NotTaxable = new(VatCategory.O, null, LineTax.NotTaxableCode, "§ 2b UStG");
    private static readonly LineTax[] Others =
    [
        new(VatCategory.S, 19), new(VatCategory.S, 7), new(VatCategory.E, 0, null, "§ 4 Nr. 29 UStG"), new(VatCategory.AE, 0, LineTax.ReverseChargeCode),
    ];

    private static readonly Gen<EInvoiceLine> Line = Gen.Select(
        Gen.Int[0, 10_000_000], OneOf(0, 1, 2, 3, 6), Gen.Int[1, int.MaxValue], OneOf(2, 3, 4, 6), OneOf(1, 12, 365, 366, 1000, 0.5m), Gen.Int[0, 3],
        (quantity, quantityScale, price, priceScale, basis, tax) => new EInvoiceLine
        {
            Id = "",
            Name = "Leistung",
            UnitCode = "C62",
            Quantity = Scaled(quantity, quantityScale),
            Price = Scaled(price, priceScale),
            BaseQuantity = basis,
            Tax = Others[tax],
        });

    private static readonly Gen<EInvoice> Invoice = Gen.Select(
        Line.List[1, 12], Gen.Bool, Gen.Int[0, 2], Gen.Int[1, 4000],
        (lines, taxable, discount, size) =>
        {
            // The last line makes sure that there is something to pay.
            EInvoiceLine certain = lines[0] with { Quantity = 1, Price = 100, BaseQuantity = 1 };
            EInvoiceLine[] numbered = [.. lines.Append(certain).Select((l, i) => l with { Id = (i + 1).ToString(CultureInfo.InvariantCulture), Tax = taxable ? l.Tax : NotTaxable })];
            EInvoice example = ExampleInvoices.AnnualSubscription();
            EInvoice draft = example with
            {
                Lines = numbered,
                Allowances = [],
                Seller = taxable ? example.Seller : example.Seller.WithoutVatId(),
                Buyer = taxable ? example.Buyer with { VatId = "DE987654321" } : example.Buyer,
            };
            return discount switch
            {
                0 => InvoiceSums.Complete(draft),
                1 => InvoiceSums.Complete(draft, Discount.OfPercent(Scaled(size, 2), "Rabatt")),
                _ => InvoiceSums.Complete(draft, Discount.OfAmount(Scaled(size, 2), "Rabatt")),
            };
        });

    [Fact]
    public void Sums_are_right_rules_find_nothing_and_the_xml_says_the_same() => Invoice.Sample(invoice =>
    {
        Assert.All(invoice.Lines, line => Assert.Equal(ExactNet(line), line.Net));
        DocumentTotals totals = invoice.Totals;
        Assert.Equal(invoice.Lines.Sum(l => l.Net) - invoice.Allowances.Sum(a => a.Amount), totals.Net);
        Assert.Equal(totals.Net, invoice.Taxes.Sum(t => t.Taxable));
        Assert.Equal(totals.Gross, totals.Net + invoice.Taxes.Sum(t => ExactTax(t)));
        Assert.Empty(InvoiceRules.Check(invoice));

        WrittenXml xml = WrittenXml.Of(invoice);
        Assert.Equal(totals, new DocumentTotals(
            xml.Total("LineExtensionAmount"), xml.Total("AllowanceTotalAmount"), xml.Total("TaxExclusiveAmount"), xml.Tax, xml.Total("TaxInclusiveAmount"), xml.Total("PayableAmount")));
        Assert.Equal(invoice.Lines.Select(l => (l.Quantity, l.Price, l.BaseQuantity, l.Net)), xml.Lines.Select(Figures));
        Assert.Equal(invoice.Taxes.Select(t => (t.Taxable, t.Tax)), xml.Subtotals.Select(t => (WrittenXml.Amount(t, "TaxableAmount"), WrittenXml.Amount(t, "TaxAmount"))));
    }, iter: Invoices, threads: 2);

    [Fact]
    public void A_credit_of_everything_leaves_nothing() => Invoice.Sample(invoice =>
    {
        EInvoice credit = InvoiceSums.Complete(invoice with { Kind = InvoiceKind.CreditNote, Number = "MP-2027-000002", Corrects = new(invoice.Number!, invoice.IssuedOn) });

        Assert.Empty(InvoiceRules.Check(credit));
        Assert.Equal(0, invoice.Totals.Gross - credit.Totals.Gross);
        Assert.Equal(0, invoice.Totals.Tax - credit.Totals.Tax);
        Assert.Equal(invoice.Taxes, credit.Taxes);
        Assert.All(invoice.Lines.Zip(credit.Lines), pair => Assert.Equal(0, pair.First.Net - pair.Second.Net));
    }, iter: Invoices, threads: 2);

    [Fact]
    public void A_cent_more_or_less_anywhere_is_found() => Gen.Select(Invoice, Gen.Int[0, 8], Gen.Bool).Sample((invoice, place, more) =>
    {
        decimal cent = more ? 0.01m : -0.01m;
        DocumentTotals totals = invoice.Totals;
        EInvoice wrong = place switch
        {
            0 => invoice with { Totals = totals with { Lines = totals.Lines + cent } },
            1 => invoice with { Totals = totals with { Allowances = totals.Allowances + cent } },
            2 => invoice with { Totals = totals with { Net = totals.Net + cent } },
            3 => invoice with { Totals = totals with { Tax = totals.Tax + cent } },
            4 => invoice with { Totals = totals with { Gross = totals.Gross + cent } },
            5 => invoice with { Totals = totals with { Payable = totals.Payable + cent } },
            6 => invoice with { Lines = [invoice.Lines[0] with { Net = invoice.Lines[0].Net + cent }, .. invoice.Lines.Skip(1)] },
            7 => invoice with { Taxes = [invoice.Taxes[0] with { Tax = invoice.Taxes[0].Tax + cent }, .. invoice.Taxes.Skip(1)] },
            _ => invoice with { Taxes = [invoice.Taxes[0] with { Taxable = invoice.Taxes[0].Taxable + cent }, .. invoice.Taxes.Skip(1)] },
        };

        Assert.NotEmpty(InvoiceRules.Check(wrong));
    }, iter: Invoices, threads: 2);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static decimal Scaled(int number, int scale) => new(number, 0, 0, isNegative: false, (byte)scale);

    // With whole numbers, so that it shares no rounding with what it checks.
    private static decimal ExactNet(EInvoiceLine line) =>
        RoundedCents(Millionths(line.Quantity) * Millionths(line.Price), Millionths(line.BaseQuantity) * 1_000_000);

    private static decimal ExactTax(TaxSubtotal tax) => RoundedCents(Millionths(tax.Taxable) * Millionths(tax.Rate), new BigInteger(100) * 1_000_000 * 1_000_000);

    private static decimal RoundedCents(BigInteger numerator, BigInteger denominator) => (decimal)(((numerator * 200) + denominator) / (denominator * 2)) / 100;

    private static BigInteger Millionths(decimal number) => new(number * 1_000_000);

    private static (decimal, decimal, decimal, decimal) Figures(XElement line)
    {
        XElement price = line.Element(WrittenXml.Cac + "Price")!;
        decimal basis = price.Element(WrittenXml.Cbc + "BaseQuantity") is null ? 1 : WrittenXml.Amount(price, "BaseQuantity");
        return (WrittenXml.Amount(line, "InvoicedQuantity"), WrittenXml.Amount(price, "PriceAmount"), basis, WrittenXml.Amount(line, "LineExtensionAmount"));
    }
}

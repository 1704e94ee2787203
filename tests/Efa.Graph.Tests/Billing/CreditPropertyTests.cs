using CsCheck;
using Efa.Graph.Tests.Pricing;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Pricing;

namespace Efa.Graph.Tests.Billing;

public sealed class CreditPropertyTests
{
    private static readonly DateOnly Day = new(2026, 1, 1);

    private static readonly Gen<InvoiceLine> Line = Gen.Select(Gen.Int[1, 400], Gen.Int[1, 50_000_000], Gen.Int[0, 3], Gen.Int[0, 1]).Select((quantity, price, baseQuantity, rate) =>
    {
        decimal per = baseQuantity switch { 0 => 1, 1 => 3, 2 => 365, _ => 366 }, unitPrice = price / 10_000m;
        return new InvoiceLine
        {
            Description = "Leistung",
            Quantity = quantity,
            UnitCode = "DAY",
            UnitPrice = unitPrice,
            BaseQuantity = per,
            Net = Cents.Round(quantity * unitPrice / per),
            TaxTreatment = rate == 0 ? TaxTreatment.Standard : TaxTreatment.Reduced,
            TaxRate = rate == 0 ? 19 : 7,
            PeriodFrom = Day,
            PeriodTo = Day,
        };
    });

    // Each credit takes back a share of some lines, in per cent of what is left.
    private static readonly Gen<(InvoiceLine[] Lines, (int Line, int Percent)[] Credits)> Case = Gen.Select(Line.Array[1, 4], Gen.Select(Gen.Int[0, 3], Gen.Int[1, 99]).Array[0, 12]);

    [Fact]
    public void Credits_of_everything_leave_nothing_to_the_cent() => Case.Sample(c =>
    {
        InvoiceRest rest = new(InvoiceOf(c.Lines), []);
        foreach ((int line, int percent) in c.Credits)
            if (rest.Line((line % c.Lines.Length) + 1) is { } left && left.Of(Math.Round(left.Quantity * percent / 100, 2)) is { } credit)
                rest = With(rest, [credit]);
        if (rest.Lines.Select(l => l.All()).ToArray() is { Length: > 0 } all) rest = With(rest, all);

        Assert.Empty(rest.Lines);
        Assert.Equal((rest.Invoice.Net, rest.Invoice.Tax, rest.Invoice.Gross), (rest.Credits.Sum(n => n.Net), rest.Credits.Sum(n => n.Tax), rest.Credits.Sum(n => n.Gross)));
    }, iter: 3_000);

    private static InvoiceRest With(InvoiceRest rest, IReadOnlyList<LineCredit> credits)
    {
        Invoice note = CreditNote.Make(rest, credits, "Falsch", null, Day, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        note.NumberAs($"GD-R-2026-{rest.Credits.Count + 2:D6}");
        Assert.Empty(InvoiceRules.Check(ElectronicInvoice.Of(note)));
        Assert.All(note.Lines, l => Assert.Equal(l.Net, l.Steps[^1].Result));
        Assert.All(note.Lines.SelectMany(l => l.Steps), s => Assert.Equal(s.Result, FormulaReader.ResultOf(s)));
        Assert.All(note.Taxes, t => Assert.InRange(t.Tax, 0, t.Taxable));
        return rest with { Credits = [.. rest.Credits, note] };
    }

    private static Invoice InvoiceOf(InvoiceLine[] lines)
    {
        var id = Guid.NewGuid();
        InvoiceTax[] taxes = [.. lines.GroupBy(l => (l.TaxTreatment, l.TaxRate)).Select((g, i) => new InvoiceTax
        {
            InvoiceId = id, Position = i + 1, Treatment = g.Key.TaxTreatment, Rate = g.Key.TaxRate, Taxable = g.Sum(l => l.Net), Tax = Cents.Round(g.Sum(l => l.Net) * g.Key.TaxRate!.Value / 100),
        })];
        InvoiceParty party = new("Partei", new("Straße 1", "12345", "Stadt"), null, "EM", "rechnung@partei.example", "DE999999999", null, null, "DE89370400440532013000") { Contact = new("Stelle", "+49 30 5550101", "rechnung@partei.example") };
        var invoice = new Invoice
        {
            Id = id,
            SellerParty = party,
            BuyerParty = party,
            BuyerReference = "05-AACHEN-30",
            OrderNumbers = new OrderNumbers(null, null, null),
            IssuedOn = Day,
            DueOn = Day,
            PeriodFrom = Day,
            PeriodTo = Day,
            Net = taxes.Sum(t => t.Taxable),
            Tax = taxes.Sum(t => t.Tax),
            Gross = taxes.Sum(t => t.Taxable + t.Tax),
            Lines = [.. lines.Select((l, i) => new InvoiceLine
            {
                InvoiceId = id, Position = i + 1, Description = l.Description, Quantity = l.Quantity, UnitCode = l.UnitCode, UnitPrice = l.UnitPrice, BaseQuantity = l.BaseQuantity, Net = l.Net,
                TaxTreatment = l.TaxTreatment, TaxRate = l.TaxRate, PeriodFrom = Day, PeriodTo = Day,
            })],
            Taxes = [.. taxes],
        };
        invoice.NumberAs("GD-R-2026-000001");
        return invoice;
    }
}

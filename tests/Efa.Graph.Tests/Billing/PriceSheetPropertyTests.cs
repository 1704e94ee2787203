using CsCheck;
using Efa.Graph.Tests.Pricing;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;

namespace Efa.Graph.Tests.Billing;

/// <summary>Random price sheets, billed: tried with twenty times CsCheck_Iter, which a long run sets to 5,000.</summary>
public sealed class PriceSheetPropertyTests
{
    private const int SheetsForEachIteration = 20;

    private static readonly TaxTreatment[] Treatments = [TaxTreatment.Standard, TaxTreatment.Reduced, TaxTreatment.Exempt, TaxTreatment.NotTaxable, TaxTreatment.ReverseCharge];

    private static readonly Gen<decimal> Sum = Gen.Int[0, 100_000_000].Select(cents => cents / 100m);
    private static readonly Gen<decimal> UnitPrice = Gen.Int[0, 5_000_000].Select(millionths => millionths / 1_000_000m);
    private static readonly Gen<BillingPeriod> Period = Gen.Int[1, 3].Select(i => (BillingPeriod)i);

    private static readonly Gen<IReadOnlyList<TaxRegime>> Taxes = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[1, 364], Gen.Bool).Select((one, other, day, changes) =>
    {
        DateOnly turn = new DateOnly(2020, 1, 1).AddDays(day);
        return (IReadOnlyList<TaxRegime>)(changes
            ? [new TaxRegime(Treatments[one], "Grund", ValidTo: turn.AddDays(-1)), new TaxRegime(Treatments[other], "Grund", ValidFrom: turn)]
            : [new TaxRegime(Treatments[one], "Grund")]);
    });

    private static readonly Gen<PriceComponent> Component = Gen.OneOf<PriceComponent>(
        Gen.Select(Sum, Period).Select((amount, period) => (PriceComponent)Prices.Flat(amount, period)),
        Sum.Select(amount => (PriceComponent)Prices.Flat(amount, BillingPeriod.OneTime)),
        Gen.Select(UnitPrice, Sum, Sum, Period).Select((price, a, b, period) => (PriceComponent)Prices.PerInhabitant(price, Math.Min(a, b), Math.Max(a, b), period)),
        Gen.Select(UnitPrice, Gen.Int[0, 1_000]).Select((price, included) => (PriceComponent)Prices.PerUse(price, included)),
        Gen.Select(Gen.Int[0, 2], Gen.Bool, Gen.Int[1, 1_000], UnitPrice, Sum).Select((basis, graduated, step, price, flat) => (PriceComponent)Prices.Tiered(
            basis switch { 0 => QuantityBasis.Inhabitants, 1 => QuantityBasis.Uses, _ => QuantityBasis.Bodies }, graduated, new PriceTier(step, price), new PriceTier(step * 3, price, flat), new PriceTier(null, null, flat))),
        Gen.Select(Sum, Gen.Int[1, 50_000_000].Array[16], Gen.Int[0, 100], Gen.Bool).Select((total, weights, percent, up) => (PriceComponent)Prices.Shared(
            total, AllocationKey.ActualUse, [.. weights.Select((w, i) => new AllocationWeight((i + 1).ToString("00", null), w / 1_000m))], percent, up ? AllocationRounding.UpToEuro : AllocationRounding.LargestRemainder)));

    /// <summary>Prices, users, uses and days of 2020, the year with two rates and a leap day; and fees that may be agreed instead.</summary>
    private static readonly Gen<(PricingBasis Basis, AgreedFees? Fees, int Uses, DateOnly From, DateOnly To)> Sheet = Gen.Select(
        Gen.Select(Component, Taxes).Array[1, 6], Gen.Select(Gen.Int[1, 16], Gen.Int[0, 4_000_000]).Array[1, 3], Gen.Int[0, 5_000], Gen.Int[0, 365], Gen.Int[0, 365], Gen.Select(Sum, Sum, Sum, Gen.Int[0, 3]),
        (components, users, uses, a, b, fees) =>
        {
            PriceComponent[] prices = [.. components.Select((c, i) => c.Item1 with { Code = $"c{i}", Taxes = c.Item2 })];
            var basis = new PricingBasis(prices, [.. users.Select(u => Prices.User(u.Item1.ToString("00", null), u.Item2))], null, null);
            AgreedFees? agreed = fees.Item4 == 0 ? new AgreedFees(fees.Item1, fees.Item2, fees.Item3, prices[0].Taxes) : null;
            return (basis, agreed, uses, new DateOnly(2020, 1, 1).AddDays(Math.Min(a, b)), new DateOnly(2020, 1, 1).AddDays(Math.Max(a, b)));
        });

    /// <summary>Which line of an invoice is credited, and how much of what is left of it in per cent.</summary>
    private static readonly Gen<(int Line, int Percent)[]> Credits = Gen.Select(Gen.Int[0, 20], Gen.Int[1, 99]).Array[0, 3];

    private static readonly DateTimeOffset Now = new(2021, 1, 4, 9, 0, 0, TimeSpan.Zero);

    private static readonly IssueTerms Terms = new(RunId: null, new(2021, 1, 4), new(2021, 2, 3), Now);

    private static readonly Organisation Seller = Party("Anbieter", OrganisationRole.Seller), Buyer = Party("Stadt", OrganisationRole.Customer);

    [Fact]
    public void Lines_are_the_totals_explanations_the_lines_and_a_credit_of_everything_leaves_nothing() => Gen.Select(Sheet, Credits).Sample(sample =>
    {
        ((PricingBasis Basis, AgreedFees? Fees, int Uses, DateOnly From, DateOnly To) sheet, (int Line, int Percent)[] credits) = sample;
        IReadOnlyList<PriceLine> lines = Lines(sheet.Basis, sheet.Fees, sheet.Uses, sheet.From, sheet.To);
        var order = new Order { EligibilityJson = "", QuoteJson = "", QuoteHash = "", PricingJson = "" };
        // What costs nothing is on no invoice.
        DraftInvoice[] invoices = [.. DraftInvoice.Of(Guid.Empty, lines.Where(l => l.Net != 0).Select(l => new DraftLine(order, BilledPart.Year, l.ComponentCode, l, [])))];

        Assert.Equal(lines.Sum(l => l.Net), invoices.Sum(i => i.Net));
        Assert.All(lines, l => Assert.True(l.Net >= 0 && l.Net == Cents.Round(l.Quantity * l.UnitPrice / l.BaseQuantity)));
        Assert.All(lines, l => Assert.True(l.Steps[^1].Result == l.Net && l.Steps.All(s => FormulaReader.ResultOf(s) == s.Result)));
        foreach (DraftInvoice draft in invoices)
        {
            Assert.True(IsConsistent(draft));
            Invoice invoice = InvoiceIssue.Make(draft, Seller, Buyer, Terms);
            invoice.NumberAs("GD-R-2021-000001");
            Assert.Empty(InvoiceRules.Check(ElectronicInvoice.Of(invoice)));
            LeavesNothing(new InvoiceRest(invoice, []), credits);
        }
    }, iter: Check.Iter * SheetsForEachIteration);

    private static IReadOnlyList<PriceLine> Lines(PricingBasis basis, AgreedFees? fees, int uses, DateOnly from, DateOnly to) => fees is null
        ? [.. PriceCalculator.Recurring(basis, from, to, withUses: false), .. PriceCalculator.Used(basis, uses, from, to), .. PriceCalculator.OneTime(basis, from)]
        : [.. fees.Yearly(from.Year, next: uses % 2 == 0, from, to), .. fees.OneTime(from)];

    private static bool IsConsistent(DraftInvoice invoice) =>
        invoice.Net == invoice.Lines.Sum(l => l.Price.Net)
        && invoice.Net == invoice.Taxes.Sum(t => t.Taxable)
        && invoice.Taxes.All(t => t.Tax == Cents.Round(t.Taxable * (t.Rate ?? 0) / 100))
        && invoice.Gross == invoice.Net + invoice.Taxes.Sum(t => t.Tax);

    /// <summary>Some of it is credited and then all that is left, each by a note that breaks no rule; together they are the invoice to the cent.</summary>
    private static void LeavesNothing(InvoiceRest rest, (int Line, int Percent)[] credits)
    {
        foreach ((int line, int percent) in credits)
            if (rest.Line((line % rest.Invoice.Lines.Count) + 1) is { } left && Math.Round(left.Quantity * percent / 100, 6) is var quantity && quantity > 0 && left.Of(quantity) is { } credit)
                rest = With(rest, [credit]);
        if (rest.Lines.Select(l => l.All()).ToArray() is { Length: > 0 } all) rest = With(rest, all);

        Assert.Empty(rest.Lines);
        Assert.Equal((rest.Invoice.Net, rest.Invoice.Tax, rest.Invoice.Gross), (rest.Credits.Sum(n => n.Net), rest.Credits.Sum(n => n.Tax), rest.Credits.Sum(n => n.Gross)));
    }

    private static InvoiceRest With(InvoiceRest rest, LineCredit[] credits)
    {
        Invoice note = CreditNote.Make(rest, credits, "Falsch berechnet", runId: null, Terms.IssueOn, Now);
        note.NumberAs("GD-R-2021-000002");
        Assert.Empty(InvoiceRules.Check(ElectronicInvoice.Of(note)));
        return rest with { Credits = [.. rest.Credits, note] };
    }

    private static Organisation Party(string name, OrganisationRole role) => new()
    {
        Id = Guid.NewGuid(),
        Name = name,
        NameKey = name,
        Roles = [role],
        Address = new("Straße 1", "12345", "Stadt"),
        LeitwegId = "05-AACHEN-30",
        ElectronicAddressScheme = "EM",
        ElectronicAddress = "rechnung@partei.example",
        VatId = "DE999999999",
        RegisterNumber = "GnR 1",
        Iban = "DE89370400440532013000",
        Contacts = [new Contact { Name = "Stelle", Email = "rechnung@partei.example", Phone = "+49 30 5550101", Purpose = ContactPurpose.Invoicing }],
    };
}

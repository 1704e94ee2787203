using Efa.Marketplace;
using Efa.Marketplace.Pricing;

namespace Efa.Graph.Tests.Pricing;

public sealed class PriceTextTests
{
    public static TheoryData<string, string, PriceComponent> Texts => new()
    {
        { "12.000,00 EUR je Jahr", "12,000.00 EUR per year", Prices.Flat(12_000m) },
        { "1.800,00 EUR einmalig", "1,800.00 EUR once", Prices.Flat(1_800m, BillingPeriod.OneTime) },
        { "85,00 EUR je Monat", "85.00 EUR per month", Prices.Flat(85m, BillingPeriod.Month) },
        { "0,0333 EUR je Einwohner und Jahr", "0.0333 EUR per inhabitant and year", Prices.PerInhabitant(0.0333m) },
        {
            "0,012 EUR je Einwohner und Quartal, mindestens 500,00 EUR, höchstens 9.000,00 EUR", "0.012 EUR per inhabitant and quarter, at least 500.00 EUR, at most 9,000.00 EUR",
            Prices.PerInhabitant(0.012m, 500m, 9_000m, BillingPeriod.Quarter)
        },
        { "1,25 EUR je Vorgang", "1.25 EUR per use", Prices.PerUse(1.25m) },
        { "1,25 EUR je Vorgang, 2.000 je Kalenderjahr enthalten", "1.25 EUR per use, 2,000 in a calendar year included", Prices.PerUse(1.25m, 2_000) },
        {
            "bis 20.000: 0,02 EUR je Einwohner; darüber: 100,00 EUR und 0,005 EUR je Einwohner (je Jahr, gestaffelt nach Einwohnern, jede Stufe für ihren Teil)",
            "up to 20,000: 0.02 EUR per inhabitant; above: 100.00 EUR plus 0.005 EUR per inhabitant (per year, tiers by inhabitants, each for its part)",
            Prices.Tiered(QuantityBasis.Inhabitants, true, new(20_000, 0.02m), new(null, 0.005m, 100m))
        },
        {
            "jede Menge: 10,00 EUR je Stelle (je Jahr, gestaffelt nach Stellen, eine Stufe für alle)", "any quantity: 10.00 EUR per body (per year, tiers by bodies, one for all)",
            Prices.Tiered(QuantityBasis.Bodies, false, new PriceTier(null, 10m))
        },
        {
            "Anteil an 50 % von 480.000,00 EUR je Jahr, verteilt nach dem Königsteiner Schlüssel", "share of 50 % of 480,000.00 EUR per year, divided by the Königstein key",
            Prices.Shared(480_000m, AllocationKey.Koenigstein, null, 50)
        },
        {
            "Anteil an 100,00 EUR je Jahr, verteilt zu gleichen Teilen, auf volle Euro aufgerundet", "share of 100.00 EUR per year, divided equally, up to the full euro",
            Prices.Shared(100m, AllocationKey.Flat, null, rounding: AllocationRounding.UpToEuro)
        },
        { "S: 1.000,00 EUR; M: 5.000,00 EUR (je Jahr)", "S: 1,000.00 EUR; M: 5,000.00 EUR (per year)", Prices.Package(BillingPeriod.Year, ("S", 1_000m), ("M", 5_000m)) },
    };

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public void A_price_is_said_in_both_languages(string german, string english, PriceComponent price)
    {
        Assert.Equal(german, PriceText.Of(price, Language.German));
        Assert.Equal(english, PriceText.Of(price, Language.English));
    }

    [Fact]
    public void Every_step_has_a_text_in_both_languages()
    {
        string[] codes = [.. typeof(PriceStepCodes).GetFields().Select(f => (string)f.GetRawConstantValue()!)];

        Assert.Equal(codes.Order(StringComparer.Ordinal), PriceText.StepCodes.Order(StringComparer.Ordinal));
        Assert.All(codes, code => Assert.NotEqual(PriceText.OfStep(code, Language.German), PriceText.OfStep(code, Language.English)));
    }

    [Fact]
    public void Formulas_have_the_figures_of_the_language()
    {
        Assert.Equal("347.514 × 0,0333 EUR", PriceText.OfFormula("347.514 × 0,0333 EUR", Language.German));
        Assert.Equal("347,514 × 0.0333 EUR", PriceText.OfFormula("347.514 × 0,0333 EUR", Language.English));
    }
}

using CsCheck;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Pricing;

public sealed class PricePropertyTests
{
    private const int Cases = 3_000;

    private static readonly Gen<decimal> Sum = Gen.Int[0, 100_000_000].Select(cents => cents / 100m);
    private static readonly Gen<decimal> UnitPrice = Gen.Int[0, 5_000_000].Select(millionths => millionths / 1_000_000m);
    private static readonly Gen<BillingPeriod> Period = AnyOf(BillingPeriod.Month, BillingPeriod.Quarter, BillingPeriod.Year);
    private static readonly Gen<PricedUser[]> Users = Gen.Select(Gen.Int[1, 16], Gen.Int[0, 4_000_000]).Select((state, population) => Prices.User(state.ToString("00", null), population)).Array[1, 4];

    private static readonly Gen<IReadOnlyList<AllocationWeight>> Weights = Gen.Int[1, 50_000_000].Array[16]
        .Select(weights => (IReadOnlyList<AllocationWeight>)[.. weights.Select((w, i) => new AllocationWeight((i + 1).ToString("00", null), w / 1_000m))]);

    private static readonly Gen<IReadOnlyList<TaxRegime>> Taxes = Gen.Int[1, 364].Select(day => (IReadOnlyList<TaxRegime>)
    [
        new TaxRegime(TaxTreatment.NotTaxable, ValidTo: new DateOnly(2026, 1, 1).AddDays(day - 1)), new TaxRegime(TaxTreatment.Standard, ValidFrom: new DateOnly(2026, 1, 1).AddDays(day)),
    ]);

    private static readonly Gen<PriceComponent> Component = Gen.OneOf<PriceComponent>(
        Gen.Select(Sum, Period).Select((amount, period) => (PriceComponent)Prices.Flat(amount, period)),
        Gen.Select(UnitPrice, Sum, Sum, Period).Select((price, a, b, period) => (PriceComponent)Prices.PerInhabitant(price, Math.Min(a, b), Math.Max(a, b), period)),
        Gen.Select(UnitPrice, Gen.Int[0, 1_000]).Select((price, included) => (PriceComponent)Prices.PerUse(price, included)),
        Gen.Select(AnyOf(QuantityBasis.Inhabitants, QuantityBasis.Uses, QuantityBasis.Bodies), Gen.Bool, Gen.Int[1, 1_000], UnitPrice, Sum)
            .Select((basis, graduated, step, price, flat) => (PriceComponent)Prices.Tiered(basis, graduated, new PriceTier(step, price), new PriceTier(step * 3, price, flat), new PriceTier(null, null, flat))),
        Gen.Select(Sum, Weights, Gen.Int[0, 100], Gen.Bool)
            .Select((total, weights, percent, up) => (PriceComponent)Prices.Shared(total, AllocationKey.ActualUse, weights, percent, up ? AllocationRounding.UpToEuro : AllocationRounding.LargestRemainder)));

    private static readonly Gen<(PricingBasis Basis, DateOnly From, DateOnly To)> Case =
        Gen.Select(Component, Taxes, Users, Gen.Int[0, 5_000], Gen.Int[0, 364], Gen.Int[0, 364]).Select((component, taxes, users, uses, a, b) =>
            (new PricingBasis([component with { Taxes = taxes }, Prices.Flat(1_800m, BillingPeriod.OneTime) with { Code = "once" }], users, null, uses == 0 ? null : uses),
                new DateOnly(2026, 1, 1).AddDays(Math.Min(a, b)), new DateOnly(2026, 1, 1).AddDays(Math.Max(a, b))));

    [Fact]
    public void Every_line_is_quantity_times_price_and_taxes_are_on_all_lines() => Case.Sample(c =>
    {
        IReadOnlyList<PriceLine> lines = [.. PriceCalculator.Recurring(c.Basis, c.From, c.To), .. PriceCalculator.OneTime(c.Basis, c.From)];
        IReadOnlyList<TaxAmount> taxes = PriceCalculator.Taxes(lines);

        return lines.All(l => l.Net == Cents.Round(l.Quantity * l.UnitPrice / l.BaseQuantity) && l.Net >= 0 && l.UnitPrice == Math.Round(l.UnitPrice, 6))
            && taxes.Sum(t => t.Taxable) == lines.Sum(l => l.Net)
            && taxes.All(t => t.Tax == Cents.Round(t.Taxable * (t.Rate ?? 0) / 100));
    }, iter: Cases);

    [Fact]
    public void The_explanation_gives_the_amount_again() => Case.Sample(
        c => PriceCalculator.Recurring(c.Basis, c.From, c.To).All(l => l.Steps[^1].Result == l.Net && l.Steps.All(s => FormulaReader.ResultOf(s) == s.Result)), iter: Cases);

    [Fact]
    public void The_lines_of_a_component_cover_each_day_once() => Case.Sample(c =>
        PriceCalculator.Recurring(c.Basis, c.From, c.To).GroupBy(l => (l.UsedById, l.UnitPrice, l.Steps[0].Formula)).All(lines =>
        {
            PriceLine[] byTime = [.. lines.DistinctBy(l => l.PeriodFrom)];
            return byTime[0].PeriodFrom == c.From && byTime[^1].PeriodTo == c.To && byTime.Zip(byTime.Skip(1)).All(p => p.First.PeriodTo.AddDays(1) == p.Second.PeriodFrom);
        }), iter: Cases);

    [Fact]
    public void Shares_by_largest_remainder_add_up_to_the_whole() => Gen.Select(Sum, Weights).Sample((sum, weights) =>
    {
        IReadOnlyList<AllocatedPart> parts = CostAllocation.LargestRemainder(sum, weights);
        decimal total = weights.Sum(w => w.Weight);

        return parts.Sum(p => p.Amount) == sum && parts.All(p => Math.Abs(p.Amount - (sum * p.Weight.Weight / total)) < 0.01m);
    }, iter: Cases);

    [Fact]
    public void Shares_up_to_the_euro_are_never_less_than_the_whole() => Gen.Select(Sum, Weights).Sample((sum, weights) =>
    {
        decimal parts = CostAllocation.UpToEuro(sum, weights).Sum(p => p.Amount);

        return parts >= sum && parts < sum + weights.Count;
    }, iter: Cases);

    [Fact]
    public void A_basis_that_was_kept_gives_the_same_hash_and_the_same_lines() => Case.Sample(c =>
    {
        PricingBasis kept = MarketJson.Read<PricingBasis>(CanonicalJson.Write(c.Basis));

        return CanonicalJson.Hash(kept) == CanonicalJson.Hash(c.Basis)
            && CanonicalJson.Write(PriceCalculator.Recurring(kept, c.From, c.To)) == CanonicalJson.Write(PriceCalculator.Recurring(c.Basis, c.From, c.To));
    }, iter: Cases / 3);

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}

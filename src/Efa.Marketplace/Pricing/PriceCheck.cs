namespace Efa.Marketplace.Pricing;

/// <summary>What is wrong with a price component, and where.</summary>
/// <param name="Path">From the list of components down, such as 0, tiers, 2, upTo.</param>
/// <param name="Code">Code of the text.</param>
public sealed record PriceProblem(IReadOnlyList<string> Path, string Code);

/// <summary>Rules that the components of an offer keep.</summary>
public static class PriceCheck
{
    public const int MostComponents = 50;
    public const int MostParts = 200;
    public const int MostWeights = 12_000;
    public const int CodeLength = 60;
    public const int LabelLength = 200;
    public const int ReasonLength = 400;

    // With these, every amount fits into a column and every product into a decimal.
    public const decimal HighestSum = 1_000_000_000m;
    public const decimal HighestUnitPrice = 10_000m;
    public const decimal HighestWeight = 1_000_000_000m;

    public static IReadOnlyList<PriceProblem> Problems(IReadOnlyList<PriceComponent> components) =>
    [
        .. Most([], components.Count, MostComponents),
        .. components.Take(MostComponents).SelectMany((component, i) => Of(component, Position(i))),
        .. Repeated([.. components.Select(c => c.Code)], PriceFaults.CodeDuplicate, i => [Position(i), "code"]),
        .. Packages(components),
    ];

    private static IEnumerable<PriceProblem> Of(PriceComponent component, string at) =>
    [
        .. Code(component.Code, at, "code"),
        .. Label(component.Label, at, "label"),
        .. TaxCheck.Problems(component.Taxes, [at, "taxes"]),
        .. component switch
        {
            FlatPrice flat => Sum(flat.Amount, at, "amount"),
            PerInhabitantPrice price => Inhabitants(price, at),
            TieredPrice price => Tiers(price, at),
            PerUsePrice price => Uses(price, at),
            SharedCostPrice price => Shared(price, at),
            PackagePrice price => Package(price, at),
            _ => throw new NotSupportedException($"{component.GetType().Name} has no rules."),
        },
    ];

    private static IEnumerable<PriceProblem> Inhabitants(PerInhabitantPrice price, string at)
    {
        foreach (PriceProblem problem in UnitPrice(price.PerInhabitant, at, "perInhabitant")) yield return problem;
        foreach (PriceProblem problem in Sum(price.Minimum, at, "minimum")) yield return problem;
        foreach (PriceProblem problem in Sum(price.Maximum, at, "maximum")) yield return problem;
        if (price.Minimum > price.Maximum) yield return new PriceProblem([at, "minimum"], PriceFaults.MinimumAboveMaximum);
    }

    private static IEnumerable<PriceProblem> Uses(PerUsePrice price, string at)
    {
        foreach (PriceProblem problem in UnitPrice(price.PerUse, at, "perUse")) yield return problem;
        if (price.IncludedUses < 0) yield return new PriceProblem([at, "includedUses"], PriceFaults.IncludedUsesNegative);
        // Uses are counted for a calendar year; for another period nobody would know how many there are.
        if (price.Period != BillingPeriod.Year) yield return new PriceProblem([at, "period"], PriceFaults.UsesNotByYear);
    }

    private static IEnumerable<PriceProblem> Tiers(TieredPrice price, string at)
    {
        if (price is { Basis: QuantityBasis.Uses, Period: not BillingPeriod.Year }) yield return new PriceProblem([at, "period"], PriceFaults.UsesNotByYear);
        if (price.Tiers.Count == 0) yield return new PriceProblem([at, "tiers"], PriceFaults.TiersMissing);
        foreach (PriceProblem problem in Most([at, "tiers"], price.Tiers.Count, MostParts)) yield return problem;
        int below = 0;
        foreach ((int i, PriceTier tier) in price.Tiers.Index().Take(MostParts))
        {
            bool last = i == price.Tiers.Count - 1;
            if (last && tier.UpTo is not null) yield return new PriceProblem([at, "tiers", Position(i), "upTo"], PriceFaults.LastTierNotOpen);
            if (!last && (tier.UpTo is not { } upTo || upTo <= below)) yield return new PriceProblem([at, "tiers", Position(i), "upTo"], PriceFaults.TiersNotAscending);
            if (tier is { UnitPrice: null, FlatAmount: null }) yield return new PriceProblem([at, "tiers", Position(i)], PriceFaults.TierWithoutPrice);
            foreach (PriceProblem problem in UnitPrice(tier.UnitPrice, at, "tiers", Position(i), "unitPrice")) yield return problem;
            foreach (PriceProblem problem in Sum(tier.FlatAmount, at, "tiers", Position(i), "flatAmount")) yield return problem;
            below = tier.UpTo ?? below;
        }
    }

    private static IEnumerable<PriceProblem> Shared(SharedCostPrice price, string at)
    {
        foreach (PriceProblem problem in Sum(price.TotalCost, at, "totalCost")) yield return problem;
        if (price.UsageDependentPercent is < 0 or > 100) yield return new PriceProblem([at, "usageDependentPercent"], PriceFaults.PercentOutOfRange);
        if (price.UsageDependentPercent.IsFinerThan(6)) yield return new PriceProblem([at, "usageDependentPercent"], PriceFaults.UnitPriceDecimals);
        if (price.Weights is not { } weights)
        {
            if (price.Key is AllocationKey.ActualUse or AllocationKey.TargetGroup) yield return new PriceProblem([at, "weights"], PriceFaults.WeightsMissing);
            yield break;
        }
        foreach (PriceProblem problem in Most([at, "weights"], weights.Count, MostWeights)) yield return problem;
        if (!weights.Any(w => w.Weight > 0)) yield return new PriceProblem([at, "weights"], PriceFaults.WeightsZero);
        foreach ((int i, AllocationWeight weight) in weights.Index().Take(MostWeights))
        {
            if (!IsRegionalKey(weight.Ars)) yield return new PriceProblem([at, "weights", Position(i), "ars"], PriceFaults.WeightKeyInvalid);
            foreach (PriceProblem problem in Amount(weight.Weight, HighestWeight, PriceFaults.AmountTooHigh, 6, PriceFaults.UnitPriceDecimals, [at, "weights", Position(i), "weight"]))
                yield return problem;
        }
        foreach (PriceProblem problem in Repeated([.. weights.Select(w => CostAllocation.BodyOf(w.Ars))], PriceFaults.WeightDuplicate, i => [at, "weights", Position(i), "ars"]))
            yield return problem;
    }

    private static IEnumerable<PriceProblem> Package(PackagePrice price, string at)
    {
        if (price.Packages.Count == 0) yield return new PriceProblem([at, "packages"], PriceFaults.PackagesMissing);
        foreach (PriceProblem problem in Most([at, "packages"], price.Packages.Count, MostParts)) yield return problem;
        foreach ((int i, PricePackage package) in price.Packages.Index().Take(MostParts))
        {
            foreach (PriceProblem problem in Code(package.Code, at, "packages", Position(i), "code")) yield return problem;
            foreach (PriceProblem problem in Label(package.Label, at, "packages", Position(i), "label")) yield return problem;
            foreach (PriceProblem problem in Sum(package.Amount, at, "packages", Position(i), "amount")) yield return problem;
        }
        foreach (PriceProblem problem in Repeated([.. price.Packages.Select(p => p.Code)], PriceFaults.PackageDuplicate, i => [at, "packages", Position(i), "code"]))
            yield return problem;
    }

    /// <summary>An order names one package for all components, so each has the same ones.</summary>
    private static IEnumerable<PriceProblem> Packages(IReadOnlyList<PriceComponent> components)
    {
        HashSet<string>? first = null;
        foreach ((int i, PriceComponent component) in components.Index())
        {
            if (component is not PackagePrice price) continue;
            if (first is null) first = [.. price.Packages.Select(p => p.Code)];
            else if (!first.SetEquals(price.Packages.Select(p => p.Code))) yield return new PriceProblem([Position(i), "packages"], PriceFaults.PackagesDiffer);
        }
    }

    private static IEnumerable<PriceProblem> Sum(decimal? amount, params string[] path) =>
        amount is { } sum ? Amount(sum, HighestSum, PriceFaults.AmountTooHigh, 2, PriceFaults.SumDecimals, path) : [];

    private static IEnumerable<PriceProblem> UnitPrice(decimal? amount, params string[] path) =>
        amount is { } price ? Amount(price, HighestUnitPrice, PriceFaults.UnitPriceTooHigh, 6, PriceFaults.UnitPriceDecimals, path) : [];

    private static IEnumerable<PriceProblem> Amount(decimal amount, decimal highest, string tooHigh, int decimals, string tooMany, string[] path)
    {
        if (amount < 0) yield return new PriceProblem(path, PriceFaults.AmountNegative);
        if (amount > highest) yield return new PriceProblem(path, tooHigh);
        if (amount.IsFinerThan(decimals)) yield return new PriceProblem(path, tooMany);
    }

    /// <summary>Whether an amount has more decimal places; zeros at the end do not count.</summary>
    private static bool IsFinerThan(this decimal amount, int decimals) => Math.Round(amount, decimals) != amount;

    private static IEnumerable<PriceProblem> Code(string code, params string[] path)
    {
        if (code.Length is 0 or > CodeLength || !code.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.')) yield return new PriceProblem(path, PriceFaults.CodeInvalid);
    }

    private static IEnumerable<PriceProblem> Label(string label, params string[] path)
    {
        if (string.IsNullOrWhiteSpace(label) || label.Length > LabelLength || label.Any(char.IsControl)) yield return new PriceProblem(path, PriceFaults.LabelInvalid);
    }

    private static IEnumerable<PriceProblem> Most(string[] path, int count, int most)
    {
        if (count > most) yield return new PriceProblem(path, PriceFaults.TooManyEntries);
    }

    private static IEnumerable<PriceProblem> Repeated(IReadOnlyList<string> keys, string code, Func<int, string[]> path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < keys.Count; i++)
            if (!seen.Add(keys[i]))
                yield return new PriceProblem(path(i), code);
    }

    /// <summary>The shape of a regional key: of a state, region, district, association or municipality.</summary>
    private static bool IsRegionalKey(string ars) =>
        ars.Length is 2 or 3 or 5 or 9 or 12 && ars.All(char.IsAsciiDigit) && string.CompareOrdinal(ars, 0, "01", 0, 2) >= 0 && string.CompareOrdinal(ars, 0, "16", 0, 2) <= 0;

    private static string Position(int i) => i.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

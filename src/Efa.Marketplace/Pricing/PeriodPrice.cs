namespace Efa.Marketplace.Pricing;

/// <summary>What a component costs for one whole period, or once: exact, before it is prorated and rounded.</summary>
internal sealed record PeriodPrice(Guid? UsedById, decimal Amount, IReadOnlyList<PriceStep> Steps)
{
    /// <summary>
    /// One for each line. Inhabitants and shares are those of each user and priced for each; a flat price, a package, uses and the number
    /// of bodies are those of the whole order. Uses are those of a full calendar year, so that a part of it takes its part of them and
    /// of what is included.
    /// </summary>
    public static IEnumerable<PeriodPrice> Of(PriceComponent component, PricingBasis basis) => component switch
    {
        FlatPrice flat => [Single(flat.Amount, PriceStepCodes.Flat)],
        PackagePrice package => [Single(package.Packages.Single(p => p.Code == basis.PackageCode).Amount, PriceStepCodes.Package)],
        PerInhabitantPrice price => basis.Users.Select(user => Inhabitants(price, user)),
        PerUsePrice price => [Uses(price, basis.ExpectedUses)],
        TieredPrice { Basis: QuantityBasis.Inhabitants } price => basis.Users.SelectMany(user => Tiers(price, user.Population!.Value, user.OrganisationId, [])),
        TieredPrice { Basis: QuantityBasis.Bodies } price => Tiers(price, basis.Users.Count, null, []),
        TieredPrice { Basis: QuantityBasis.Uses } price => Tiers(price, basis.ExpectedUses ?? 0, null, NotStated(basis.ExpectedUses)),
        SharedCostPrice price => Shares(price, basis.Users),
        _ => throw new NotSupportedException($"{component.GetType().Name} of {component.Code} cannot be priced."),
    };

    private static PeriodPrice Single(decimal amount, string step) => new(null, amount, [new PriceStep(step, Figures.Sum(amount), amount)]);

    private static PeriodPrice Inhabitants(PerInhabitantPrice price, PricedUser user)
    {
        decimal amount = user.Population!.Value * price.PerInhabitant;
        var steps = new List<PriceStep> { new(PriceStepCodes.Inhabitants, $"{Figures.Number(user.Population.Value)} × {Figures.Sum(price.PerInhabitant)}", amount) };
        if (price.Minimum > amount) Bound(PriceStepCodes.Minimum, "max", price.Minimum.Value);
        if (price.Maximum < amount) Bound(PriceStepCodes.Maximum, "min", price.Maximum.Value);
        return new PeriodPrice(user.OrganisationId, amount, steps);

        void Bound(string code, string function, decimal bound)
        {
            steps.Add(new PriceStep(code, $"{function}({Figures.Sum(amount)}; {Figures.Sum(bound)})", bound));
            amount = bound;
        }
    }

    private static PeriodPrice Uses(PerUsePrice price, int? expected)
    {
        int uses = expected ?? 0;
        int charged = Math.Max(uses - price.IncludedUses, 0);
        decimal amount = charged * price.PerUse;
        var steps = new List<PriceStep>(NotStated(expected));
        if (price.IncludedUses > 0) steps.Add(new PriceStep(PriceStepCodes.UsesCharged, $"max({Figures.Number(uses)} − {Figures.Number(price.IncludedUses)}; 0)", charged));
        steps.Add(new PriceStep(PriceStepCodes.Uses, $"{Figures.Number(charged)} × {Figures.Sum(price.PerUse)}", amount));
        return new PeriodPrice(null, amount, steps);
    }

    private static PriceStep[] NotStated(int? uses) => uses is null ? [new PriceStep(PriceStepCodes.UsesNotStated, "0", 0)] : [];

    /// <summary>Graduated: one for each tier that the quantity reaches; else one, by the tier in which the whole quantity lies.</summary>
    private static IEnumerable<PeriodPrice> Tiers(TieredPrice price, int quantity, Guid? usedById, IReadOnlyList<PriceStep> before)
    {
        int below = 0;
        foreach (PriceTier tier in price.Tiers)
        {
            bool last = quantity <= (tier.UpTo ?? int.MaxValue);
            if (price.Graduated) yield return Tier(tier, TierQuantity(tier, quantity, below), usedById, before);
            else if (last) yield return Tier(tier, new PriceStep(PriceStepCodes.TierQuantity, Figures.Number(quantity), quantity), usedById, before);
            if (last) yield break;
            below = tier.UpTo!.Value;
        }
    }

    private static PriceStep TierQuantity(PriceTier tier, int quantity, int below)
    {
        string upTo = tier.UpTo is { } limit ? $"min({Figures.Number(quantity)}; {Figures.Number(limit)})" : Figures.Number(quantity);
        return new PriceStep(PriceStepCodes.TierQuantity, $"{upTo} − {Figures.Number(below)}", Math.Min(quantity, tier.UpTo ?? int.MaxValue) - below);
    }

    private static PeriodPrice Tier(PriceTier tier, PriceStep quantity, Guid? usedById, IReadOnlyList<PriceStep> before)
    {
        decimal amount = quantity.Result * (tier.UnitPrice ?? 0);
        var steps = new List<PriceStep>([.. before, quantity]);
        if (tier.UnitPrice is { } unitPrice) steps.Add(new PriceStep(PriceStepCodes.TierUnits, $"{Figures.Number(quantity.Result)} × {Figures.Sum(unitPrice)}", amount));
        if (tier.FlatAmount is { } flat)
        {
            string units = tier.UnitPrice is null ? "" : $"{Figures.Sum(amount)} + ";
            amount += flat;
            steps.Add(new PriceStep(PriceStepCodes.TierAmount, units + Figures.Sum(flat), amount));
        }
        return new PeriodPrice(usedById, amount, steps);
    }

    private static IEnumerable<PeriodPrice> Shares(SharedCostPrice price, IReadOnlyList<PricedUser> users)
    {
        decimal shared = Cents.Round(price.TotalCost * price.UsageDependentPercent / 100m);
        decimal total = price.Weights!.Sum(w => w.Weight);
        bool upToEuro = price.Rounding == AllocationRounding.UpToEuro;
        IReadOnlyList<AllocatedPart> parts = upToEuro ? CostAllocation.UpToEuro(shared, price.Weights!) : CostAllocation.LargestRemainder(shared, price.Weights!);
        foreach (PricedUser user in users)
        {
            AllocatedPart part = parts.Of(user.Ars)!;
            var steps = new List<PriceStep>();
            if (price.UsageDependentPercent != 100) steps.Add(new PriceStep(PriceStepCodes.UsageDependent, $"{Figures.Sum(price.TotalCost)} × {Figures.Number(price.UsageDependentPercent)} / 100", shared));
            steps.Add(new PriceStep(upToEuro ? PriceStepCodes.ShareUpToEuro : PriceStepCodes.Share, $"{Figures.Sum(shared)} × {Figures.Number(part.Weight.Weight)} / {Figures.Number(total)}", part.Cut));
            if (part.Extra > 0) steps.Add(new PriceStep(PriceStepCodes.Remainder, $"{Figures.Sum(part.Cut)} + {Figures.Sum(part.Extra)}", part.Amount));
            yield return new PeriodPrice(user.OrganisationId, part.Amount, steps);
        }
    }
}

using Efa.Graph.Engine.Types;
using Efa.Marketplace.Pricing;
using GraphQL.Types;

namespace Efa.Graph.Pricing;

public sealed class PriceComponentInputType : InputType<PriceComponent>
{
    public PriceComponentInputType()
        : base("PriceComponentInput")
    {
        IsOneOf = true;
        Add<FlatPriceInputType>("flat");
        Add<PerInhabitantPriceInputType>("perInhabitant");
        Add<TieredPriceInputType>("tiered");
        Add<PerUsePriceInputType>("perUse");
        Add<SharedCostPriceInputType>("sharedCost");
        Add<PackagePriceInputType>("package");
    }

    protected override PriceComponent Read(InputFields fields) => fields.Only<PriceComponent>();
}

/// <summary>What the inputs of all kinds of price have in common.</summary>
public abstract class PriceInputType<T> : InputType<T>
    where T : PriceComponent
{
    protected PriceInputType(string description)
        : base(typeof(T).Name + "Input", description)
    {
        Add<NonNullGraphType<StringGraphType>>("code", $"Unique within the offer: up to {PriceCheck.CodeLength} letters, digits, points, hyphens and underscores.");
        Add<NonNullGraphType<StringGraphType>>("label", $"Up to {PriceCheck.LabelLength} characters.");
        Add<NonNullGraphType<BillingPeriodType>>("period");
        Add<CostTypeType>("costType");
        Add<NonNullGraphType<ListGraphType<NonNullGraphType<TaxRegimeInputType>>>>("taxes", "Without gaps and overlaps; one regime without dates is enough.");
    }

    protected static string Code(InputFields fields) => fields.Get<string>("code");

    protected static string Label(InputFields fields) => fields.Get<string>("label");

    protected static BillingPeriod Period(InputFields fields) => fields.Get<BillingPeriod>("period");

    protected static CostType? CostTypeOf(InputFields fields) => fields.Optional<CostType?>("costType");

    protected static IReadOnlyList<TaxRegime> Taxes(InputFields fields) => fields.List<TaxRegime>("taxes")!;
}

public sealed class FlatPriceInputType : PriceInputType<FlatPrice>
{
    public FlatPriceInputType()
        : base("A fixed amount for each period.") => Add<NonNullGraphType<DecimalType>>("amount");

    protected override FlatPrice Read(InputFields fields) => new()
    {
        Code = Code(fields),
        Label = Label(fields),
        Period = Period(fields),
        CostType = CostTypeOf(fields),
        Taxes = Taxes(fields),
        Amount = fields.Get<decimal>("amount"),
    };
}

public sealed class PerInhabitantPriceInputType : PriceInputType<PerInhabitantPrice>
{
    public PerInhabitantPriceInputType()
        : base("An amount for each inhabitant of a user, within a minimum and a maximum for a full period.")
    {
        Add<NonNullGraphType<DecimalType>>("perInhabitant");
        Add<DecimalType>("minimum");
        Add<DecimalType>("maximum");
    }

    protected override PerInhabitantPrice Read(InputFields fields) => new()
    {
        Code = Code(fields),
        Label = Label(fields),
        Period = Period(fields),
        CostType = CostTypeOf(fields),
        Taxes = Taxes(fields),
        PerInhabitant = fields.Get<decimal>("perInhabitant"),
        Minimum = fields.Optional<decimal?>("minimum"),
        Maximum = fields.Optional<decimal?>("maximum"),
    };
}

public sealed class TieredPriceInputType : PriceInputType<TieredPrice>
{
    public TieredPriceInputType()
        : base("A price that depends on how many there are.")
    {
        Add<NonNullGraphType<QuantityBasisType>>("basis");
        Add<NonNullGraphType<BooleanGraphType>>("graduated", "Each tier prices its own part; else the whole quantity takes one tier.");
        Add<NonNullGraphType<ListGraphType<NonNullGraphType<PriceTierInputType>>>>("tiers", "Ascending; the last one is open.");
    }

    protected override TieredPrice Read(InputFields fields) => new()
    {
        Code = Code(fields),
        Label = Label(fields),
        Period = Period(fields),
        CostType = CostTypeOf(fields),
        Taxes = Taxes(fields),
        Basis = fields.Get<QuantityBasis>("basis"),
        Graduated = fields.Get<bool>("graduated"),
        Tiers = fields.List<PriceTier>("tiers")!,
    };
}

public sealed class PerUsePriceInputType : PriceInputType<PerUsePrice>
{
    public PerUsePriceInputType()
        : base("An amount for each use beyond those included in a calendar year.")
    {
        Add<NonNullGraphType<DecimalType>>("perUse");
        Add<IntGraphType>("includedUses", defaultValue: 0);
    }

    protected override PerUsePrice Read(InputFields fields) => new()
    {
        Code = Code(fields),
        Label = Label(fields),
        Period = Period(fields),
        CostType = CostTypeOf(fields),
        Taxes = Taxes(fields),
        PerUse = fields.Get<decimal>("perUse"),
        IncludedUses = fields.Optional<int?>("includedUses") ?? 0,
    };
}

public sealed class SharedCostPriceInputType : PriceInputType<SharedCostPrice>
{
    private const decimal WholeCost = 100;

    public SharedCostPriceInputType()
        : base("A part of a total cost, by weight.")
    {
        Add<NonNullGraphType<DecimalType>>("totalCost");
        Add<NonNullGraphType<AllocationKeyType>>("key");
        Add<DecimalType>("usageDependentPercent", "The part of the total that the users share; the rest is paid elsewhere.", defaultValue: WholeCost);
        Add<AllocationRoundingType>("rounding", defaultValue: AllocationRounding.LargestRemainder);
        Add<ListGraphType<NonNullGraphType<AllocationWeightInputType>>>("weights", "Who shares, and by what weight; all states by the key where nothing is said.");
        Add<DateType>("weightsOn");
    }

    protected override SharedCostPrice Read(InputFields fields) => new()
    {
        Code = Code(fields),
        Label = Label(fields),
        Period = Period(fields),
        CostType = CostTypeOf(fields),
        Taxes = Taxes(fields),
        TotalCost = fields.Get<decimal>("totalCost"),
        Key = fields.Get<AllocationKey>("key"),
        UsageDependentPercent = fields.Optional<decimal?>("usageDependentPercent") ?? WholeCost,
        Rounding = fields.Optional<AllocationRounding?>("rounding") ?? AllocationRounding.LargestRemainder,
        Weights = fields.List<AllocationWeight>("weights"),
        WeightsOn = fields.Optional<DateOnly?>("weightsOn"),
    };
}

public sealed class PackagePriceInputType : PriceInputType<PackagePrice>
{
    public PackagePriceInputType()
        : base("The price of the package that the order names.") => Add<NonNullGraphType<ListGraphType<NonNullGraphType<PricePackageInputType>>>>("packages");

    protected override PackagePrice Read(InputFields fields) => new()
    {
        Code = Code(fields),
        Label = Label(fields),
        Period = Period(fields),
        CostType = CostTypeOf(fields),
        Taxes = Taxes(fields),
        Packages = fields.List<PricePackage>("packages")!,
    };
}

using Efa.Graph.Engine;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Pricing;
using GraphQL.Types;

namespace Efa.Graph.Pricing;

/// <summary>What every part of a price tells.</summary>
public sealed class PriceComponentInterface : InterfaceGraphType<PriceComponent>
{
    public PriceComponentInterface()
    {
        Name = "PriceComponent";
        Description = "A part of an offer's price; all parts are due. Amounts are net, in EUR. New kinds may come: select text and add fragments.";
        Field<NonNullGraphType<StringGraphType>>("code").Description("Unique within the offer.");
        Field<NonNullGraphType<StringGraphType>>("label");
        Field<NonNullGraphType<StringGraphType>>("text").Description("The price in words, ready to show: 0,0333 EUR je Einwohner und Jahr. Follows Accept-Language.");
        Field<NonNullGraphType<BillingPeriodType>>("period");
        Field<CostTypeType>("costType");
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TaxRegimeType>>>>("taxes").Description("One regime for each date of service.").Costs(1, size: 2);
    }
}

/// <summary>A kind of price.</summary>
public abstract class PriceComponentType<TComponent> : ObjectGraphType<TComponent>
    where TComponent : PriceComponent
{
    protected PriceComponentType(string description)
    {
        (Name, Description) = (typeof(TComponent).Name, description);
        Interface<PriceComponentInterface>();
        Field<NonNullGraphType<StringGraphType>>("code").Resolve(context => context.Source.Code);
        Field<NonNullGraphType<StringGraphType>>("label").Resolve(context => context.Source.Label);
        Field<NonNullGraphType<StringGraphType>>("text").Resolve(context => PriceText.Of(context.Source, context.Request().Language));
        Field<NonNullGraphType<BillingPeriodType>>("period").Resolve(context => context.Source.Period);
        Field<CostTypeType>("costType").Resolve(context => context.Source.CostType);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TaxRegimeType>>>>("taxes").Costs(1, size: 2).Resolve(context => context.Source.Taxes);
    }
}

public sealed class FlatPriceType : PriceComponentType<FlatPrice>
{
    public FlatPriceType()
        : base("A fixed amount for each period.") =>
        Field<NonNullGraphType<MoneyType>>("amount").Resolve(context => context.Source.Amount);
}

public sealed class PerInhabitantPriceType : PriceComponentType<PerInhabitantPrice>
{
    public PerInhabitantPriceType()
        : base("An amount for each inhabitant of a user, within a minimum and a maximum for a full period.")
    {
        Field<NonNullGraphType<MoneyType>>("perInhabitant").Resolve(context => context.Source.PerInhabitant);
        Field<MoneyType>("minimum").Resolve(context => context.Source.Minimum);
        Field<MoneyType>("maximum").Resolve(context => context.Source.Maximum);
    }
}

public sealed class TieredPriceType : PriceComponentType<TieredPrice>
{
    public TieredPriceType()
        : base("A price that depends on how many there are.")
    {
        Field<NonNullGraphType<QuantityBasisType>>("basis").Resolve(context => context.Source.Basis);
        Field<NonNullGraphType<BooleanGraphType>>("graduated")
            .Description("True: each tier prices its own part of the quantity. False: the whole quantity takes the tier that it falls into.")
            .Resolve(context => context.Source.Graduated);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<PriceTierType>>>>("tiers").Description("Ascending.").Resolve(context => context.Source.Tiers);
    }
}

public sealed class PerUsePriceType : PriceComponentType<PerUsePrice>
{
    public PerUsePriceType()
        : base("An amount for each use beyond those included in a calendar year.")
    {
        Field<NonNullGraphType<MoneyType>>("perUse").Resolve(context => context.Source.PerUse);
        Field<NonNullGraphType<IntGraphType>>("includedUses").Resolve(context => context.Source.IncludedUses);
    }
}

public sealed class SharedCostPriceType : PriceComponentType<SharedCostPrice>
{
    public SharedCostPriceType()
        : base("A part of a total cost, by weight.")
    {
        Field<NonNullGraphType<MoneyType>>("totalCost").Resolve(context => context.Source.TotalCost);
        Field<NonNullGraphType<AllocationKeyType>>("key").Resolve(context => context.Source.Key);
        Field<NonNullGraphType<DecimalType>>("usageDependentPercent").Description("The part of the total that the users share; the rest is paid elsewhere.").Resolve(context => context.Source.UsageDependentPercent);
        Field<NonNullGraphType<AllocationRoundingType>>("rounding").Resolve(context => context.Source.Rounding);
        Field<ListGraphType<NonNullGraphType<AllocationWeightType>>>("weights").Description("Who shares, and by what weight. Null: all states, by the key.").Costs(1, size: 16).Resolve(context => context.Source.Weights);
        Field<DateType>("weightsOn").Resolve(context => context.Source.WeightsOn);
    }
}

public sealed class PackagePriceType : PriceComponentType<PackagePrice>
{
    public PackagePriceType()
        : base("The price of the package that the order names.") =>
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<PricePackageType>>>>("packages").Resolve(context => context.Source.Packages);
}

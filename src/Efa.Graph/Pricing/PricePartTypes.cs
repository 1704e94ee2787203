using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Marketplace.Pricing;
using GraphQL.Types;

namespace Efa.Graph.Pricing;

public sealed class TaxRegimeType : ObjectGraphType<TaxRegime>
{
    public TaxRegimeType()
    {
        (Name, Description) = ("TaxRegime", "How a price is taxed for services between two days, both included; null is open.");
        Field<NonNullGraphType<EnumType<TaxTreatment>>>("treatment").Resolve(context => context.Source.Treatment);
        Field<StringGraphType>("exemptionReason").Description("Stands on the invoice; there for EXEMPT.").Resolve(context => context.Source.ExemptionReason);
        Field<DateType>("validFrom").Resolve(context => context.Source.ValidFrom);
        Field<DateType>("validTo").Resolve(context => context.Source.ValidTo);
    }
}

public sealed class PriceTierType : ObjectGraphType<PriceTier>
{
    public PriceTierType()
    {
        (Name, Description) = ("PriceTier", "flatAmount for the tier, unitPrice for each unit, or both.");
        Field<IntGraphType>("upTo").Description("Included in the tier; null for the last one, which is open.").Resolve(context => context.Source.UpTo);
        Field<MoneyType>("unitPrice").Resolve(context => context.Source.UnitPrice);
        Field<MoneyType>("flatAmount").Resolve(context => context.Source.FlatAmount);
    }
}

public sealed class PricePackageType : ObjectGraphType<PricePackage>
{
    public PricePackageType()
    {
        Name = "PricePackage";
        Field<NonNullGraphType<StringGraphType>>("code").Description("What an order and a quote name as packageCode.").Resolve(context => context.Source.Code);
        Field<NonNullGraphType<StringGraphType>>("label").Resolve(context => context.Source.Label);
        Field<NonNullGraphType<MoneyType>>("amount").Resolve(context => context.Source.Amount);
    }
}

public sealed class AllocationWeightType : ObjectGraphType<AllocationWeight>
{
    public AllocationWeightType()
    {
        Name = "AllocationWeight";
        Field<NonNullGraphType<ArsType>>("ars").Resolve(context => context.Source.Ars);
        Field<NonNullGraphType<DecimalType>>("weight").Resolve(context => context.Source.Weight);
    }
}

using Efa.Graph.Engine.Types;
using Efa.Marketplace.Pricing;
using GraphQL.Types;

namespace Efa.Graph.Pricing;

public sealed class TaxRegimeInputType : InputType<TaxRegime>
{
    public TaxRegimeInputType()
        : base("TaxRegimeInput", "How a price is taxed for services between two days, both included.")
    {
        Add<NonNullGraphType<EnumType<TaxTreatment>>>("treatment");
        Add<StringGraphType>("exemptionReason", "Needed for EXEMPT.");
        Add<DateType>("validFrom");
        Add<DateType>("validTo");
    }

    protected override TaxRegime Read(InputFields fields) => new(
        fields.Get<TaxTreatment>("treatment"), fields.Optional<string>("exemptionReason"), fields.Optional<DateOnly?>("validFrom"), fields.Optional<DateOnly?>("validTo"));
}

public sealed class PriceTierInputType : InputType<PriceTier>
{
    public PriceTierInputType()
        : base("PriceTierInput", "flatAmount for the tier, unitPrice for each unit, or both.")
    {
        Add<IntGraphType>("upTo", "Included; nothing in the last tier.");
        Add<DecimalType>("unitPrice");
        Add<DecimalType>("flatAmount");
    }

    protected override PriceTier Read(InputFields fields) => new(fields.Optional<int?>("upTo"), fields.Optional<decimal?>("unitPrice"), fields.Optional<decimal?>("flatAmount"));
}

public sealed class AllocationWeightInputType : InputType<AllocationWeight>
{
    public AllocationWeightInputType()
        : base("AllocationWeightInput")
    {
        Add<NonNullGraphType<StringGraphType>>("ars", "Regional key.");
        Add<NonNullGraphType<DecimalType>>("weight");
    }

    protected override AllocationWeight Read(InputFields fields) => new(fields.Get<string>("ars"), fields.Get<decimal>("weight"));
}

public sealed class PricePackageInputType : InputType<PricePackage>
{
    public PricePackageInputType()
        : base("PricePackageInput")
    {
        Add<NonNullGraphType<StringGraphType>>("code", "What an order names.");
        Add<NonNullGraphType<StringGraphType>>("label");
        Add<NonNullGraphType<DecimalType>>("amount");
    }

    protected override PricePackage Read(InputFields fields) => new(fields.Get<string>("code"), fields.Get<string>("label"), fields.Get<decimal>("amount"));
}

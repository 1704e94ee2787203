using Efa.Graph.Engine;
using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Marketplace.Pricing;
using GraphQL.Types;

namespace Efa.Graph.Pricing;

/// <summary>A line with the component that it prices.</summary>
public sealed record PricedLine(PriceLine Line, PriceComponent Component);

public sealed class PriceLineType : ObjectGraphType<PricedLine>
{
    public PriceLineType()
    {
        (Name, Description) = ("PriceLine", "A priced part of a year: net = quantity × unitPrice / baseQuantity, rounded half away from zero to cents.");
        Field<NonNullGraphType<PriceComponentInterface>>("component").Description("As it was priced: with all weights filled in.").Resolve(context => context.Source.Component);
        Field<OrganisationType>("usedBy").Description("Null where the line is for all users together, and in an estimate.")
            .Resolve(context => context.Source.Line.UsedById is { } id ? context.Request().Get<OrganisationLoader>().Load(id) : null);
        Field<NonNullGraphType<DateType>>("periodFrom").Resolve(context => context.Source.Line.PeriodFrom);
        Field<NonNullGraphType<DateType>>("periodTo").Description("Last day.").Resolve(context => context.Source.Line.PeriodTo);
        Field<NonNullGraphType<DecimalType>>("quantity").Resolve(context => context.Source.Line.Quantity);
        Field<NonNullGraphType<MoneyType>>("unitPrice").Resolve(context => context.Source.Line.UnitPrice);
        Field<NonNullGraphType<DecimalType>>("baseQuantity").Resolve(context => context.Source.Line.BaseQuantity);
        Field<NonNullGraphType<MoneyType>>("net").Resolve(context => context.Source.Line.Net);
        Field<NonNullGraphType<EnumType<TaxTreatment>>>("taxTreatment").Resolve(context => context.Source.Line.TaxTreatment);
        Field<DecimalType>("taxRate").Description("Percent; null where not taxable.").Resolve(context => context.Source.Line.TaxRate);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<PriceStepType>>>>("explanation").Description("How the amount came about, step by step.").Resolve(context => context.Source.Line.Steps);
    }
}

public sealed class PriceStepType : ObjectGraphType<PriceStep>
{
    public PriceStepType()
    {
        (Name, Description) = ("PriceStep", "A step of how an amount came about.");
        Field<NonNullGraphType<StringGraphType>>("label").Description("Follows Accept-Language.").Resolve(context => PriceText.OfStep(context.Source.Code, context.Request().Language));
        Field<NonNullGraphType<StringGraphType>>("formula").Description("The computation in figures: 347.514 × 0,0333 EUR.").Resolve(context => PriceText.OfFormula(context.Source.Formula, context.Request().Language));
        Field<NonNullGraphType<DecimalType>>("result").Resolve(context => context.Source.Result);
    }
}

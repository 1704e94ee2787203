using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Ordering;
using Efa.Graph.Organisations;
using Efa.Graph.Pricing;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using GraphQL.Types;

namespace Efa.Graph.Billing;

/// <summary>A line of an invoice that is issued or drafted.</summary>
public sealed record ShownInvoiceLine(
    int Position, string Description, decimal Quantity, string UnitCode, decimal UnitPrice, decimal BaseQuantity, decimal Net, TaxTreatment TaxTreatment, decimal? TaxRate,
    Guid OrderId, Guid? UsedById, DateOnly PeriodFrom, DateOnly PeriodTo, IReadOnlyList<PriceStep> Steps)
{
    internal static ShownInvoiceLine Of(InvoiceLine line) => new(
        line.Position, line.Description, line.Quantity, line.UnitCode, line.UnitPrice, line.BaseQuantity, line.Net, line.TaxTreatment, line.TaxRate,
        line.OrderId, line.UsedById, line.PeriodFrom, line.PeriodTo, line.Steps);

    internal static ShownInvoiceLine Of(int position, DraftLine line) => new(
        position, line.Description, line.Price.Quantity, line.Price.UnitCode, line.Price.UnitPrice, line.Price.BaseQuantity, line.Price.Net, line.Price.TaxTreatment, line.Price.TaxRate,
        line.OrderId, line.Price.UsedById, line.Price.PeriodFrom, line.Price.PeriodTo, line.Price.Steps);
}

public sealed class InvoiceLineType : ObjectGraphType<ShownInvoiceLine>
{
    public InvoiceLineType()
    {
        Name = "InvoiceLine";
        Description = "net = quantity x unitPrice / baseQuantity, rounded half away from zero. taxRate: percent, null where not taxable.";
        Field<NonNullGraphType<IntGraphType>>("position").Description("From 1.").Resolve(context => context.Source.Position);
        Field<NonNullGraphType<StringGraphType>>("description").Resolve(context => context.Source.Description);
        Field<NonNullGraphType<DecimalType>>("quantity").Resolve(context => context.Source.Quantity);
        Field<NonNullGraphType<StringGraphType>>("unitCode").Description("UN/ECE Recommendation 20, such as ANN, MON, DAY or C62.").Resolve(context => context.Source.UnitCode);
        Field<NonNullGraphType<MoneyType>>("unitPrice").Resolve(context => context.Source.UnitPrice);
        Field<NonNullGraphType<DecimalType>>("baseQuantity").Resolve(context => context.Source.BaseQuantity);
        Field<NonNullGraphType<MoneyType>>("net").Resolve(context => context.Source.Net);
        Field<NonNullGraphType<EnumType<TaxTreatment>>>("taxTreatment").Resolve(context => context.Source.TaxTreatment);
        Field<DecimalType>("taxRate").Resolve(context => context.Source.TaxRate);
        Field<OrderType>("order").Resolve(context => context.Request().Get<OrderLoader>().Load(context.Source.OrderId));
        Field<OrganisationType>("usedBy").Description("Null where the line is for all users together.")
            .Resolve(context => context.Source.UsedById is { } id ? context.Request().Get<OrganisationLoader>().Load(id) : new Known<Organisation?>(null));
        Field<DateType>("periodFrom").Resolve(context => context.Source.PeriodFrom);
        Field<DateType>("periodTo").Description("Last day.").Resolve(context => context.Source.PeriodTo);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<PriceStepType>>>>("explanation").Description("How the line came about, step by step.").Resolve(context => context.Source.Steps);
    }
}

public sealed class InvoiceLineConnectionType : ConnectionType<InvoiceLineType, ShownInvoiceLine>;

using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using GraphQL.Types;

namespace Efa.Graph.Ordering;

public sealed class UsageReportInputType : InputType<ReportUsage.Row>
{
    public UsageReportInputType()
        : base("UsageReportInput")
    {
        Id("orderId", IdPrefix.Order);
        Add<NonNullGraphType<IntGraphType>>("year", "A calendar year of service that has begun.");
        Add<NonNullGraphType<IntGraphType>>("uses", $"In the whole of that year's service so far, 0 to {OfferQuotes.MostUses}.");
    }

    protected override ReportUsage.Row Read(InputFields fields) => new(fields.Get<Guid>("orderId"), fields.Get<int>("year"), fields.Get<int>("uses"));
}

public sealed class ReportUsageInputType : MutationInputType<ReportUsage.Input>
{
    public ReportUsageInputType()
        : base("ReportUsageInput")
    {
        Add<NonNullGraphType<ListGraphType<NonNullGraphType<UsageReportInputType>>>>("reports", $"Up to {ReportUsage.MostReports}, each order and year once.");
        Add<BatchModeType>("mode", defaultValue: BatchMode.Partial);
    }

    protected override ReportUsage.Input ReadInput(InputFields fields) => new(fields.List<ReportUsage.Row>("reports")!, fields.Optional<BatchMode?>("mode") ?? BatchMode.Partial);
}

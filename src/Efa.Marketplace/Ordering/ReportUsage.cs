using System.Globalization;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>The supplier reports uses of a calendar year, for several orders at once.</summary>
public sealed class ReportUsage : Operation<ReportUsage.Input>
{
    public const int MostReports = 200;

    private static readonly OrderState[] Used = [OrderState.Active, OrderState.TerminationRequested, OrderState.Terminated];

    public sealed record Input(IReadOnlyList<Row> Reports, BatchMode Mode);

    public sealed record Row(Guid OrderId, int Year, int Uses);

    public override string Name => "reportUsage";

    public override string Scope => OrderTransitions.Scope;

    public override IEnumerable<Refusal> Check(Input input)
    {
        if (input.Reports.Count == 0) yield return new Invalid(OperationsRefusals.Required, ["input", "reports"]);
        foreach (Refusal refusal in InputCheck.Distinct([.. input.Reports.Select(r => (r.OrderId, r.Year))], MostReports, "input", "reports")) yield return refusal;
    }

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        Dictionary<Guid, Order> orders = await work.OrdersToChangeAsync([.. input.Reports.Select(r => r.OrderId)], cancellationToken);
        return Outcome.Batch([.. input.Reports.Select((row, i) => Report(row, i, orders.GetValueOrDefault(row.OrderId), work))], input.Mode);
    }

    private static RowResult Report(Row row, int index, Order? order, Work work)
    {
        Refusal? refusal = Against(row, order, work, field => ["input", "reports", index.ToString(CultureInfo.InvariantCulture), field]);
        if (refusal is not null) return RowResult.Refused(index + 1, refusal);
        order!.ReportUsage(row.Year, row.Uses, work.Now);
        return RowResult.Done(index + 1, order.Id);
    }

    private static Refusal? Against(Row row, Order? order, Work work, Func<string, string[]> path)
    {
        if (order is null) return new NotFound(path("orderId"));
        if (!work.Caller.ActsFor(order.SupplierId)) return new PermissionDenied(OperationsRefusals.PermissionDenied, path("orderId"), [OrganisationRole.Supplier]);
        if (!Used.Contains(order.State) || order.ActiveFrom is not { } activeFrom) return OrderTransitions.NotIn(order, path("orderId"));
        int last = Math.Min(work.Today.Year, order.EndsOn?.Year ?? work.Today.Year);
        if (row.Year < activeFrom.Year || row.Year > last)
            return new Invalid(OrderingRefusals.UsageYearOutOfRange, path("year")) { Values = [activeFrom.Year.ToString(CultureInfo.InvariantCulture), last.ToString(CultureInfo.InvariantCulture)] };
        if (row.Uses is < 0 or > OfferQuotes.MostUses) return new Invalid(PriceRefusals.ExpectedUsesOutOfRange, path("uses")) { Values = [OfferQuotes.MostUses] };
        return order.UsageIn(row.Year) is { IsBilled: true } ? new Invalid(OrderingRefusals.UsageBilled, path("year")) : null;
    }
}

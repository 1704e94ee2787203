using System.Globalization;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>The supplier changes the fees of several orders, from a calendar year on that can still be reached.</summary>
public sealed class ChangeFees : Operation<ChangeFees.Input>
{
    public const int MostChanges = 200;
    public const int MostYearsAhead = 5;

    private static readonly OrderState[] Bound = [OrderState.Placed, OrderState.Accepted, OrderState.Provisioning, OrderState.Active, OrderState.TerminationRequested];

    public sealed record Input(IReadOnlyList<Row> Changes, BatchMode Mode);

    public sealed record Row(Guid OrderId, int ExpectedVersion, int EffectiveYear, decimal AnnualFee, decimal? NextBillingAmount, string Reason);

    public override string Name => "changeFees";

    public override string Scope => OrderTransitions.Scope;

    public override IEnumerable<Refusal> Check(Input input)
    {
        if (input.Changes.Count == 0) yield return new Invalid(OperationsRefusals.Required, ["input", "changes"]);
        foreach (Refusal refusal in InputCheck.Distinct([.. input.Changes.Select(c => c.OrderId)], MostChanges, "input", "changes")) yield return refusal;
    }

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        Dictionary<Guid, Order> orders = await work.OrdersToChangeAsync([.. input.Changes.Select(c => c.OrderId)], cancellationToken);
        Facts facts = await FactsAsync(input, orders, work, cancellationToken);
        return Outcome.Batch([.. input.Changes.Select((row, i) => Change(row, i, orders.GetValueOrDefault(row.OrderId), facts, work))], input.Mode);
    }

    /// <summary>Four SQL commands, whatever the number of rows.</summary>
    private static async Task<Facts> FactsAsync(Input input, Dictionary<Guid, Order> orders, Work work, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. orders.Keys], sellers = [.. orders.Values.Select(o => o.SellerId).Distinct()], offers = [.. orders.Values.Select(o => o.OfferId).Distinct()];
        var prices = await work.Context.Set<Offer>().Where(o => offers.Contains(o.Id))
            .Join(work.Context.Set<OfferVersion>(), o => o.ShownVersionId, v => v.Id, (o, v) => new { o.Id, v.Prices }).ToListAsync(cancellationToken);
        return new Facts(
            await work.StaleAsync([.. input.Changes.Where(c => orders.ContainsKey(c.OrderId)).Select(c => (orders[c.OrderId], c.ExpectedVersion))], cancellationToken),
            await work.Context.Set<Organisation>().AsNoTracking().Where(o => sellers.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Selling!, cancellationToken),
            prices.ToDictionary(p => p.Id, p => FeeTaxes.Of(p.Prices)),
            (await work.Context.Set<BilledPeriod>().AsNoTracking().Where(b => ids.Contains(b.OrderId) && b.Part == BilledPart.Year).ToListAsync(cancellationToken)).ToLookup(b => b.OrderId, b => b.Year));
    }

    private static RowResult Change(Row row, int index, Order? order, Facts facts, Work work)
    {
        Refusal[] refusals = [.. Against(row, order, facts, work, field => ["input", "changes", index.ToString(CultureInfo.InvariantCulture), field])];
        if (order is null || refusals.Length > 0) return RowResult.Refused(index + 1, refusals);
        order.ChangeFees(new AgreedFees(row.AnnualFee, row.NextBillingAmount, OneTimeFee: 0, TaxesOf(order, facts)), row.EffectiveYear, row.Reason, work.Now);
        return RowResult.Done(index + 1, order.Id);
    }

    private static IEnumerable<Refusal> Against(Row row, Order? order, Facts facts, Work work, Func<string, string[]> path)
    {
        if (order is null) return [new NotFound(path("orderId"))];
        if (!work.Caller.ActsFor(order.SupplierId)) return [new PermissionDenied(OperationsRefusals.PermissionDenied, path("orderId"), [OrganisationRole.Supplier])];
        if (facts.Stale.TryGetValue(order.Id, out StaleVersion? stale)) return [stale with { Path = path("expectedVersion") }];
        if (!Bound.Contains(order.State)) return [OrderTransitions.NotIn(order, path("orderId"))];
        IEnumerable<Refusal> other = TaxesOf(order, facts).Count == 0 ? [new Invalid(OrderingRefusals.FeeTaxesUnknown, path("orderId"))] : [];
        return
        [
            .. FeeCheck.Sum(row.AnnualFee, path("annualFee")), .. FeeCheck.Sum(row.NextBillingAmount, path("nextBillingAmount")), .. InputCheck.Text(row.Reason, OrderFees.ReasonLength, path("reason")),
            .. AgainstYear(row, facts.Sellers[order.SellerId], facts.Billed[order.Id], work.Today, path("effectiveYear")), .. other,
        ];
    }

    private static IEnumerable<Refusal> AgainstYear(Row row, Selling selling, IEnumerable<int> billed, DateOnly today, string[] path)
    {
        int next = today > selling.FeeChangesUntil(today.Year) ? today.Year + 1 : today.Year, last = today.Year + MostYearsAhead;
        if (row.EffectiveYear < DateOnly.MinValue.Year || row.EffectiveYear > last)
            yield return new Invalid(BillingRefusals.FeeYearOutOfRange, path) { Values = [next.ToString(CultureInfo.InvariantCulture), last.ToString(CultureInfo.InvariantCulture)] };
        else if (row.EffectiveYear < next) yield return new DeadlinePassed(path, selling.FeeChangesUntil(row.EffectiveYear), next);
        else if (billed.Any(year => year >= row.EffectiveYear)) yield return new Invalid(BillingRefusals.YearBilled, path) { Values = [row.EffectiveYear.ToString(CultureInfo.InvariantCulture)] };
    }

    /// <summary>As the offer is taxed today; as the fees were up to now, where it does not say.</summary>
    private static IReadOnlyList<TaxRegime> TaxesOf(Order order, Facts facts) =>
        facts.Taxes[order.OfferId] is { Count: > 0 } taxes ? taxes : order.FeesIn(DateOnly.MaxValue.Year)?.Taxes ?? [];

    private sealed record Facts(
        IReadOnlyDictionary<Guid, StaleVersion> Stale, IReadOnlyDictionary<Guid, Selling> Sellers, IReadOnlyDictionary<Guid, IReadOnlyList<TaxRegime>> Taxes, ILookup<Guid, int> Billed);
}

using Efa.Marketplace.Catalog;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>A place in the sequence of a seller's due orders, which goes by buyer and then by order.</summary>
public readonly record struct BillingPosition(Guid BuyerId, Guid OrderId);

/// <summary>What a run bills of one order.</summary>
/// <param name="Lines">Without those of zero; none where the order costs nothing.</param>
/// <param name="Waiting">Why other parts of the order cannot be billed yet.</param>
public sealed record DueOrder(Order Order, IReadOnlyList<DuePart> Parts, IReadOnlyList<DraftLine> Lines, IReadOnlyList<BlockReason> Waiting)
{
    public Guid OrderId => Order.Id;
}

/// <summary>What a run bills a buyer, or why it cannot.</summary>
/// <param name="Reasons">Of all invoices together; a buyer who has to pay nothing lacks nothing.</param>
public sealed record BuyerBill(Organisation Buyer, IReadOnlyList<DueOrder> Orders, IReadOnlyList<DraftInvoice> Invoices, IReadOnlyList<BlockReason> Reasons)
{
    public bool IsBlocked => Reasons.Count > 0;

    /// <summary>The orders of which something is not billed: all that cost something where the buyer is blocked, else those that wait.</summary>
    public IReadOnlyList<Guid> NotBilled => [.. Orders.Where(o => o.Waiting.Count > 0 || (IsBlocked && o.Lines.Count > 0)).Select(o => o.OrderId)];

    /// <summary>Why they are not billed.</summary>
    public IReadOnlyList<BlockReason> AllReasons => [.. Reasons.Concat(Orders.SelectMany(o => o.Waiting)).Distinct()];
}

/// <summary>Some buyers' bills.</summary>
/// <param name="Last">Where the next page begins; null after the last page.</param>
public sealed record BillingPage(IReadOnlyList<BuyerBill> Bills, int Orders, BillingPosition? Last, bool HasMore);

/// <summary>Plans the bills of a seller's year, page by page; the preview shows and the run issues what it plans.</summary>
public static class BillingPlan
{
    /// <summary>Orders on a page, and so the most orders on an invoice; a buyer with more gets further invoices.</summary>
    public const int PageSize = 200;

    /// <summary>The page after a position: whole buyers, as many as fit, or a part of one who does not. Seven SQL commands, whatever there is.</summary>
    /// <param name="seller">With contacts.</param>
    public static async Task<BillingPage> BillingPageAsync(
        this MarketContext context, Organisation seller, int year, IssueTerms terms, BillingPosition? after, CancellationToken cancellationToken, int pageSize = PageSize)
    {
        CarryOver carryOver = seller.Selling?.CarryOver ?? CarryOver.None;
        DateOnly today = BerlinCalendar.DayOf(terms.At);
        IQueryable<Order> due = context.OrdersDue(seller.Id, year, carryOver, today);
        if (after is { } position) due = due.Where(o => o.BillToId >= position.BuyerId && (o.BillToId > position.BuyerId || o.Id > position.OrderId));
        List<Order> orders = await due.Include(o => o.Fees).Include(o => o.Usage).AsSplitQuery().OrderBy(o => o.BillToId).ThenBy(o => o.Id).Take(pageSize + 1).ToListAsync(cancellationToken);
        bool more = orders.Count > pageSize;
        if (more) orders.RemoveAll(WithoutLast(orders));
        if (orders.Count == 0) return new BillingPage([], 0, null, HasMore: false);

        Guid[] orderIds = [.. orders.Select(o => o.Id)];
        ILookup<Guid, BilledPeriod> billed = (await context.Set<BilledPeriod>().AsNoTracking().Where(b => orderIds.Contains(b.OrderId)).ToListAsync(cancellationToken))
            .ToLookup(b => b.OrderId);
        Guid[] versionIds = [.. orders.Select(o => o.OfferVersionId).Distinct()];
        Dictionary<Guid, string> titles = await context.Set<OfferVersion>().Where(v => versionIds.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Title, cancellationToken);
        Guid[] buyerIds = [.. orders.Select(o => o.BillToId).Distinct()];
        Dictionary<Guid, Organisation> buyers = await context.Set<Organisation>().AsNoTracking().Where(o => buyerIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);
        // From the orders' users on: a page can name more of them than one command has parameters, and asking each organisation takes seconds where there are many.
        Dictionary<Guid, string> users = await context.Set<OrderUser>().Where(u => orderIds.Contains(u.OrderId))
            .Join(context.Set<Organisation>(), u => u.OrganisationId, o => o.Id, (u, o) => new { o.Id, o.Name }).Distinct().ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);

        BuyerBill[] bills = [.. orders.GroupBy(o => o.BillToId).Select(g => Bill(seller, buyers[g.Key], [.. g.Select(Plan)], terms))];
        return new BillingPage(bills, orders.Count, new BillingPosition(orders[^1].BillToId, orders[^1].Id), more);

        DueOrder Plan(Order order)
        {
            BilledPeriod[] before = [.. billed[order.Id]];
            PricingBasis basis = order.KeptPricing();
            OrderBill bill = OrderBill.Of(order, basis, DueParts.Of(order, year, carryOver, today, before), before);
            return new DueOrder(order, bill.Parts, [.. bill.Prices.Select(p => new DraftLine(order, Description(order, basis, p), p, [.. LineAttributes.Of(order, basis, p)]))], bill.Waiting);
        }

        string Description(Order order, PricingBasis basis, PriceLine price)
        {
            string label = AgreedFees.LabelOf(price.ComponentCode) ?? basis.Components.First(c => c.Code == price.ComponentCode).Label;
            string user = basis.Users.Count > 1 && price.UsedById is { } id && users.TryGetValue(id, out string? name) ? $" ({name})" : "";
            return $"{titles[order.OfferVersionId]}: {label}{user}";
        }
    }

    private static BuyerBill Bill(Organisation seller, Organisation buyer, IReadOnlyList<DueOrder> orders, IssueTerms terms)
    {
        DraftInvoice[] invoices = [.. DraftInvoice.Of(buyer.Id, orders.SelectMany(o => o.Lines))];
        BlockReason[] reasons = [.. invoices.SelectMany(i => BlockReason.Against(InvoiceIssue.Make(i, seller, buyer, terms))).Distinct()];
        return new BuyerBill(buyer, orders, invoices, reasons);
    }

    /// <summary>Which orders do not belong to a full page: the buyer who did not fit, or only what is beyond the page where he alone fills it.</summary>
    private static Predicate<Order> WithoutLast(List<Order> orders)
    {
        Order beyond = orders[^1];
        return orders[0].BillToId == beyond.BillToId ? o => o == beyond : o => o.BillToId == beyond.BillToId;
    }
}

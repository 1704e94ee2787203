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

    /// <summary>The page after a position: whole buyers, as many as fit, or a part of one who does not. Eight SQL commands, whatever there is.</summary>
    /// <param name="seller">With contacts.</param>
    /// <param name="hold">Holds the orders of the page, so that neither their fees change nor another run bills them until they are billed; null where they are only looked at.</param>
    public static async Task<BillingPage> BillingPageAsync(
        this MarketContext context, Organisation seller, int year, IssueTerms terms, BillingPosition? after, CancellationToken cancellationToken, int pageSize = PageSize,
        Func<IReadOnlyCollection<Guid>, Task>? hold = null)
    {
        CarryOver carryOver = seller.Selling?.CarryOver ?? CarryOver.None;
        DateOnly today = BerlinCalendar.DayOf(terms.At);
        IQueryable<Order> due = context.OrdersDue(seller.Id, year, carryOver, today);
        List<BillingPosition> page = await (after is { } position ? due.Where(o => o.BillToId >= position.BuyerId && (o.BillToId > position.BuyerId || o.Id > position.OrderId)) : due)
            .OrderBy(o => o.BillToId).ThenBy(o => o.Id).Take(pageSize + 1).Select(o => new BillingPosition(o.BillToId, o.Id)).ToListAsync(cancellationToken);
        bool more = page.Count > pageSize;
        if (more) page.RemoveAll(WithoutLast(page));
        if (page.Count == 0) return new BillingPage([], 0, null, HasMore: false);

        Guid[] orderIds = [.. page.Select(p => p.OrderId)];
        if (hold is not null) await hold(orderIds);
        // Only now, and only what is due still: another run may have billed some while this one waited.
        List<Order> orders = await due.Where(o => orderIds.Contains(o.Id)).Include(o => o.Fees).Include(o => o.Usage).AsSplitQuery()
            .OrderBy(o => o.BillToId).ThenBy(o => o.Id).ToListAsync(cancellationToken);
        ILookup<Guid, BilledPeriod> billed = (await context.Set<BilledPeriod>().AsNoTracking().Where(b => orderIds.Contains(b.OrderId)).ToListAsync(cancellationToken))
            .ToLookup(b => b.OrderId);
        Guid[] versionIds = [.. orders.Select(o => o.OfferVersionId).Distinct()];
        Dictionary<Guid, string> titles = await context.Set<OfferVersion>().Where(v => versionIds.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Title, cancellationToken);
        Guid[] buyerIds = [.. orders.Select(o => o.BillToId).Distinct()];
        Dictionary<Guid, Organisation> buyers = await context.Set<Organisation>().AsNoTracking().Include(o => o.Contacts).Where(o => buyerIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);
        // From the orders' users on: a page can name more of them than one command has parameters, and asking each organisation takes seconds where there are many.
        Dictionary<Guid, string> users = await context.Set<OrderUser>().Where(u => orderIds.Contains(u.OrderId))
            .Join(context.Set<Organisation>(), u => u.OrganisationId, o => o.Id, (u, o) => new { o.Id, o.Name }).Distinct().ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);

        BuyerBill[] bills = [.. orders.GroupBy(o => o.BillToId).Select(g => Bill(seller, buyers[g.Key], [.. g.Select(Plan)], terms))];
        return new BillingPage(bills, orders.Count, page[^1], more);

        DueOrder Plan(Order order)
        {
            BilledPeriod[] before = [.. billed[order.Id]];
            PricingBasis basis = order.KeptPricing();
            OrderBill bill = OrderBill.Of(order, basis, year, DueParts.Of(order, year, carryOver, today, before), before);
            return new DueOrder(order, bill.Parts, [.. bill.Prices.Select(p => new DraftLine(order, p.Part, Description(order, basis, p.Price), p.Price, [.. LineAttributes.Of(order, basis, p.Price)]))], bill.Waiting);
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
    private static Predicate<BillingPosition> WithoutLast(List<BillingPosition> page)
    {
        BillingPosition beyond = page[^1];
        return page[0].BuyerId == beyond.BuyerId ? p => p == beyond : p => p.BuyerId == beyond.BuyerId;
    }
}

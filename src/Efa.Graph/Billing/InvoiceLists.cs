using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Ordering;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Billing;

/// <summary>A page of invoices with sums over the whole list.</summary>
internal sealed record InvoiceList(Page<Invoice> Page, Func<IDataLoaderResult<int>> TotalCount, Func<IDataLoaderResult<InvoiceTotals>> Totals) : Connection<Invoice>(Page, TotalCount);

/// <summary>Reads lists of invoices, and lists in invoices, for the fields that show them.</summary>
internal static class InvoiceLists
{
    public const int LinesSize = 50;

    private const string LineOrder = "invoice lines";
    private const string OrderOrder = "orders of an invoice";

    public static async Task<InvoiceList> AllAsync(IResolveFieldContext context)
    {
        // The field's context is another field's once this one is resolved: what comes later must not ask it.
        RequestContext request = context.Request();
        InvoiceFilter filter = (InvoiceFilter?)context.Given("filter") ?? new InvoiceFilter();
        Connection<Invoice> list = await context.PageAsync(InvoiceVisibility.NewestFirst, market => market.InvoicesVisibleTo(request.Caller).Matching(filter));
        return new InvoiceList(list.Page, list.TotalCount!, () => Totals(request, filter));
    }

    /// <summary>Null for parties of the order that are neither its seller nor billed for it.</summary>
    public static object? OfOrder(IResolveFieldContext context, Order order)
    {
        RequestContext request = context.Request();
        Caller caller = request.Caller;
        if (!caller.SeesEverything && !caller.ActsFor(order.SellerId) && !caller.ActsFor(order.BillToId)) return null;
        var page = new NestedPage(order.Id, context.PageOf(OrderInvoices.NewestFirst.Name));
        return request.Get<InvoicesOfOrderLoader>().Load(page)
            .ThenLoad(found => request.Get<InvoiceLoader>().LoadAll(found!.Items.Select(i => i.InvoiceId))
                .Then(invoices => new InvoiceList(
                    new Page<Invoice>(invoices, found!.Cursors, found.HasNext, found.HasPrevious),
                    () => request.Get<InvoiceOfOrderCounts>().Load(order.Id),
                    () => Totals(request, new InvoiceFilter { OrderIds = [order.Id] }))));
    }

    public static IDataLoaderResult<Connection<ShownInvoiceLine>> LinesOf(IResolveFieldContext context, Invoice invoice)
    {
        RequestContext request = context.Request();
        PageRequest page = context.PageOf(LineOrder, LinesSize);
        return request.Get<InvoiceLineLoader>().Load(new LinesOfInvoice(invoice.Id, ListPages.NumberOf(page.From), page.Size))
            .Then(lines => new Connection<ShownInvoiceLine>(
                ListPages.Numbered([.. (lines ?? []).Select(ShownInvoiceLine.Of)], page, LineOrder, l => l.Position, _ => invoice.Id),
                () => request.Get<InvoiceLineCounts>().Load(invoice.Id)));
    }

    public static Connection<ShownInvoiceLine> LinesOf(IResolveFieldContext context, DraftInvoice draft)
    {
        PageRequest page = context.PageOf(LineOrder, LinesSize);
        IEnumerable<ShownInvoiceLine> rest = draft.Lines.Select((line, i) => ShownInvoiceLine.Of(i + 1, line)).Skip(ListPages.NumberOf(page.From));
        return new Connection<ShownInvoiceLine>(
            ListPages.Numbered([.. rest.Take(page.Size + 1)], page, LineOrder, l => l.Position, _ => draft.BuyerId),
            () => new Known<int>(draft.Lines.Count));
    }

    /// <summary>Lines of a credit note that is not issued; they have the positions of the lines that they credit.</summary>
    public static Connection<ShownInvoiceLine> LinesOfDraft(IResolveFieldContext context, Invoice note)
    {
        PageRequest page = context.PageOf(LineOrder, LinesSize);
        IEnumerable<ShownInvoiceLine> rest = note.Lines.Select(ShownInvoiceLine.Of).Where(l => l.Position > ListPages.NumberOf(page.From));
        return new Connection<ShownInvoiceLine>(
            ListPages.Numbered([.. rest.Take(page.Size + 1)], page, LineOrder, l => l.Position, _ => note.CorrectsId!.Value),
            () => new Known<int>(note.Lines.Count));
    }

    public static IDataLoaderResult<IDataLoaderResult<Connection<Order>>> OrdersOf(IResolveFieldContext context, Invoice invoice) =>
        context.Request().Get<OrdersOfInvoiceLoader>().Load(invoice.Id).ThenLoad(ids => Orders(context, ids ?? []));

    /// <summary>A page of orders whose ids are known, as far as the caller sees them.</summary>
    public static IDataLoaderResult<Connection<Order>> Orders(IResolveFieldContext context, IReadOnlyList<Guid> orderIds)
    {
        Page<Guid> page = ListPages.OfIds(orderIds, context.PageOf(OrderOrder), OrderOrder);
        return context.Request().Get<OrderLoader>().LoadAll(page.Items)
            .Then(orders => new Connection<Order>(new Page<Order>(orders, page.Cursors, page.HasNext, page.HasPrevious), () => new Known<int>(orderIds.Count)));
    }

    public static IDataLoaderResult<InvoiceTotals> Totals(RequestContext request, InvoiceFilter filter) => new Deferred<InvoiceTotals>(async cancellationToken =>
    {
        IDbContextFactory<MarketContext> contexts = request.Services.GetRequiredService<IDbContextFactory<MarketContext>>();
        await using MarketContext market = await contexts.CreateDbContextAsync(cancellationToken);
        return await market.InvoicesVisibleTo(request.Caller).Matching(filter).TotalsAsync(cancellationToken);
    });
}

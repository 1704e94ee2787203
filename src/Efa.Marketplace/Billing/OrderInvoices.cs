using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>An invoice that has lines of an order.</summary>
public sealed class InvoiceOfOrder
{
    public Guid OrderId { get; init; }

    public Guid InvoiceId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Finds the invoices of orders by their lines.</summary>
public static class OrderInvoices
{
    public static readonly PageOrder<InvoiceOfOrder> NewestFirst = PageOrder<InvoiceOfOrder>.Descending("invoices of an order", i => i.CreatedAt, i => i.InvoiceId);

    public static IQueryable<InvoiceOfOrder> InvoicesOfOrders(this MarketContext context, Caller caller, IReadOnlyCollection<Guid> orderIds) =>
        context.Set<InvoiceLine>().Where(l => orderIds.Contains(l.OrderId))
            .Join(context.InvoicesVisibleTo(caller), l => l.InvoiceId, i => i.Id, (l, i) => new InvoiceOfOrder { OrderId = l.OrderId, InvoiceId = i.Id, CreatedAt = i.CreatedAt })
            .Distinct();
}

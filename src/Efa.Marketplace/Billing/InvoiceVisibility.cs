using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>Which invoices are wanted: parts are joined by and, values of a part by or.</summary>
public sealed record InvoiceFilter
{
    public IReadOnlyList<InvoiceKind>? Kinds { get; init; }

    public IReadOnlyList<Guid>? BuyerIds { get; init; }

    public IReadOnlyList<Guid>? SellerIds { get; init; }

    public IReadOnlyList<Guid>? OrderIds { get; init; }

    public IReadOnlyList<Guid>? RunIds { get; init; }

    public DateOnly? IssuedFrom { get; init; }

    /// <summary>Last day.</summary>
    public DateOnly? IssuedTo { get; init; }
}

/// <summary>Sums over invoices.</summary>
public sealed record InvoiceTotals(decimal Net, decimal Tax, decimal Gross)
{
    public static readonly InvoiceTotals Zero = new(0, 0, 0);
}

/// <summary>An invoice is seen by its seller and its buyer. On whichever way it is reached, that takes the scope.</summary>
public static class InvoiceVisibility
{
    public static readonly PageOrder<Invoice> NewestFirst = PageOrder<Invoice>.Descending("invoices", i => i.CreatedAt, i => i.Id);

    public static IQueryable<Invoice> InvoicesVisibleTo(this MarketContext context, Caller caller)
    {
        IQueryable<Invoice> invoices = context.Set<Invoice>().AsNoTracking();
        if (!caller.Has(Scopes.InvoicesRead)) return invoices.Where(_ => false);
        if (caller.SeesEverything) return invoices;
        IReadOnlyList<Guid> own = caller.Organisations;
        return invoices.Where(i => own.Contains(i.SellerId) || own.Contains(i.BuyerId));
    }

    public static IQueryable<Invoice> Matching(this IQueryable<Invoice> invoices, InvoiceFilter filter)
    {
        if (filter.Kinds is { } kinds) invoices = invoices.Where(i => kinds.Contains(i.InvoiceKind));
        if (filter.BuyerIds is { } buyers) invoices = invoices.Where(i => buyers.Contains(i.BuyerId));
        if (filter.SellerIds is { } sellers) invoices = invoices.Where(i => sellers.Contains(i.SellerId));
        if (filter.OrderIds is { } orders) invoices = invoices.Where(i => i.Lines.Any(l => orders.Contains(l.OrderId)));
        if (filter.RunIds is { } runs) invoices = invoices.Where(i => runs.Contains(i.RunId));
        if (filter.IssuedFrom is { } from) invoices = invoices.Where(i => i.IssuedOn >= from);
        if (filter.IssuedTo is { } to) invoices = invoices.Where(i => i.IssuedOn <= to);
        return invoices;
    }

    /// <summary>Sums over all invoices of a query; one SQL command.</summary>
    public static async Task<InvoiceTotals> TotalsAsync(this IQueryable<Invoice> invoices, CancellationToken cancellationToken)
    {
        var sums = await invoices.GroupBy(_ => 1)
            .Select(g => new { Net = g.Sum(i => i.Net), Tax = g.Sum(i => i.Tax), Gross = g.Sum(i => i.Gross) })
            .SingleOrDefaultAsync(cancellationToken);
        return sums is null ? InvoiceTotals.Zero : new InvoiceTotals(sums.Net, sums.Tax, sums.Gross);
    }
}

using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Billing;

/// <summary>Accounts of invoices that were loaded for the caller; without payments.</summary>
internal sealed class InvoiceAccountLoader(IDbContextFactory<MarketContext> contexts) : Loader<Guid, InvoiceAccount>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, InvoiceAccount>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.AccountsOfInvoicesAsync(keys, cancellationToken);
}

internal sealed class InvoicePaymentLoader(IDbContextFactory<MarketContext> contexts) : ListLoader<Guid, Payment>(contexts)
{
    protected override Task<ILookup<Guid, Payment>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        context.PaymentsOfInvoicesAsync(keys, cancellationToken);
}

internal sealed class InvoiceHistoryLoader(IDbContextFactory<MarketContext> contexts) : ListLoader<Guid, InvoiceEvent>(contexts)
{
    protected override Task<ILookup<Guid, InvoiceEvent>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        context.EventsOfInvoicesAsync(keys, cancellationToken);
}

/// <summary>Credit notes and corrections of invoices, as far as the caller sees them.</summary>
internal sealed class CorrectionLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : ListLoader<Guid, Invoice>(contexts)
{
    protected override async Task<ILookup<Guid, Invoice>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.InvoicesVisibleTo(request.Caller).Where(i => keys.Contains(i.CorrectsId!.Value)).OrderBy(i => i.CreatedAt).ThenBy(i => i.Id).ToListAsync(cancellationToken))
            .ToLookup(i => i.CorrectsId!.Value);
}

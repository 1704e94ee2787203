using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>An import is seen by its supplier. On whichever way it is reached, that takes the scope.</summary>
public static class OfferImportVisibility
{
    public static readonly PageOrder<OfferImport> NewestFirst = PageOrder<OfferImport>.Descending("offer imports", i => i.StartedAt, i => i.Id);

    /// <summary>Within one import.</summary>
    public static readonly PageOrder<OfferImportRow> RowsInOrder = PageOrder<OfferImportRow>.Ascending("rows of an import", r => r.Row, r => r.ImportId);

    public static IQueryable<OfferImport> OfferImportsVisibleTo(this MarketContext context, Caller caller)
    {
        IQueryable<OfferImport> imports = context.Set<OfferImport>().AsNoTracking();
        if (!caller.Has(Scopes.OffersWrite)) return imports.Where(_ => false);
        if (caller.SeesEverything) return imports;
        IReadOnlyList<Guid> own = caller.Organisations;
        return imports.Where(i => own.Contains(i.SupplierId));
    }

    /// <summary>The rows of imports that the caller sees.</summary>
    public static IQueryable<OfferImportRow> OfferImportRowsVisibleTo(this MarketContext context, Caller caller, IReadOnlyList<RowOutcome>? outcomes = null)
    {
        IQueryable<OfferImport> imports = context.OfferImportsVisibleTo(caller);
        IQueryable<OfferImportRow> rows = context.Set<OfferImportRow>().AsNoTracking().Where(r => imports.Any(i => i.Id == r.ImportId));
        return outcomes is null ? rows : rows.Where(r => outcomes.Contains(r.Outcome));
    }

    /// <summary>Whether an import is changing the supplier's offers; nobody else makes or replaces drafts of them meanwhile.</summary>
    internal static Task<bool> IsImportAppliedForAsync(this MarketContext context, Guid supplierId, CancellationToken cancellationToken) =>
        context.Set<OfferImport>().AnyAsync(i => i.SupplierId == supplierId && i.State == ImportState.Applying, cancellationToken);

    /// <summary>The import to change, if the caller sees it.</summary>
    internal static Task<OfferImport?> OfferImportToChangeAsync(this Work work, Guid importId, CancellationToken cancellationToken) =>
        work.Context.OfferImportsVisibleTo(work.Caller).AsTracking().SingleOrDefaultAsync(i => i.Id == importId, cancellationToken);
}

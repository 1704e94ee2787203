using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>Rows of a plan that could not be applied, because the catalogue has moved meanwhile.</summary>
internal static class RejectedRows
{
    /// <summary>Changes the report in the context's pending changes.</summary>
    /// <param name="faults">Of each row; none where its offer was changed by somebody else.</param>
    public static async Task RejectAsync(MarketContext context, Guid importId, IReadOnlyDictionary<int, IReadOnlyList<RowRefused>> faults, CancellationToken cancellationToken)
    {
        if (faults.Count == 0) return;
        int[] numbers = [.. faults.Keys];
        foreach (OfferImportRow row in await context.Set<OfferImportRow>().AsTracking().Where(r => r.ImportId == importId && numbers.Contains(r.Row)).ToListAsync(cancellationToken))
        {
            var stale = new Invalid(OperationsRefusals.StaleVersion, []);
            row.Reject(faults[row.Row] is { Count: > 0 } known ? known : [PlannedRow.Told(stale, row.Row, line: null, row.ExternalId, [])]);
        }
    }
}

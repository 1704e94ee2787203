using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Evidence;

/// <summary>Inclusion proofs, those of a page together.</summary>
internal sealed class ProofLoader(IDbContextFactory<MarketContext> contexts) : Loader<ProofQuestion, IReadOnlyList<byte[]>>(contexts)
{
    public static IReadOnlyList<string> Hex(IReadOnlyList<byte[]>? proof) => [.. proof!.Select(Convert.ToHexStringLower)];

    protected override Task<IReadOnlyDictionary<ProofQuestion, IReadOnlyList<byte[]>>> FetchAsync(
        MarketContext context, IReadOnlyList<ProofQuestion> keys, CancellationToken cancellationToken) => context.ProofsAsync(keys, cancellationToken);
}

/// <summary>Receipts of things that were loaded for the caller, with a signed head that covers them.</summary>
internal sealed class ReceiptLoader(IDbContextFactory<MarketContext> contexts, AuditHeads heads) : Loader<Guid, ProvenReceipt>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, ProvenReceipt>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        List<Receipt> receipts = await context.Set<Receipt>().AsNoTracking().Where(r => keys.Contains(r.SubjectId)).ToListAsync(cancellationToken);
        if (receipts.Count == 0) return new Dictionary<Guid, ProvenReceipt>();
        AuditTreeHead? head = await AuditHeads.NewestAsync(context, cancellationToken);
        if (head is null || receipts.Max(r => r.AuditIndex) >= head.Size) head = await heads.SignAsync(context, await context.AuditSizeAsync(cancellationToken), cancellationToken);
        return receipts.ToDictionary(r => r.SubjectId, r => new ProvenReceipt(r, head));
    }
}

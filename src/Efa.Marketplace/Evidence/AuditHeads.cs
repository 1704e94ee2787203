using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Efa.Marketplace.Evidence;

/// <summary>The content of a signed tree head.</summary>
public sealed record SignedHead(string At, string RootHash, long Size);

/// <summary>Signs the head of the audit tree each minute in which it has grown. A head that is there already, from another node, is as good.</summary>
public sealed partial class AuditHeads(
    IDbContextFactory<MarketContext> contexts, StoreDialect dialect, EvidenceKeys keys, TimeProvider clock, ILogger<AuditHeads> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>The newest kept head; null before the first one.</summary>
    public static Task<AuditTreeHead?> NewestAsync(MarketContext context, CancellationToken cancellationToken) =>
        context.Set<AuditTreeHead>().AsNoTracking().OrderByDescending(h => h.Size).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Signs the tree as it was with a number of leaves.</summary>
    public async Task<AuditTreeHead> SignAsync(MarketContext context, long size, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string root = Convert.ToHexStringLower(await context.AuditRootAsync(size, cancellationToken));
        SignedText signed = keys.Sign(EvidenceKeys.TreeHeadType, CanonicalJson.Write(new SignedHead(AuditEntry.InstantOf(now), root, size)));
        return new AuditTreeHead { Size = size, RootHash = root, At = now, Jws = signed.Jws, KeyId = signed.KeyId };
    }

    /// <summary>Keeps a signed head of the tree as it is, where there is none.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        long size = await context.AuditSizeAsync(cancellationToken);
        if (size == 0 || await context.Set<AuditTreeHead>().AnyAsync(h => h.Size == size, cancellationToken)) return;
        AuditTreeHead head = await SignAsync(context, size, cancellationToken);
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        context.Add(head);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (dialect.IsUniqueViolation(failure))
        {
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            do
            {
                try
                {
                    await KeepAsync(stoppingToken);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    LogFailed(failure);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    [LoggerMessage(LogLevel.Warning, "The head of the audit tree could not be signed; trying again in a minute.")]
    private partial void LogFailed(Exception failure);
}

using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Storage.Files;

/// <summary>What became of a file that was sent.</summary>
public enum IntakeResult { Stored, TooLarge, OtherHash }

/// <summary>A file whose pieces are all there.</summary>
/// <param name="ContentId">What its pieces are found by.</param>
public sealed record ReceivedFile(Guid ContentId, string Sha256, long Length);

/// <summary>Takes a file in piece by piece as it arrives, hashed on the way. It is there once all of it is and has the hash that was said; until then nothing is.</summary>
/// <remarks>Each piece is a transaction of its own: a client that sends slowly holds up nobody.</remarks>
public sealed class FileIntake(IDbContextFactory<MarketContext> contexts, StoreDialect dialect, TimeProvider clock)
{
    private const int MostForgotten = 10;
    private const int Attempts = 3;

    private static readonly TimeSpan LongestArrival = TimeSpan.FromDays(1);

    /// <param name="depositors">Organisations that may name the file from now on.</param>
    public async Task<IntakeResult> TakeAsync(
        Stream body, string sha256, string mediaType, long mostBytes, IReadOnlyList<Guid> depositors, CancellationToken cancellationToken)
    {
        bool matches = false;
        IntakeResult result = await TakeAsync(body, mostBytes, async received =>
        {
            matches = received.Sha256 == sha256;
            return matches && await KeepAsync(
                new StoredFile { Sha256 = sha256, ContentId = received.ContentId, MediaType = mediaType, Length = received.Length, StoredAt = clock.GetUtcNow() }, depositors);
        }, cancellationToken);
        return result == IntakeResult.Stored && !matches ? IntakeResult.OtherHash : result;
    }

    /// <param name="keep">Told what has arrived; true where the pieces have an owner from now on.</param>
    public async Task<IntakeResult> TakeAsync(Stream body, long mostBytes, Func<ReceivedFile, Task<bool>> keep, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Guid contentId = Guid.CreateVersion7(now);
        await ChangeAsync(context => BeginAsync(context, contentId, now, cancellationToken), cancellationToken);
        bool kept = false;
        try
        {
            (long length, string hash) = await ReceiveAsync(body, contentId, mostBytes, cancellationToken);
            if (length > mostBytes) return IntakeResult.TooLarge;
            kept = await keep(new ReceivedFile(contentId, hash, length));
            return IntakeResult.Stored;
        }
        finally
        {
            if (!kept) await ChangeAsync(context => ForgetAsync(context, [contentId], CancellationToken.None), CancellationToken.None);
        }
    }

    // What a crash has left behind goes with the next arrivals.
    private static async Task BeginAsync(MarketContext context, Guid contentId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset before = now - LongestArrival;
        Guid[] forgotten = await context.Set<FileArrival>().Where(a => a.BegunAt < before).OrderBy(a => a.BegunAt).Take(MostForgotten).Select(a => a.ContentId).ToArrayAsync(cancellationToken);
        if (forgotten.Length > 0) await ForgetAsync(context, forgotten, cancellationToken);
        context.Add(new FileArrival { ContentId = contentId, BegunAt = now });
    }

    private async Task<(long Length, string Sha256)> ReceiveAsync(Stream body, Guid contentId, long mostBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[StoredFile.ChunkSize];
        long length = 0;
        for (int number = 0; ; number++)
        {
            int count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            length += count;
            if (count == 0 || length > mostBytes) return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
            hash.AppendData(buffer, 0, count);
            var chunk = new FileChunk { ContentId = contentId, Number = number, Bytes = buffer[..count] };
            await ChangeAsync(context => Task.FromResult(context.Add(chunk)), cancellationToken);
        }
    }

    /// <summary>True where these pieces are the file's; false where the same bytes were there already.</summary>
    private async Task<bool> KeepAsync(StoredFile file, IReadOnlyList<Guid> depositors)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                bool isNew = false;
                await ChangeAsync(async context =>
                {
                    isNew = !await context.Set<StoredFile>().AnyAsync(f => f.Sha256 == file.Sha256);
                    if (isNew) context.Add(file);
                    List<Guid> known = await context.Set<FileDeposit>().Where(d => d.Sha256 == file.Sha256 && depositors.Contains(d.OrganisationId)).Select(d => d.OrganisationId).ToListAsync();
                    context.AddRange(depositors.Except(known).Select(id => new FileDeposit { OrganisationId = id, Sha256 = file.Sha256 }));
                    if (isNew) await context.Set<FileArrival>().Where(a => a.ContentId == file.ContentId).ExecuteDeleteAsync();
                }, CancellationToken.None);
                return isNew;
            }
            // Somebody else gave in the same bytes at the same moment.
            catch (DbUpdateException failure) when (attempt < Attempts && dialect.IsUniqueViolation(failure))
            {
            }
        }
    }

    /// <summary>Lets go of the pieces of a file that has no other owner.</summary>
    public Task ForgetAsync(Guid contentId, CancellationToken cancellationToken) =>
        ChangeAsync(context => ForgetAsync(context, [contentId], cancellationToken), cancellationToken);

    private static async Task ForgetAsync(MarketContext context, Guid[] contentIds, CancellationToken cancellationToken)
    {
        await context.Set<FileChunk>().Where(c => contentIds.Contains(c.ContentId)).ExecuteDeleteAsync(cancellationToken);
        await context.Set<FileArrival>().Where(a => contentIds.Contains(a.ContentId)).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task ChangeAsync(Func<MarketContext, Task> change, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        await change(context);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

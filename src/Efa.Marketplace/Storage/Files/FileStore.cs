using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Storage.Files;

/// <summary>Keeps and reads files by the hash of their bytes.</summary>
public static class FileStore
{
    /// <summary>Adds the bytes to the context's pending changes, where they are new, and gives their hash.</summary>
    public static async Task<string> AddFileAsync(this MarketContext context, byte[] bytes, string mediaType, DateTimeOffset at, CancellationToken cancellationToken)
    {
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (await context.FindAsync<StoredFile>([sha256], cancellationToken) is not null) return sha256;
        Guid contentId = Guid.CreateVersion7(at);
        context.Add(new StoredFile { Sha256 = sha256, ContentId = contentId, MediaType = mediaType, Length = bytes.Length, StoredAt = at });
        foreach ((int number, byte[] chunk) in bytes.Chunk(StoredFile.ChunkSize).Index())
            context.Add(new FileChunk { ContentId = contentId, Number = number, Bytes = chunk });
        return sha256;
    }

    public static Task<StoredFile?> FileAsync(this MarketContext context, string sha256, CancellationToken cancellationToken) =>
        context.Set<StoredFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Sha256 == sha256, cancellationToken);

    /// <summary>The pieces in order, one command each, so that no file is ever held whole.</summary>
    public static async IAsyncEnumerable<byte[]> ChunksAsync(this MarketContext context, string sha256, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int number = 0; ; number++)
        {
            byte[]? chunk = await context.Set<StoredFile>().Where(f => f.Sha256 == sha256)
                .Join(context.Set<FileChunk>().Where(c => c.Number == number), f => f.ContentId, c => c.ContentId, (f, c) => c.Bytes).SingleOrDefaultAsync(cancellationToken);
            if (chunk is null) yield break;
            yield return chunk;
        }
    }

    /// <summary>The pieces of a file that is kept by its owner, to be read from beginning to end; the context is the stream's from now on.</summary>
    public static Stream OpenContent(this MarketContext context, Guid contentId) => new ChunkStream(context, contentId);
}

using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Storage.Files;

/// <summary>Reads a file piece by piece, one command each, so that it is never held whole. Disposes its context.</summary>
internal sealed class ChunkStream(MarketContext context, Guid contentId) : Stream
{
    private byte[] chunk = [];
    private int at;
    private int number;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (at == chunk.Length)
        {
            byte[]? next = await context.Set<FileChunk>().AsNoTracking().Where(c => c.ContentId == contentId && c.Number == number).Select(c => c.Bytes).SingleOrDefaultAsync(cancellationToken);
            if (next is null) return 0;
            (chunk, at, number) = (next, 0, number + 1);
        }
        int count = Math.Min(buffer.Length, chunk.Length - at);
        chunk.AsMemory(at, count).CopyTo(buffer);
        at += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Files are read asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) context.Dispose();
        base.Dispose(disposing);
    }
}

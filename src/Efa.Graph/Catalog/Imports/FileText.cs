using System.Buffers;
using System.Text.Unicode;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Operations;

namespace Efa.Graph.Catalog.Imports;

/// <summary>The characters of a file, read a buffer at a time, and where in the file they stand.</summary>
internal sealed class FileText(Stream file)
{
    private const char ByteOrderMark = '\uFEFF';

    private readonly byte[] bytes = new byte[32 * 1024];
    private readonly char[] buffer = new char[32 * 1024];
    private int left;
    private int at;
    private int filled;
    private bool begun;
    private bool broken;

    /// <summary>Counted from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Of the last row that was read whole.</summary>
    public int Row { get; set; }

    /// <summary>Whether there is another character.</summary>
    public ValueTask<bool> MoreAsync(CancellationToken cancellationToken) => at < filled ? new(true) : FillAsync(cancellationToken);

    public char Next()
    {
        char next = buffer[at++];
        if (next == '\n') Line++;
        return next;
    }

    public FileUnreadableException Unreadable(ErrorCode code, int line, params object?[] values) => new(code, Row + 1, line, values);

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        do
        {
            // What comes before the wrong byte has been given out by now, so that the line is its own.
            if (broken) throw Unreadable(ImportRefusals.FileNotUtf8, Line);
            int read = await file.ReadAsync(bytes.AsMemory(left), cancellationToken);
            left += read;
            OperationStatus status = Utf8.ToUtf16(bytes.AsSpan(0, left), buffer, out int used, out filled, replaceInvalidSequences: false, isFinalBlock: read == 0);
            broken = status == OperationStatus.InvalidData;
            bytes.AsSpan(used, left - used).CopyTo(bytes);
            left -= used;
            at = !begun && filled > 0 && buffer[0] == ByteOrderMark ? 1 : 0;
            begun |= filled > 0;
            if (read == 0 && !broken) return at < filled;
        }
        while (at >= filled);
        return true;
    }
}

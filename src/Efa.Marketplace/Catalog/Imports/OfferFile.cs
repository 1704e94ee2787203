using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>A row of a file, as far as it could be read.</summary>
/// <param name="Row">Counted from 1, without the header.</param>
/// <param name="Line">In the file.</param>
/// <param name="ExternalId">Empty where the row does not say one.</param>
/// <param name="Offer">Null where something could not be read.</param>
/// <param name="Faults">What could not be read; paths begin at the row.</param>
public sealed record FileRow(int Row, int Line, string ExternalId, OfferRow? Offer, IReadOnlyList<Invalid> Faults);

/// <summary>Reads the rows of an uploaded file, one by one. The doorway knows what rows look like.</summary>
public abstract class OfferFile
{
    /// <param name="sellerId">Of rows that name none.</param>
    /// <exception cref="FileUnreadableException">The file cannot be read on; nothing is known of the rest.</exception>
    public abstract IAsyncEnumerable<FileRow> ReadAsync(Stream file, ImportFormat format, Guid? sellerId, CancellationToken cancellationToken);
}

/// <summary>A file that cannot be read to its end.</summary>
public sealed class FileUnreadableException(RowRefused reason) : Exception(reason.Code.Name)
{
    public FileUnreadableException(ErrorCode code, int row, int line, params object?[] values)
        : this(new RowRefused(code, [], row, line, "", "") { Values = values })
    {
    }

    public RowRefused Reason { get; } = reason;
}

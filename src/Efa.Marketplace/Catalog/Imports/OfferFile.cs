using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>A row of a file, as far as it could be read.</summary>
/// <param name="Row">Counted from 1, without the header.</param>
/// <param name="Line">In the file.</param>
/// <param name="ExternalId">Empty where the row does not say one.</param>
/// <param name="Offer">Null where something could not be read.</param>
/// <param name="Faults">What could not be read.</param>
public sealed record FileRow(int Row, int Line, string ExternalId, OfferRow? Offer, IReadOnlyList<RowRefused> Faults)
{
    // The report says it, and no database keeps such a character.
    public string ExternalId { get; init; } = ExternalId.Replace("\0", "", StringComparison.Ordinal);

    /// <summary>Where the file says the field of a fault, if that is neither in the row's line nor called as the field.</summary>
    public Func<Invalid, (int Line, string Pointer)>? Place { get; init; }

    /// <summary>A fault as it is told; paths begin at the row.</summary>
    public RowRefused Told(Invalid fault)
    {
        RowRefused told = PlannedRow.Told(fault, Row, Line, ExternalId, []);
        return Place?.Invoke(fault) is (int line, string pointer) ? told with { Path = [], Line = line, Pointer = pointer } : told;
    }

    /// <summary>A row of one line, whose fields are called as in a request.</summary>
    /// <param name="faults">Paths begin at the row.</param>
    public static FileRow Of(int row, int line, string externalId, OfferRow? offer, params IEnumerable<Invalid> faults) =>
        new(row, line, externalId, offer, [.. faults.Select(fault => PlannedRow.Told(fault, row, line, externalId, []))]);
}

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

using System.Globalization;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>What a row comes to, before anything is done.</summary>
/// <param name="Content">What its offer would say; null where the row is rejected.</param>
public sealed record PlannedRow(
    OfferRow Row, StandingOffer? Standing, RowOutcome Outcome, OfferContent? Content, IReadOnlyList<string> ChangedFields, IReadOnlyList<PriceChange> PriceChanges, IReadOnlyList<Invalid> Faults)
{
    /// <summary>As it is told of a row of a request.</summary>
    /// <param name="path">To the rows in the request.</param>
    public OfferRowResult Told(int index, Guid? subject, params string[] path) => new(
        index + 1, subject, [.. Faults.Select(fault => Told(fault, index + 1, line: null, Row.ExternalId, [.. path, index.ToString(CultureInfo.InvariantCulture)]))],
        Row.ExternalId, subject ?? Standing?.Offer.Id, Outcome, ChangedFields, PriceChanges);

    /// <summary>As it is told of a row of a file.</summary>
    public OfferRowResult Told(FileRow row, Guid? offerId) => new(
        row.Row, null, [.. Faults.Select(row.Told)], row.ExternalId, offerId, Outcome, ChangedFields, PriceChanges);

    /// <summary>A row of a file that could not be read.</summary>
    public static OfferRowResult Unread(FileRow row) => new(
        row.Row, null, row.Faults, row.ExternalId, null, RowOutcome.Reject, [], []);

    internal static RowRefused Told(Invalid fault, int row, int? line, string externalId, string[] path) =>
        new(fault.Code, [.. path, .. fault.Path], row, line, externalId, Pointer(fault.Path)) { Values = fault.Values };

    private static string Pointer(IReadOnlyList<string> path) =>
        string.Concat(path.Select(part => "/" + part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
}

using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>What became of a row of a file or, before it is applied, what would.</summary>
public sealed class OfferImportRow
{
    public Guid ImportId { get; init; }

    /// <summary>Counted from 1, without the header.</summary>
    public int Row { get; init; }

    public RowOutcome Outcome { get; private set; }

    public required string ExternalId { get; init; }

    /// <summary>Its offer; of a new one the id that it gets. Null where the row is rejected and there is no such offer.</summary>
    public Guid? OfferId { get; init; }

    /// <summary>Row version of the offer that was there.</summary>
    public int? SeenVersion { get; init; }

    /// <summary>Whether it says something else of an own service that was there.</summary>
    public bool ChangesService { get; init; }

    /// <summary>As it is told.</summary>
    public string ToldJson { get; private set; } = "";

    public OfferRowResult Told => (OfferRowResult)KeptRows.Read(ToldJson)[0];

    public void Reject(IReadOnlyList<RowRefused> reasons)
    {
        Outcome = RowOutcome.Reject;
        ToldJson = KeptRows.Write([Told with { Refusals = reasons, Outcome = Outcome, OfferId = SeenVersion is null ? null : OfferId, ChangedFields = [], PriceChanges = [] }]);
    }

    /// <param name="seenVersion">Row version of the offer that was there.</param>
    public static OfferImportRow Of(Guid importId, OfferRowResult told, int? seenVersion) => new()
    {
        ImportId = importId,
        Row = told.Row,
        Outcome = told.Outcome,
        ExternalId = told.ExternalId.Length > Offer.ExternalIdLength ? told.ExternalId[..Offer.ExternalIdLength] : told.ExternalId,
        OfferId = told.OfferId,
        SeenVersion = seenVersion,
        ChangesService = told.ChangedFields.Contains("service"),
        ToldJson = KeptRows.Write([told]),
    };
}

using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog.Publiccode;

/// <summary>What a <c>publiccode.yml</c> comes to: an offer, or why it is none.</summary>
public sealed record PubliccodeReading(PubliccodeOffer? Offer, IReadOnlyList<RowRefused> Faults);

/// <summary>An offer that a file describes.</summary>
public sealed class PubliccodeOffer
{
    private readonly IReadOnlyDictionary<string, PubliccodePlace> places;

    internal PubliccodeOffer(OfferRow row, IReadOnlyDictionary<string, PubliccodePlace> places) => (Row, this.places) = (row, places);

    public OfferRow Row { get; }

    /// <summary>A fault of the row, told where the file says what is wrong.</summary>
    public RowRefused Told(Invalid fault)
    {
        for (int parts = fault.Path.Count; parts > 0; parts--)
            if (places.TryGetValue(string.Join('/', fault.Path.Take(parts)), out PubliccodePlace? place))
                return new RowRefused(fault.Code, [], 1, place.Line, Row.ExternalId, place.Pointer) { Values = fault.Values };
        return new RowRefused(fault.Code, [], 1, 1, Row.ExternalId, "") { Values = fault.Values };
    }
}

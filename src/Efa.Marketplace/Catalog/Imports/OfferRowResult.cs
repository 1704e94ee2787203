using Efa.Marketplace.Operations;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>What a row does to its offer.</summary>
public enum RowOutcome { Create, Update, Unchanged, Reject }

/// <summary>What is done with the rows of an upload.</summary>
public enum UploadMode
{
    /// <summary>Says what would happen, changes nothing.</summary>
    Validate,

    /// <summary>All rows or none.</summary>
    Atomic,

    /// <summary>Good rows are stored, bad rows reported.</summary>
    Partial,
}

/// <summary>A price of an offer before and after a row, by its code.</summary>
public sealed record PriceChange(string Code, PriceComponent? Before, PriceComponent? After);

/// <summary>What happened to a row or, before it is applied, what would.</summary>
/// <param name="OfferId">Its offer, also where nothing was done with it; null as long as there is none.</param>
/// <param name="ChangedFields">API names.</param>
public sealed record OfferRowResult(
    int Row, Guid? Subject, IReadOnlyList<Refusal> Refusals, string ExternalId, Guid? OfferId, RowOutcome Outcome,
    IReadOnlyList<string> ChangedFields, IReadOnlyList<PriceChange> PriceChanges)
    : RowResult(Row, Subject, Refusals);

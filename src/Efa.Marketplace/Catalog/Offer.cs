using Efa.Marketplace.Events;

namespace Efa.Marketplace.Catalog;

/// <summary>Whether an offer can be ordered. The review of its next version is told by that version.</summary>
public enum OfferState { Unpublished, Published, Suspended, Retired }

/// <summary>How far a version of an offer is.</summary>
public enum OfferVersionState { Draft, Submitted, ChangesRequested, Scheduled, Published, Superseded }

/// <summary>How an offer is ordered.</summary>
public enum OrderingMode { Direct, Coordinated }

/// <summary>How an ordered offer is provisioned.</summary>
public enum ProvisioningMode { Manual, Automatic }

/// <summary>To which day notice can be given.</summary>
public enum NoticeTo { AnyDay, EndOfMonth, EndOfQuarter, EndOfCalendarYear }

/// <summary>A service as one seller sells it. What it says lies in its versions.</summary>
public sealed partial class Offer : Aggregate
{
    public const int SlugLength = 120;
    public const int ExternalIdLength = 128;

    public override string Kind => IdPrefix.Offer;

    public override IEnumerable<Guid> Parties => [SellerId, SupplierId];

    public Guid ServiceId { get; init; }

    public Guid SellerId { get; init; }

    public Guid SupplierId { get; init; }

    /// <summary>The supplier's own key, unique for the supplier.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Never changes.</summary>
    public required string Slug { get; init; }

    public OfferState State { get; set; }

    public Guid? PublishedVersionId { get; set; }

    public Guid? DraftVersionId { get; set; }

    /// <summary>The version that readers see: the published one, before the first publication the draft.</summary>
    public Guid ShownVersionId { get; set; }

    /// <summary>First publication of the shown version; the creation before that. Never null, because lists sort by it.</summary>
    public DateTimeOffset SortAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    // What lists filter and sort by, copied from the shown version and the service so that one index answers.

    /// <summary>Title as sorted.</summary>
    public required string TitleKey { get; set; }

    public ServiceKind ServiceKind { get; set; }

    public string? SubjectArea { get; set; }

    public string? FimType { get; set; }

    public OrderingMode OrderingMode { get; set; }

    public bool EfaFinanced { get; set; }
}

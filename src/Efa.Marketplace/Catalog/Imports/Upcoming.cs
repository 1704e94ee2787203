namespace Efa.Marketplace.Catalog.Imports;

// What an import has stored and nobody sees until it makes all of it current. It goes when that is done, or was given up.

/// <summary>A new offer, or a service that is made with it, and its place in the file.</summary>
public sealed class UpcomingThing
{
    public Guid Id { get; init; }

    public Guid ImportId { get; init; }

    public int Row { get; init; }

    public bool IsService { get; init; }
}

/// <summary>A draft that is to take its place in an offer that was there, and what the offer says then.</summary>
public sealed class UpcomingDraft
{
    public Guid ImportId { get; init; }

    public int Row { get; init; }

    public Guid OfferId { get; init; }

    public Guid VersionId { get; init; }

    /// <summary>The draft whose place it takes, if there was one.</summary>
    public Guid? FormerDraftId { get; init; }

    /// <summary>Row version of the offer as it was seen.</summary>
    public int SeenVersion { get; init; }

    /// <summary>Row version of the offer afterwards.</summary>
    public int Version { get; init; }

    /// <summary>As in <see cref="Offer"/>, as are those that follow.</summary>
    public Guid ShownVersionId { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public required string TitleKey { get; init; }

    public OrderingMode OrderingMode { get; init; }

    public bool EfaFinanced { get; init; }
}

/// <summary>A fact of an offer or service, as the log will tell it.</summary>
public sealed class UpcomingEvent
{
    public Guid ImportId { get; init; }

    public int Row { get; init; }

    /// <summary>Of those of its row.</summary>
    public int Number { get; init; }

    public required string Type { get; init; }

    public required string SubjectKind { get; init; }

    public Guid SubjectId { get; init; }

    public int SubjectVersion { get; init; }

    public required string ChangedFields { get; init; }

    public string? FromState { get; init; }

    public string? ToState { get; init; }

    public Guid PartyId { get; init; }

    /// <summary>Null where there is one party only.</summary>
    public Guid? OtherPartyId { get; init; }
}

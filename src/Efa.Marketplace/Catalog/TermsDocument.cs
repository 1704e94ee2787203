using Efa.Marketplace.Events;

namespace Efa.Marketplace.Catalog;

/// <summary>What a document is.</summary>
public enum DocumentKind { GeneralTerms, ServiceDescription, ServiceLevel, DataProcessingAgreement, PriceSheet, AgreedTerms, FeeChange, Contract, Other }

/// <summary>Text that an order accepts, byte by byte; the bytes are the stored file of that hash.</summary>
public sealed class TermsDocument : Aggregate
{
    public override string Kind => IdPrefix.Terms;

    public override IEnumerable<Guid> Parties => [OwnerId];

    public Guid OwnerId { get; init; }

    public DocumentKind DocumentKind { get; init; }

    public required string Title { get; init; }

    /// <summary>The owner's own, such as 3.1.</summary>
    public required string VersionLabel { get; init; }

    public required string Sha256 { get; init; }

    public DateOnly ValidFrom { get; init; }

    public Guid? SupersededById { get; set; }
}

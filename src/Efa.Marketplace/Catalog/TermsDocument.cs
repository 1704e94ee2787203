using Efa.Marketplace.Events;

namespace Efa.Marketplace.Catalog;

/// <summary>What a document is.</summary>
public enum DocumentKind { GeneralTerms, ServiceDescription, ServiceLevel, DataProcessingAgreement, PriceSheet, AgreedTerms, FeeChange, Contract, Other }

/// <summary>Text that an order accepts, byte by byte; the bytes are the stored file of that hash.</summary>
public sealed class TermsDocument : Aggregate
{
    public const int TitleLength = 200;
    public const int VersionLabelLength = 40;

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

    public static TermsDocument Publish(PublishTerms.Input input, DateTimeOffset now)
    {
        var terms = new TermsDocument
        {
            Id = Guid.CreateVersion7(now),
            OwnerId = input.OwnerId,
            DocumentKind = input.Kind,
            Title = input.Title.Normalize(),
            VersionLabel = input.VersionLabel.Normalize(),
            Sha256 = input.Sha256,
            ValidFrom = input.ValidFrom,
        };
        terms.Record("terms.published", ["title", "versionLabel", "sha256", "validFrom"]);
        return terms;
    }

    /// <summary>Others take its place from their first day on.</summary>
    public void SupersedeBy(TermsDocument terms)
    {
        SupersededById = terms.Id;
        Record("terms.superseded", ["supersededBy"]);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Catalog.Search;

/// <summary>The words by which a version of an offer is found, by where they stand; the database keeps its own index over them.</summary>
public sealed class OfferWords
{
    public Guid VersionId { get; init; }

    public Guid OfferId { get; init; }

    public required string Title { get; set; }

    /// <summary>Name and keys of the service.</summary>
    public required string Service { get; set; }

    public required string Summary { get; set; }

    public required string Description { get; set; }

    /// <param name="stems">Whether stems are kept beside the words, for a database that makes none.</param>
    public static OfferWords Of(OfferVersion version, Service service, bool stems) => new()
    {
        VersionId = version.Id,
        OfferId = version.OfferId,
        Title = SearchWords.Kept(stems, version.Title),
        Service = SearchWords.Kept(stems, [service.Name, .. service.LeikaKeys.Select(k => k.LeikaKey), .. service.OzgIds.Select(k => k.OzgId)]),
        Summary = SearchWords.Kept(stems, version.Summary),
        Description = SearchWords.Kept(stems, version.Description),
    };

    internal void TakeFrom(OfferWords other) => (Title, Service, Summary, Description) = (other.Title, other.Service, other.Summary, other.Description);
}

internal sealed class OfferWordsStorage : IEntityTypeConfiguration<OfferWords>
{
    public void Configure(EntityTypeBuilder<OfferWords> builder)
    {
        builder.ToTable("OfferWords");
        builder.HasKey(w => w.VersionId);
        foreach (string text in new[] { nameof(OfferWords.Title), nameof(OfferWords.Service), nameof(OfferWords.Summary), nameof(OfferWords.Description) })
            builder.Property(text).HasMaxLength(-1);
        builder.HasOne<OfferVersion>().WithOne().HasForeignKey<OfferWords>(w => w.VersionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(w => w.OfferId);
    }
}

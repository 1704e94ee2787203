using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Storage.Files;

/// <summary>Bytes that are found by their hash; the same bytes are kept once.</summary>
public sealed class StoredFile
{
    public const int ChunkSize = 256 * 1024;
    public const int MediaTypeLength = 100;

    /// <summary>Lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What its pieces are found by: they are there before the hash is known.</summary>
    public Guid ContentId { get; init; }

    public required string MediaType { get; init; }

    public long Length { get; init; }

    public DateTimeOffset StoredAt { get; init; }
}

/// <summary>A piece of a file, at most <see cref="StoredFile.ChunkSize"/> bytes.</summary>
public sealed class FileChunk
{
    public Guid ContentId { get; init; }

    public int Number { get; init; }

    public required byte[] Bytes { get; init; }
}

/// <summary>An organisation that has given a file in, and so may name it by its hash.</summary>
public sealed class FileDeposit
{
    public Guid OrganisationId { get; init; }

    public required string Sha256 { get; init; }
}

/// <summary>A file whose pieces are still arriving, so that those of one that never ends can be taken away.</summary>
public sealed class FileArrival
{
    public Guid ContentId { get; init; }

    public DateTimeOffset BegunAt { get; init; }
}

internal sealed class FileStorage : IEntityTypeConfiguration<StoredFile>, IEntityTypeConfiguration<FileChunk>, IEntityTypeConfiguration<FileDeposit>, IEntityTypeConfiguration<FileArrival>
{
    public void Configure(EntityTypeBuilder<StoredFile> builder)
    {
        builder.ToTable("Files");
        builder.HasKey(f => f.Sha256);
        builder.Property(f => f.Sha256).HasMaxLength(64);
        builder.Property(f => f.MediaType).HasMaxLength(StoredFile.MediaTypeLength);
        builder.HasIndex(f => f.ContentId).IsUnique();
    }

    public void Configure(EntityTypeBuilder<FileChunk> builder)
    {
        builder.ToTable("FileChunks");
        builder.HasKey(c => new { c.ContentId, c.Number });
    }

    public void Configure(EntityTypeBuilder<FileDeposit> builder)
    {
        builder.ToTable("FileDeposits");
        builder.HasKey(d => new { d.OrganisationId, d.Sha256 });
        builder.Property(d => d.Sha256).HasMaxLength(64);
        builder.HasOne<StoredFile>().WithMany().HasForeignKey(d => d.Sha256).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<FileArrival> builder)
    {
        builder.ToTable("FileArrivals");
        builder.HasKey(a => a.ContentId);
        builder.HasIndex(a => a.BegunAt);
    }
}

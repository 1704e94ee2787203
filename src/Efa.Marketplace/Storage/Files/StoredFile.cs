using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Storage.Files;

/// <summary>Bytes that are found by their hash; the same bytes are kept once.</summary>
public sealed class StoredFile
{
    public const int ChunkSize = 256 * 1024;

    /// <summary>Lower-case hex.</summary>
    public required string Sha256 { get; init; }

    public required string MediaType { get; init; }

    public long Length { get; init; }

    public DateTimeOffset StoredAt { get; init; }
}

/// <summary>A piece of a stored file, at most <see cref="StoredFile.ChunkSize"/> bytes.</summary>
public sealed class FileChunk
{
    public required string Sha256 { get; init; }

    public int Number { get; init; }

    public required byte[] Bytes { get; init; }
}

internal sealed class FileStorage : IEntityTypeConfiguration<StoredFile>, IEntityTypeConfiguration<FileChunk>
{
    public void Configure(EntityTypeBuilder<StoredFile> builder)
    {
        builder.ToTable("Files");
        builder.HasKey(f => f.Sha256);
        builder.Property(f => f.Sha256).HasMaxLength(64);
        builder.Property(f => f.MediaType).HasMaxLength(100);
    }

    public void Configure(EntityTypeBuilder<FileChunk> builder)
    {
        builder.ToTable("FileChunks");
        builder.HasKey(c => new { c.Sha256, c.Number });
        builder.Property(c => c.Sha256).HasMaxLength(64);
        builder.HasOne<StoredFile>().WithMany().HasForeignKey(c => c.Sha256).OnDelete(DeleteBehavior.Cascade);
    }
}

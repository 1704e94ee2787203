using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Evidence.Keys;

/// <summary>A key pair of the server, its private part sealed with the <see cref="MasterKey"/>.</summary>
public sealed class StoredKey
{
    /// <summary>What is signed with it, such as <c>tokens</c>.</summary>
    public required string Use { get; init; }

    /// <summary>Counts the keys of a use; the highest is the newest.</summary>
    public int Number { get; init; }

    /// <summary>DER SubjectPublicKeyInfo.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>PKCS#8, sealed.</summary>
    public required byte[] SealedPrivateKey { get; init; }

    public DateTimeOffset MadeAt { get; init; }
}

internal sealed class KeyStorage : IEntityTypeConfiguration<StoredKey>
{
    public void Configure(EntityTypeBuilder<StoredKey> builder)
    {
        builder.ToTable("Keys");
        builder.HasKey(k => new { k.Use, k.Number });
        builder.Property(k => k.Use).HasMaxLength(40);
        builder.Property(k => k.PublicKey).HasMaxLength(500);
        builder.Property(k => k.SealedPrivateKey).HasMaxLength(1000);
    }
}

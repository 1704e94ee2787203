using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Operations;

/// <summary>A call that was done, kept by the caller's idempotency key, so that its repetition is answered and not done again.</summary>
public sealed class Call
{
    public required string CallerId { get; init; }

    public required string Key { get; init; }

    /// <summary>Name of the mutation.</summary>
    public required string Operation { get; init; }

    /// <summary>SHA-256 of the input as canonical JSON.</summary>
    public required string InputHash { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The thing the call made or changed; null for a batch, and while the call's transaction is open.</summary>
    public Guid? SubjectId { get; set; }

    /// <summary>What became of the rows of a batch.</summary>
    public string? RowsJson { get; set; }
}

internal sealed class CallStorage : IEntityTypeConfiguration<Call>
{
    public void Configure(EntityTypeBuilder<Call> builder)
    {
        builder.ToTable("Calls");
        builder.HasKey(c => new { c.CallerId, c.Key });
        builder.Property(c => c.CallerId).HasMaxLength(200);
        builder.Property(c => c.Key).HasMaxLength(128);
        builder.Property(c => c.Operation).HasMaxLength(60);
        builder.Property(c => c.InputHash).HasMaxLength(64);
        builder.Property(c => c.RowsJson).HasMaxLength(-1);
        builder.HasIndex(c => c.At);
    }
}

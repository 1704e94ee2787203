using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Operations.Jobs;

/// <summary>How far a job is.</summary>
public enum JobState { Waiting, Done, Failed }

/// <summary>Work that goes on after the answer, kept in the store so that a crash only delays it.</summary>
/// <remarks>A node holds it by a lease; each taking raises the fence. Steps are operations with keys of their own, so a lost lease can only waste work.</remarks>
public sealed class Job
{
    public Guid Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>Unique for the kind: the same work is not enqueued twice.</summary>
    public required string Key { get; init; }

    /// <summary>The thing the job is about.</summary>
    public Guid SubjectId { get; init; }

    public JobState State { get; set; }

    public int Attempts { get; set; }

    public long Fence { get; set; }

    /// <summary>Until then it belongs to whoever took it, or waits after a failure.</summary>
    public DateTimeOffset NotBefore { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The last failure, for operators.</summary>
    public string? Failure { get; set; }

    /// <summary>Work to be done, at once unless told.</summary>
    /// <param name="key">The subject's id where nothing is said.</param>
    public static Job Of(string kind, Guid subjectId, DateTimeOffset now, DateTimeOffset? notBefore = null, string? key = null) => new()
    {
        Id = Guid.CreateVersion7(now),
        Kind = kind,
        Key = key ?? subjectId.ToString("N"),
        SubjectId = subjectId,
        NotBefore = notBefore ?? now,
        CreatedAt = now,
    };

    /// <summary>Is to be done again; whoever holds it at the moment lets go of it.</summary>
    public void Again(DateTimeOffset notBefore)
    {
        State = JobState.Waiting;
        NotBefore = notBefore;
        FinishedAt = null;
        Attempts = 0;
        Fence++;
    }

    /// <summary>There is nothing left of it to do; whoever holds it at the moment lets go of it.</summary>
    public void End(DateTimeOffset now)
    {
        State = JobState.Done;
        NotBefore = now;
        FinishedAt = now;
        Fence++;
    }
}

internal sealed class JobStorage : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("Jobs");
        builder.HasKey(j => j.Id);
        builder.Property(j => j.Kind).HasMaxLength(40);
        builder.Property(j => j.Key).HasMaxLength(200);
        builder.Property(j => j.Failure).HasMaxLength(2000);
        builder.Property(j => j.Fence).IsConcurrencyToken();
        builder.HasIndex(j => new { j.Kind, j.Key }).IsUnique();
        builder.HasIndex(j => new { j.State, j.NotBefore });
    }
}

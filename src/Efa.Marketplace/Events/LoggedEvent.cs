using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Events;

/// <summary>An entry of the event log. Positions have no gap, and their order is the order of the commits.</summary>
public sealed class LoggedEvent
{
    public long Position { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Type { get; init; }

    public required string SubjectKind { get; init; }

    public Guid SubjectId { get; init; }

    /// <summary>The subject's row version after the event.</summary>
    public int SubjectVersion { get; init; }

    /// <summary>Names of API fields, separated by commas.</summary>
    public required string ChangedFields { get; init; }

    public string? FromState { get; init; }

    public string? ToState { get; init; }

    /// <summary>The caller's id, never a person's name.</summary>
    public required string Actor { get; init; }
}

/// <summary>Free text given with an event, kept apart so that it can be erased without touching the log.</summary>
public sealed class EventNote
{
    public long Position { get; init; }

    public required string Text { get; set; }
}

/// <summary>Says which organisations may see an event; the index by which the log is read for a party.</summary>
public sealed class EventParty
{
    public Guid OrganisationId { get; init; }

    public required string SubjectKind { get; init; }

    public long Position { get; init; }
}

/// <summary>The single row that every commit passes last: it gives out log positions and places in the audit tree.</summary>
public sealed class LogHead
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    public long Position { get; set; }

    /// <summary>Drawn when the store is made or restored, so that cursors of another life of the log are told apart.</summary>
    public int Epoch { get; set; }

    /// <summary>Leaves of the audit tree.</summary>
    public long TreeSize { get; set; }

    /// <summary>Roots of the full subtrees that the audit tree's size falls into, largest first: by them it grows without reading the log.</summary>
    public byte[] Peaks { get; set; } = [];
}

/// <summary>The last number given out in a series, for example of a seller's orders in a year.</summary>
public sealed class Counter
{
    public required string Key { get; init; }

    public long Value { get; set; }
}

internal sealed class EventStorage : IEntityTypeConfiguration<LoggedEvent>, IEntityTypeConfiguration<EventNote>,
    IEntityTypeConfiguration<EventParty>, IEntityTypeConfiguration<LogHead>, IEntityTypeConfiguration<Counter>
{
    public void Configure(EntityTypeBuilder<LoggedEvent> builder)
    {
        builder.ToTable("Events");
        builder.IsAppendOnly();
        builder.HasKey(e => e.Position);
        builder.Property(e => e.Type).HasMaxLength(60);
        builder.Property(e => e.SubjectKind).HasMaxLength(12);
        builder.Property(e => e.ChangedFields).HasMaxLength(2000);
        builder.Property(e => e.FromState).HasMaxLength(40);
        builder.Property(e => e.ToState).HasMaxLength(40);
        builder.Property(e => e.Actor).HasMaxLength(200);
        builder.HasIndex(e => new { e.SubjectId, e.Position });
        builder.HasIndex(e => new { e.SubjectKind, e.Position });
    }

    public void Configure(EntityTypeBuilder<EventNote> builder)
    {
        builder.ToTable("EventNotes");
        builder.HasKey(e => e.Position);
        builder.Property(e => e.Text).HasMaxLength(2000);
    }

    public void Configure(EntityTypeBuilder<EventParty> builder)
    {
        builder.ToTable("EventParties");
        builder.IsAppendOnly();
        builder.HasKey(e => new { e.OrganisationId, e.SubjectKind, e.Position });
        builder.Property(e => e.SubjectKind).HasMaxLength(12);
        builder.HasIndex(e => e.Position);
    }

    public void Configure(EntityTypeBuilder<LogHead> builder)
    {
        builder.ToTable("LogHead");
        builder.HasKey(h => h.Id);
        builder.Property(h => h.Peaks).HasMaxLength(63 * 32);
    }

    public void Configure(EntityTypeBuilder<Counter> builder)
    {
        builder.ToTable("Counters");
        builder.HasKey(c => c.Key);
        builder.Property(c => c.Key).HasMaxLength(100);
    }
}

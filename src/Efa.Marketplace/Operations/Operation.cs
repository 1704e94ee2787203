using Efa.Marketplace.Evidence.Keys;

namespace Efa.Marketplace.Operations;

/// <summary>Something a caller can have done: a mutation's rules, in the order check, run.</summary>
/// <remarks>One class for each mutation, named like it. It decides and returns; locking, numbering and committing are the runner's.</remarks>
public abstract class Operation<TInput>
    where TInput : notnull
{
    /// <summary>Name of the mutation.</summary>
    public abstract string Name { get; }

    /// <summary>The OAuth 2 scope that the caller needs.</summary>
    public abstract string Scope { get; }

    /// <summary>Everything that can be said of the input without the store.</summary>
    public virtual IEnumerable<Refusal> Check(TInput input) => [];

    /// <summary>What a repeated call is known by, kept as a hash; an input with a secret gives the secret's print in its place.</summary>
    public virtual object Identity(TInput input, Secrets secrets) => input;

    /// <summary>Loads, decides and changes aggregates of <see cref="Work.Context"/>. It may run again after a conflict, on a fresh context.</summary>
    public abstract Task<Outcome> RunAsync(TInput input, Work work, CancellationToken cancellationToken);
}

/// <summary>What an operation decided: done, with the thing it made or changed or the rows of a batch, or refused.</summary>
public sealed record Outcome
{
    private Outcome(Guid? subject, IReadOnlyList<Refusal> refusals, IReadOnlyList<RowResult>? rows = null) => (Subject, Refusals, Rows) = (subject, refusals, rows);

    public Guid? Subject { get; }

    public IReadOnlyList<Refusal> Refusals { get; }

    /// <summary>Of a batch; kept, so that a repeated call is told the same.</summary>
    public IReadOnlyList<RowResult>? Rows { get; }

    /// <summary>What is told once and never kept, such as a secret; a repeated call does not get it.</summary>
    public string? Secret { get; init; }

    public bool IsDone => Refusals.Count == 0 && (Rows is null || Rows.Any(r => r.Subject is not null));

    public static Outcome Done(Guid subject) => new(subject, []);

    /// <summary>A batch. Where its mode is all or none, one refused row leaves none done.</summary>
    public static Outcome Batch(IReadOnlyList<RowResult> rows, BatchMode mode) =>
        new(null, [], mode == BatchMode.Atomic && rows.Any(r => r.Refusals.Count > 0) ? [.. rows.Select(r => r with { Subject = null })] : rows);

    public static Outcome Refused(params IReadOnlyList<Refusal> refusals) => new(null, refusals);

    public static implicit operator Outcome(Refusal refusal) => Refused(refusal);
}

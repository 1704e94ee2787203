using Efa.Marketplace.Events;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Operations.Outgoing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Efa.Marketplace.Operations;

/// <summary>What became of an operation: the thing it made or changed, or why it was refused.</summary>
/// <param name="Rows">Of a batch.</param>
/// <param name="Secret">Told once; null where the call was done before.</param>
public sealed record OperationResult(Guid? Subject, IReadOnlyList<Refusal> Refusals, IReadOnlyList<RowResult>? Rows = null, string? Secret = null);

/// <summary>The one way in which anything is changed: permission, check, idempotency, transaction, run, commit tail.</summary>
public sealed class OperationRunner(
    IDbContextFactory<MarketContext> contexts, StoreDialect dialect, EvidenceKeys keys, Secrets secrets, OutgoingRules outgoing, TimeProvider clock, LogHint hint)
{
    private const int Attempts = 4;

    // The server's own steps have nobody behind them who would ask again, and may meet many callers.
    private const int SystemAttempts = 20;

    public async Task<OperationResult> RunAsync<TInput>(Operation<TInput> operation, TInput input, Caller caller, string idempotencyKey, CancellationToken cancellationToken)
        where TInput : notnull
    {
        OperationResult result = await DecideAsync(operation, input, caller, idempotencyKey, cancellationToken);
        MarketMeter.Count(operation.Name, result);
        return result;
    }

    private async Task<OperationResult> DecideAsync<TInput>(Operation<TInput> operation, TInput input, Caller caller, string idempotencyKey, CancellationToken cancellationToken)
        where TInput : notnull
    {
        if (!caller.Has(operation.Scope))
            return new(null, [new PermissionDenied(OperationsRefusals.ScopeMissing, [], [], operation.Scope) { Values = [operation.Scope] }]);

        Refusal[] problems = [.. InputCheck.IdempotencyKey(idempotencyKey), .. operation.Check(input)];
        if (problems.Length > 0) return new(null, problems);

        string inputHash = CanonicalJson.Hash(operation.Identity(input, secrets));
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await AttemptAsync(operation, input, inputHash, caller, idempotencyKey, cancellationToken);
            }
            // Decided anew, the operation succeeds or is refused with a reason.
            catch (Exception failure) when (attempt < (caller.IsSystem ? SystemAttempts : Attempts) && dialect.IsConflict(failure))
            {
            }
        }
    }

    private async Task<OperationResult> AttemptAsync<TInput>(
        Operation<TInput> operation, TInput input, string inputHash, Caller caller, string key, CancellationToken cancellationToken)
        where TInput : notnull
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        // What fails is decided anew as a whole: a savepoint would be two more round trips under the head of the log.
        context.Database.AutoSavepointsEnabled = false;
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);

        var work = new Work(context, caller, clock.GetUtcNow()) { Dialect = dialect, Secrets = secrets, Outgoing = outgoing };
        var identity = new CallIdentity(caller.Id, key, operation.Name, inputHash, work.Now);
        if (!await dialect.InsertCallAsync(context, identity, cancellationToken))
            return await AnswerAgainAsync(context, identity, cancellationToken);

        Outcome outcome = await operation.RunAsync(input, work, cancellationToken);
        if (outcome.IsDone) await CommitAsync(work, identity, outcome, transaction, cancellationToken);
        return new(outcome.Subject, outcome.Refusals, outcome.Rows, outcome.Secret);
    }

    /// <summary>A repetition is answered with the same subject or rows, as they are today; another call under the same key is refused.</summary>
    private static async Task<OperationResult> AnswerAgainAsync(MarketContext context, CallIdentity identity, CancellationToken cancellationToken)
    {
        Call first = await context.Set<Call>().AsNoTracking().SingleAsync(c => c.CallerId == identity.CallerId && c.Key == identity.Key, cancellationToken);
        return first.Operation == identity.Operation && first.InputHash == identity.InputHash
            ? new(first.SubjectId, [], first.RowsJson is { } rows ? KeptRows.Read(rows) : null)
            : new(null, [new IdempotencyConflict(first.At)]);
    }

    // Nothing slow from here on: the log head is one row for all, and is held until the commit.
    private async Task CommitAsync(Work work, CallIdentity identity, Outcome outcome, StoreTransaction transaction, CancellationToken cancellationToken)
    {
        MarketContext context = work.Context;
        EntityEntry<Aggregate>[] changed = [.. context.ChangeTracker.Entries<Aggregate>().Where(e => e.Entity.Facts.Count > 0)];
        int own = changed.Sum(e => e.Entity.Facts.Count);
        int facts = own + (work.StoredEvents?.Count ?? 0);
        Dictionary<string, int> series = work.Numbers.GroupBy(n => n.Series).ToDictionary(g => g.Key, g => g.Count());

        TakenNumbers taken = await dialect.TakeAsync(context, series, facts, changed.Length, work.Relied, cancellationToken);
        foreach (IGrouping<string, (string Series, Action<long> Assign)> wanted in work.Numbers.GroupBy(n => n.Series))
            foreach ((int i, (_, Action<long> assign)) in wanted.Index())
                assign(taken.LastOfSeries[wanted.Key] - series[wanted.Key] + 1 + i);

        if (taken.Head is { } head)
        {
            long position = head.LastPosition - facts + 1;
            WriteLogs(work, identity.Operation, changed, head, position);
            if (work.StoredEvents is var (_, write)) await write(position + own);
        }
        var call = new Call { CallerId = identity.CallerId, Key = identity.Key, Operation = identity.Operation, InputHash = identity.InputHash, At = identity.At };
        context.Attach(call);
        call.SubjectId = outcome.Subject;
        call.RowsJson = outcome.Rows is { } rows ? KeptRows.Write(rows) : null;
        // Once begun the commit is finished, also for a caller who has gone away.
        await context.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        if (facts > 0) hint.Moved();
    }

    private void WriteLogs(Work work, string operation, EntityEntry<Aggregate>[] changed, TakenHead head, long position)
    {
        Caller caller = work.Caller;
        var things = new List<ChangedThing>();
        long last = position - 1;
        foreach (EntityEntry<Aggregate> entry in changed) things.Add(new ChangedThing(entry, entry.Entity.Kind, entry.Entity.Id, last += entry.Entity.Facts.Count));
        EventLog.Write(work.Context, changed.Select(e => e.Entity), position, work.Now, caller.Id);
        (Guid? organisation, OrganisationRole? role) = work.ActingAs ?? (caller.Organisations is [var only] ? only : null, null);
        var action = new AuditedAction(operation, caller.Id, caller.ApiClientId is null ? null : caller.Id, organisation, role is { } known ? ApiName.Of(known) : null, work.Now);
        AuditLog.Write(work.Context, keys, action, things, head, work.Receipts);
    }
}

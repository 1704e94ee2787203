using System.Globalization;
using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering.Brokers;

/// <summary>Asks the supplier's broker for what an order wants of it, one request at a time. What came of it is kept before the next one.</summary>
/// <remarks>The broker is asked outside of transactions. Killed in between, it asks again under the same instance id, which the broker answers with what is there.</remarks>
public sealed class ProvisioningJob(
    OperationRunner runner, IDbContextFactory<MarketContext> contexts, BrokerClient client, BrokerOptions options, Secrets secrets, TimeProvider clock) : JobHandler
{
    public const string JobKind = "provisioning";

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    // Until people do something, which wakes the job; one that had ended would be pruned.
    private static readonly DateTimeOffset Woken = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override string Kind => JobKind;

    // A broker that hangs must not keep others waiting.
    public override string Lane => "brokers";

    public override int LaneWidth => 4;

    // Failures of the broker are counted with the provisioning; these are the store's, which comes back.
    public override int MostAttempts => int.MaxValue;

    public override TimeSpan DelayAfter(int attempt) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), LongestDelay.TotalSeconds));

    /// <summary>The job of an order, at the provisioning's time.</summary>
    internal static async Task ScheduleAsync(Work work, Provisioning provisioning, CancellationToken cancellationToken)
    {
        if (provisioning.Step == BrokerStep.None) return;
        DateTimeOffset at = provisioning.NextAttemptAt ?? Woken;
        string key = provisioning.OrderId.ToString("N", CultureInfo.InvariantCulture);
        Job? job = await work.Context.Set<Job>().SingleOrDefaultAsync(j => j.Kind == JobKind && j.Key == key, cancellationToken);
        if (job is null) work.Context.Add(new Job { Id = Guid.CreateVersion7(work.Now), Kind = JobKind, Key = key, SubjectId = provisioning.OrderId, NotBefore = at, CreatedAt = work.Now });
        else job.Again(at);
    }

    public override async Task RunAsync(Guid subjectId, CancellationToken cancellationToken)
    {
        while (await ReadAsync(subjectId, cancellationToken) is { } waiting)
        {
            BrokerAnswer? answer = WithoutAsking(waiting, clock.GetUtcNow());
            if (answer is null && waiting.MustBegin) answer = new BrokerAnswer(BrokerAnswerKind.Begun, BrokerRefusals.Asked.Name);
            answer ??= await client.AskAsync(waiting.Broker!.Access(secrets), waiting.Provisioning, waiting.Order, clock.GetUtcNow(), cancellationToken);
            if (!await AdvanceAsync(waiting.Provisioning, answer with { BrokerSetAt = waiting.Broker?.SetAt }, cancellationToken) || answer.Kind != BrokerAnswerKind.Begun) return;
        }
    }

    /// <summary>Why the broker is not asked now; null where it is.</summary>
    private static BrokerAnswer? WithoutAsking(Waiting waiting, DateTimeOffset now)
    {
        (Provisioning provisioning, Order order, ServiceBroker? broker) = waiting;
        if (provisioning.NotBefore > now) return new BrokerAnswer(BrokerAnswerKind.PutOff) { NotBefore = provisioning.NotBefore };
        if (provisioning.Step == BrokerStep.Provision && order.State is not (OrderState.Accepted or OrderState.Provisioning)) return new BrokerAnswer(BrokerAnswerKind.NotWanted);
        if (broker is null) return BrokerAnswer.Of(BrokerAnswerKind.Missing, BrokerRefusals.Missing);
        if (broker.RestsUntil > now) return new BrokerAnswer(BrokerAnswerKind.PutOff) { NotBefore = broker.RestsUntil };
        return provisioning.NextAttemptAt > now && !provisioning.IsNewTo(broker) ? new BrokerAnswer(BrokerAnswerKind.PutOff) { NotBefore = provisioning.NextAttemptAt } : null;
    }

    private async Task<bool> AdvanceAsync(Provisioning provisioning, BrokerAnswer answer, CancellationToken cancellationToken)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"{provisioning.OrderId:N}/broker/{provisioning.Revision}");
        var input = new AdvanceProvisioning.Input(provisioning.OrderId, provisioning.Revision, answer);
        // Refused where another node has taken down another answer under this key.
        return (await runner.RunAsync(new AdvanceProvisioning(options), input, Caller.System, key, cancellationToken)).Refusals.Count == 0;
    }

    /// <summary>Null where nothing is left to do, or nothing before people do something.</summary>
    private async Task<Waiting?> ReadAsync(Guid orderId, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        Provisioning provisioning = await context.Set<Provisioning>().AsNoTracking().SingleAsync(p => p.OrderId == orderId, cancellationToken);
        if (provisioning.Step == BrokerStep.None) return null;
        ServiceBroker? broker = await context.Set<ServiceBroker>().AsNoTracking().SingleOrDefaultAsync(b => b.SupplierId == provisioning.SupplierId, cancellationToken);
        if (provisioning.NextAttemptAt is null && !provisioning.IsNewTo(broker)) return null;
        return new Waiting(provisioning, await context.OrdersVisibleTo(Caller.System).SingleAsync(o => o.Id == orderId, cancellationToken), broker);
    }

    private sealed record Waiting(Provisioning Provisioning, Order Order, ServiceBroker? Broker)
    {
        /// <summary>Whether the order is to be told first that it is being provisioned.</summary>
        public bool MustBegin => Provisioning.Step == BrokerStep.Provision && Provisioning.State != ProvisioningState.InProgress;
    }
}

using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>Ends all orders that have waited too long, in steps that are operations of their own.</summary>
public sealed class ExpireOrdersJob(OperationRunner runner, IDbContextFactory<MarketContext> contexts, OrderingOptions options, TimeProvider clock) : JobHandler
{
    public const string JobKind = "expire-orders";

    public override string Kind => JobKind;

    public override async Task RunAsync(Guid subjectId, CancellationToken cancellationToken)
    {
        DateTimeOffset before = clock.GetUtcNow().AddDays(-options.ExpireAfterDays);
        while (await LongestWaitingAsync(before, cancellationToken) is { } order)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"{order.Id:N}/{order.Version}");
            OperationResult step = await runner.RunAsync(new ExpireOrders(), new ExpireOrders.Input(order.Id, before), Caller.System, key, cancellationToken);
            if (step.Refusals is [var refusal, ..]) throw new InvalidOperationException($"Orders cannot expire: {refusal.Code}.");
        }
    }

    private async Task<Order?> LongestWaitingAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.OrdersVisibleTo(Caller.System).WaitingSinceBefore(before).FirstOrDefaultAsync(cancellationToken);
    }
}

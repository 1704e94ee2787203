using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Efa.Marketplace.Billing;

/// <summary>Takes a billing run through its steps, each an operation of its own.</summary>
public sealed partial class BillingRunJob(OperationRunner runner, IDbContextFactory<MarketContext> contexts, ILogger<BillingRunJob> logger) : JobHandler
{
    public const string JobKind = "billing-run";

    public override string Kind => JobKind;

    public override async Task RunAsync(Guid subjectId, CancellationToken cancellationToken)
    {
        while (await RunningVersionAsync(subjectId, cancellationToken) is { } version)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"{subjectId:N}/{version}");
            OperationResult step = await runner.RunAsync(new AdvanceBillingRun(), new AdvanceBillingRun.Input(subjectId, version), Caller.System, key, cancellationToken);
            if (step.Refusals is [var refusal, ..]) throw new InvalidOperationException($"Billing run {subjectId} cannot go on: {refusal.Code}.");
        }
        await SayAsync(subjectId, cancellationToken);
    }

    public override Task GiveUpAsync(Guid subjectId, CancellationToken cancellationToken) =>
        runner.RunAsync(new FailBillingRun(), new FailBillingRun.Input(subjectId), Caller.System, $"{subjectId:N}/fail", cancellationToken);

    private async Task<int?> RunningVersionAsync(Guid runId, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.BillingRunsVisibleTo(Caller.System).Where(r => r.Id == runId && r.State == BillingRunState.Running)
            .Select(r => (int?)r.Version).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task SayAsync(Guid runId, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        BillingRun run = await context.BillingRunsVisibleTo(Caller.System).Include(r => r.Blocked).SingleAsync(r => r.Id == runId, cancellationToken);
        int invoices = await context.InvoicesVisibleTo(Caller.System).CountAsync(i => i.RunId == runId, cancellationToken);
        LogRun(runId, run.SellerId, run.Year, run.State, run.OrdersDone, invoices, run.Blocked.Count);
    }

    [LoggerMessage(LogLevel.Information, "Billing run {RunId} of seller {SellerId} for {Year} is {State}: {Orders} orders, {Invoices} invoices, {Blocked} buyers of whom something is not billed.")]
    private partial void LogRun(Guid runId, Guid sellerId, int year, BillingRunState state, int orders, int invoices, int blocked);
}

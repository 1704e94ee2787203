using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Efa.Marketplace.Billing;

/// <summary>Begins the billing runs of scheduled days, each once over all nodes: a run is known by its idempotency key, and its job is held by one node.</summary>
public sealed partial class BillingSchedule(
    BillingOptions options, OperationRunner runner, IDbContextFactory<MarketContext> contexts, JobSignal signal, TimeProvider clock, ILogger<BillingSchedule> logger) : BackgroundService
{
    // A server that was not there on the day bills within a week; after that, somebody has to say so.
    private const int DaysToCatchUp = 7;

    private static readonly TimeSpan Poll = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> known = [];

    /// <summary>Begins what is due and has not been begun; answers with the runs.</summary>
    public async Task<IReadOnlyList<Guid>> BeginDueAsync(CancellationToken cancellationToken)
    {
        DateOnly today = clock.Today();
        DateOnly[] days = [.. options.DaysUpTo(today, DaysToCatchUp)];
        if (days.Length == 0) return [];
        var runs = new List<Guid>();
        foreach ((Guid seller, Selling selling) in await SellersAsync(cancellationToken))
            foreach (DateOnly day in days)
                foreach (int year in new[] { day.Year - 1, day.Year })
                {
                    string key = string.Create(CultureInfo.InvariantCulture, $"schedule/{seller:N}/{day:yyyy-MM-dd}/{year}");
                    if (!known.Add(key)) continue;
                    var input = new ExecuteBillingRun.Input(seller, year, today, today.AddDays(selling.PaymentDays));
                    OperationResult begun = await runner.RunAsync(new ExecuteBillingRun(), input, Caller.System, key, cancellationToken);
                    if (begun.Subject is { } run) runs.Add(run);
                    // A conflict: it was begun on another day of that week.
                    else if (begun.Refusals is [not IdempotencyConflict and var refusal, ..]) LogRefused(seller, year, refusal.Code.Name);
                }
        signal.Wake();
        return runs;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Schedule.Length > 0 && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await BeginDueAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                known.Clear();
                LogFailed(failure);
            }
            await Task.Delay(Poll, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<IReadOnlyList<(Guid Id, Selling Selling)>> SellersAsync(CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        var sellers = await context.Set<Organisation>().AsNoTracking().Where(o => o.Selling != null).OrderBy(o => o.Id).Select(o => new { o.Id, o.Selling }).ToListAsync(cancellationToken);
        return [.. sellers.Select(s => (s.Id, s.Selling!))];
    }

    [LoggerMessage(LogLevel.Warning, "The scheduled billing run of seller {SellerId} for {Year} was refused: {Code}.")]
    private partial void LogRefused(Guid sellerId, int year, string code);

    [LoggerMessage(LogLevel.Error, "Scheduled billing runs could not be begun; trying again.")]
    private partial void LogFailed(Exception failure);
}

using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Http;

/// <summary>Tells a load balancer whether this node lives, and whether it can serve.</summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        var readiness = new Readiness(app.Services);
        app.MapGet("/health/live", () => Results.Json(new { status = "live" }));
        app.MapGet("/health/ready", async (HttpContext http) =>
        {
            string? problem = await readiness.ProblemAsync();
            http.Response.Headers.CacheControl = "no-store";
            return problem is null
                ? Results.Json(new { status = "ready" })
                : Results.Json(new { status = "not ready", problem }, statusCode: StatusCodes.Status503ServiceUnavailable);
        });
    }

    /// <summary>Asks the store, one question at a time: a store that hangs must not collect questions.</summary>
    private sealed class Readiness(IServiceProvider services)
    {
        private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
        private static readonly TimeSpan TailLag = TimeSpan.FromSeconds(5);

        private readonly Lock gate = new();
        private Task<string?> question = Task.FromResult<string?>(null);
        private bool migrated;

        public async Task<string?> ProblemAsync()
        {
            Task<string?> asked;
            lock (gate) asked = question = question.IsCompleted ? Task.Run(AskAsync) : question;
            try
            {
                return await asked.WaitAsync(Longest);
            }
            catch (TimeoutException)
            {
                return "the store does not answer";
            }
        }

        private async Task<string?> AskAsync()
        {
            try
            {
                await using MarketContext context = await services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
                if (!migrated && (await context.Database.GetPendingMigrationsAsync()).Any()) return "the store is not migrated";
                migrated = true;
                if (!await context.Set<LogHead>().AnyAsync()) return "the store is not migrated";
                return services.GetRequiredService<LogTail>().SinceRead is { } lag && lag < TailLag ? null : "the event log is not read";
            }
            catch (Exception)
            {
                // The reason is in the log of whoever uses the store; a stranger is told no more than this.
                return "the store does not answer";
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Threading.Channels;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Efa.Marketplace.Access;

/// <summary>Writes down when clients were last given a token: to the hour, and once the token is on its way.</summary>
public sealed partial class ClientUse(IDbContextFactory<MarketContext> contexts, StoreDialect dialect, TimeProvider clock, ILogger<ClientUse> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> noted = new(StringComparer.Ordinal);
    private readonly Channel<(string ClientId, DateTimeOffset Hour)> waiting = Channel.CreateUnbounded<(string, DateTimeOffset)>();

    /// <summary>A client that has proved itself was given a token. At most one note in an hour for each.</summary>
    public void Note(string clientId)
    {
        DateTimeOffset now = clock.GetUtcNow();
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        if (noted.TryGetValue(clientId, out DateTimeOffset known) && known == hour) return;
        noted[clientId] = hour;
        waiting.Writer.TryWrite((clientId, hour));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach ((string clientId, DateTimeOffset hour) in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await WriteAsync(clientId, hour, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogWriteFailed(failure);
                // The next token tries again.
                noted.TryRemove(clientId, out _);
            }
        }
    }

    private async Task WriteAsync(string clientId, DateTimeOffset hour, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        await context.Set<ApiClient>().Where(c => c.ClientId == clientId && (c.LastUsedAt == null || c.LastUsedAt < hour))
            .ExecuteUpdateAsync(client => client.SetProperty(c => c.LastUsedAt, hour), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "It could not be written down when a client was last used.")]
    private partial void LogWriteFailed(Exception failure);
}

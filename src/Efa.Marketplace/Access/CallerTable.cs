using System.Collections.Frozen;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Efa.Marketplace.Access;

/// <summary>The rights of all clients, in memory, so that no request asks the store for them. A change elsewhere arrives within a second.</summary>
public sealed partial class CallerTable(IDbContextFactory<MarketContext> contexts, LogTail tail, TimeProvider clock, ILogger<CallerTable> logger) : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim reading = new(1);
    private volatile FrozenDictionary<string, Rights> clients = FrozenDictionary<string, Rights>.Empty;

    /// <summary>The scopes that a client can be granted; null where it is unknown or revoked.</summary>
    public Caller? Find(string clientId) => clients.TryGetValue(clientId, out Rights? rights) && !rights.IsRevoked ? rights.Caller : null;

    /// <summary>Whether there is such a client, or was one.</summary>
    public bool Knows(string clientId) => clients.ContainsKey(clientId);

    /// <summary>Like <see cref="Find(string)"/>; a client that another node has just made is looked up in the store.</summary>
    public async Task<Caller?> FindAsync(string clientId, CancellationToken cancellationToken)
    {
        if (!clients.ContainsKey(clientId)) await RefreshAsync(cancellationToken);
        return Find(clientId);
    }

    /// <summary>The caller of a token: what the token was granted and the client still has. Null where the token is no longer good.</summary>
    public async ValueTask<Caller?> CallerOfAsync(
        string clientId, IEnumerable<string> granted, DateTimeOffset issuedAt, DateTimeOffset? goodUntil, CancellationToken cancellationToken)
    {
        if (!clients.ContainsKey(clientId)) await RefreshAsync(cancellationToken);
        return AsClient(new Caller(clientId, null, [], granted.ToHashSet(StringComparer.Ordinal)) { AuthenticatedAt = issuedAt, GoodUntil = goodUntil });
    }

    /// <summary>A caller with the rights of this moment, for streams that are open for long; null where it has lost access or its token has run out.</summary>
    public Caller? Now(Caller caller) =>
        caller.GoodUntil <= clock.GetUtcNow() ? null
        // Nobody, the server itself, or a person, whose rights stand in the token.
        : caller.ApiClientId is null ? caller
        : AsClient(caller);

    private Caller? AsClient(Caller caller)
    {
        if (!clients.TryGetValue(caller.Id, out Rights? rights) || rights.IsRevoked || caller.AuthenticatedAt < rights.TokensNotBefore) return null;
        HashSet<string> scopes = caller.Scopes.Where(rights.Caller.Has).ToHashSet(StringComparer.Ordinal);
        return rights.Caller with { Scopes = scopes, AuthenticatedAt = caller.AuthenticatedAt, GoodUntil = caller.GoodUntil };
    }

    /// <summary>Reads all clients: one short command, however many there are.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await reading.WaitAsync(cancellationToken);
        try
        {
            await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
            List<ApiClient> all = await context.Set<ApiClient>().AsNoTracking().ToListAsync(cancellationToken);
            clients = all.ToFrozenDictionary(c => c.ClientId, Rights.Of, StringComparer.Ordinal);
        }
        finally
        {
            reading.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            long position = tail.Position;
            try
            {
                await RefreshAsync(stoppingToken);
                await ClientChangesAsync(position, stoppingToken).WaitAsync(Longest, stoppingToken);
            }
            catch (TimeoutException)
            {
                // Time to look again: a market that was loaded by another process has no events.
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogReadFailed(failure);
                await Task.Delay(Longest, CancellationToken.None);
            }
        }
    }

    private async Task ClientChangesAsync(long position, CancellationToken cancellationToken)
    {
        while (true)
        {
            await tail.BeyondAsync(position, cancellationToken);
            if (tail.After(position) is not { } events || events.Any(e => e.Event.SubjectKind == IdPrefix.ApiClient)) return;
            position = events[^1].Event.Position;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The clients could not be read; trying again.")]
    private partial void LogReadFailed(Exception failure);

    private sealed record Rights(Caller Caller, bool IsRevoked, DateTimeOffset? TokensNotBefore)
    {
        // Tokens tell their time in whole seconds.
        public static Rights Of(ApiClient client) => new(
            new Caller(client.ClientId, client.Id, [client.OrganisationId], client.Scopes.ToFrozenSet(StringComparer.Ordinal)) { IsOperator = client.IsOperator },
            client.RevokedAt is not null,
            client.TokensNotBefore is { } at ? DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds()) : null);
    }
}

using System.Text.Json;
using Efa.Marketplace.Operations.Outgoing;
using Microsoft.IdentityModel.Tokens;

namespace Efa.Graph.Identity;

/// <summary>The public keys of an issuer, found by its discovery document and kept for an hour.</summary>
internal sealed class IssuerKeys(string authority, bool allowPrivate)
{
    private const int MostBytes = 256 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    // Tokens with keys that nobody knows must not make us a burden to the issuer, and neither must one that is down.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly HttpClient http = OutgoingHttp.Client(allowPrivate ? _ => true : PublicAddress.Is, MostBytes, Timeout);
    private readonly SemaphoreSlim reading = new(1);
    private volatile Known? known;
    private DateTimeOffset? triedAt;

    /// <summary>The issuer's keys; read anew where the one that is named is not among them. Old ones go on where the issuer is down.</summary>
    /// <exception cref="IssuerUnavailableException">No key was ever read.</exception>
    public async ValueTask<IReadOnlyList<SecurityKey>> ForAsync(string? kid, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (known is { } fresh && fresh.IsEnough(kid, now)) return fresh.Keys;
        await reading.WaitAsync(cancellationToken);
        try
        {
            if (known is { } others && (others.IsEnough(kid, now) || now < triedAt + Pause)) return others.Keys;
            if (now < triedAt + Pause) throw new IssuerUnavailableException(authority);
            triedAt = now;
            known = new Known(await ReadAsync(cancellationToken), now);
            return known.Keys;
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or ArgumentException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return known?.Keys ?? throw new IssuerUnavailableException(authority, failure);
        }
        finally
        {
            reading.Release();
        }
    }

    private async Task<IReadOnlyList<SecurityKey>> ReadAsync(CancellationToken cancellationToken)
    {
        using JsonDocument about = JsonDocument.Parse(await http.GetStringAsync(authority.TrimEnd('/') + "/.well-known/openid-configuration", cancellationToken));
        string? issuer = Text(about, "issuer"), address = Text(about, "jwks_uri");
        if (issuer != authority) throw new JsonException($"It calls itself {issuer}.");
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? keys) || !(keys.Scheme == Uri.UriSchemeHttps || (allowPrivate && keys.Scheme == Uri.UriSchemeHttp)))
            throw new JsonException("Its jwks_uri is no https address.");
        return [.. new JsonWebKeySet(await http.GetStringAsync(keys, cancellationToken)).GetSigningKeys().Where(k => k is not SymmetricSecurityKey)];
    }

    private static string? Text(JsonDocument json, string name) =>
        json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record Known(IReadOnlyList<SecurityKey> Keys, DateTimeOffset At)
    {
        public bool IsEnough(string? kid, DateTimeOffset now) => now - At < KeptFor && Keys.Any(k => k.KeyId == kid);
    }
}

/// <summary>Whether a token is good cannot be told, because its issuer does not answer.</summary>
internal sealed class IssuerUnavailableException(string authority, Exception? inner = null)
    : Exception($"The issuer of this token, {authority}, cannot be asked for its keys at the moment.", inner);

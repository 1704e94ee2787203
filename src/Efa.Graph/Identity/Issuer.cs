using System.Text.Json;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Efa.Graph.Identity;

/// <summary>An OpenID provider of others: checks its access tokens, and says what a person whom it vouches for may do here.</summary>
internal sealed class Issuer(IssuerOptions options)
{
    // As long as calls and events keep who did them.
    private const int LongestCallerId = 200;
    private const int MostOrganisations = 50;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384,
        SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
    ];

    private readonly IssuerKeys keys = new(options.Authority, options.AllowPrivateAddresses);

    public string Name => options.Authority;

    /// <summary>Null where the token is not good. Rights stand in the token, and end with it.</summary>
    public async ValueTask<Caller?> CallerOfAsync(string text, TimeProvider clock, CancellationToken cancellationToken)
    {
        var token = new JsonWebToken(text);
        DateTimeOffset now = clock.GetUtcNow();
        var wanted = new TokenValidationParameters
        {
            ValidIssuer = options.Authority,
            ValidAudience = options.Audience,
            ValidTypes = options.TokenTypes.Length > 0 ? options.TokenTypes : ["at+jwt", "application/at+jwt"],
            ValidAlgorithms = Algorithms,
            IssuerSigningKeys = await keys.ForAsync(token.Kid, now, cancellationToken),
            TryAllIssuerSigningKeys = false,
            LifetimeValidator = (from, until, _, _) => until is { } end && end > now - Skew && !(from > now + Skew),
        };
        TokenValidationResult result = await Handler.ValidateTokenAsync(token, wanted);
        return result.IsValid && token.IssuedAt <= (now + Skew).UtcDateTime ? CallerOf(token) : null;
    }

    private Caller? CallerOf(JsonWebToken token)
    {
        string id = $"{options.Authority} {token.Subject}";
        if (string.IsNullOrEmpty(token.Subject) || id.Length > LongestCallerId) return null;
        using JsonDocument claims = JsonDocument.Parse(Base64UrlEncoder.Decode(token.EncodedPayload));
        IEnumerable<string> scopes = Values(claims.RootElement, options.RoleClaim).SelectMany(role => options.Roles.GetValueOrDefault(role) ?? []);
        Guid[] organisations = [.. Values(claims.RootElement, options.OrganisationClaim).Select(OrganisationOf).OfType<Guid>().Distinct().Take(MostOrganisations)];
        return new Caller(id, null, organisations, scopes.ToHashSet(StringComparer.Ordinal))
        {
            AuthenticatedAt = new DateTimeOffset(token.IssuedAt, TimeSpan.Zero),
            GoodUntil = new DateTimeOffset(token.ValidTo, TimeSpan.Zero),
        };
    }

    private Guid? OrganisationOf(string value) =>
        TypeId.TryDecode(options.Organisations.GetValueOrDefault(value) ?? value, IdPrefix.Organisation, out Guid id) ? id : null;

    /// <summary>The texts of a claim, which may be one or a list; none where it is of another form.</summary>
    private static IEnumerable<string> Values(JsonElement claims, string name) => Find(claims, name) switch
    {
        { ValueKind: JsonValueKind.String } text => [text.GetString()!],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)],
        _ => [],
    };

    // A name may have dots of its own, as addresses have.
    private static JsonElement? Find(JsonElement claims, string name)
    {
        if (claims.ValueKind != JsonValueKind.Object) return null;
        if (claims.TryGetProperty(name, out JsonElement whole)) return whole;
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && claims.TryGetProperty(name[..dot], out JsonElement part) ? Find(part, name[(dot + 1)..]) : null;
    }
}

using Efa.Marketplace.Events;

namespace Efa.Marketplace.Access;

/// <summary>A program that calls for one organisation: what OAuth 2 calls a client. What it proves itself with is kept by <see cref="ClientProof"/>.</summary>
public sealed class ApiClient : Aggregate
{
    public const int ClientIdLength = 100;
    public const int NameLength = 200;

    /// <summary>Most clients of an organisation that are not revoked.</summary>
    public const int Most = 100;

    /// <summary>How long a secret stays good beside the one that replaces it.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public override string Kind => IdPrefix.ApiClient;

    public override IEnumerable<Guid> Parties => [OrganisationId];

    /// <summary>What OAuth 2 calls client_id; unique, also among revoked clients.</summary>
    public required string ClientId { get; init; }

    public required string Name { get; set; }

    public Guid OrganisationId { get; init; }

    /// <summary>The most that its tokens can be granted, of <see cref="Access.Scopes"/>.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = [];

    /// <summary>True for clients of the marketplace's operator, who see what all parties see.</summary>
    public bool IsOperator { get; init; }

    /// <summary>True where it proves itself by a key of its own (private_key_jwt) and has no secret.</summary>
    public bool HasKeys { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>To the hour; null before the first token.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>From then on neither its secret nor its tokens are good.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Until when the secret before the newest one is good; null where there was none.</summary>
    public DateTimeOffset? OldSecretUntil { get; private set; }

    /// <summary>Tokens of an earlier second are no longer good.</summary>
    public DateTimeOffset? TokensNotBefore { get; set; }

    public void Create() => Record("client.created", ["name", "scopes"]);

    /// <summary>It has a new secret or new keys; the secret before stays good for a while.</summary>
    public void Rotate(DateTimeOffset? oldSecretUntil)
    {
        OldSecretUntil = oldSecretUntil;
        Record("client.rotated", []);
    }

    public void Revoke(DateTimeOffset at)
    {
        RevokedAt = at;
        Record("client.revoked", ["revokedAt"]);
    }
}

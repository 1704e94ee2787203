using Efa.Marketplace.Events;

namespace Efa.Marketplace.Access;

/// <summary>A program that calls for one organisation: what OAuth 2 calls a client. Its secret is kept by <see cref="ClientSecrets"/>.</summary>
public sealed class ApiClient : Aggregate
{
    public const int ClientIdLength = 100;
    public const int NameLength = 200;

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

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>To the hour; null before the first token.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>From then on neither its secret nor its tokens are good.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Tokens of an earlier second are no longer good.</summary>
    public DateTimeOffset? TokensNotBefore { get; set; }
}

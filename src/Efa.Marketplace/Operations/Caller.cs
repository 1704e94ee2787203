namespace Efa.Marketplace.Operations;

/// <summary>Who asks: a machine client or a person acting for organisations, the server itself, or nobody we know.</summary>
/// <param name="Id">What idempotency keys belong to: the client id, or issuer and subject of a person; empty for anonymous callers.</param>
/// <param name="Organisations">The organisations the caller acts for; rights and visibility follow from them.</param>
/// <param name="Scopes">The granted OAuth 2 scopes; a <c>:write</c> scope reads too.</param>
public sealed record Caller(string Id, Guid? ApiClientId, IReadOnlyList<Guid> Organisations, IReadOnlySet<string> Scopes)
{
    /// <summary>The caller of a request without a token.</summary>
    public static readonly Caller Anonymous = new("", null, [], new HashSet<string>());

    /// <summary>The server itself: background jobs and the loading of data; sees and may do everything.</summary>
    public static readonly Caller System = new("system", null, [], new HashSet<string>()) { IsSystem = true };

    public bool IsSystem { get; private init; }

    /// <summary>True for the operator of the marketplace, who sees what all parties see.</summary>
    public bool IsOperator { get; init; }

    /// <summary>When the token was issued; null for callers without one.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>When the token runs out; null for callers without one.</summary>
    public DateTimeOffset? GoodUntil { get; init; }

    public bool IsAnonymous => Id.Length == 0;

    public bool SeesEverything => IsSystem || IsOperator;

    /// <summary>Whether a scope is granted; <c>orders:write</c> grants <c>orders:read</c>, and <c>billing:write</c> <c>invoices:read</c>.</summary>
    public bool Has(string scope) => IsSystem || Scopes.Contains(scope) || (WriteOf(scope) is { } write && Scopes.Contains(write));

    public bool ActsFor(Guid organisationId) => IsSystem || Organisations.Contains(organisationId);

    private static string? WriteOf(string scope) =>
        scope == "invoices:read" ? "billing:write"
        : scope.EndsWith(":read", StringComparison.Ordinal) ? string.Concat(scope.AsSpan(0, scope.Length - ":read".Length), ":write")
        : null;
}

using Efa.Marketplace.Access;
using Efa.Marketplace.Events;

namespace Efa.Graph.Identity;

/// <summary>Settings of section <c>Identity</c>.</summary>
internal sealed class IdentityOptions
{
    public const string Section = "Identity";

    /// <summary>Servers of others whose tokens are accepted: those of people who call through a shop or a portal.</summary>
    public IssuerOptions[] Issuers { get; set; } = [];
}

/// <summary>Settings of one of <c>Identity:Issuers</c>: an OpenID provider, and what the claims of its access tokens mean here.</summary>
internal sealed class IssuerOptions
{
    /// <summary>Its issuer, byte by byte as in the tokens; <c>/.well-known/openid-configuration</c> below it names its keys.</summary>
    public string Authority { get; set; } = "";

    /// <summary>How its tokens call this server (<c>aud</c>).</summary>
    public string Audience { get; set; } = "";

    /// <summary>The claim with the organisations that a person acts for; a dot leads into an object.</summary>
    public string OrganisationClaim { get; set; } = "organisation";

    /// <summary>The claim with a person's roles; a dot leads into an object, as in <c>realm_access.roles</c>.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The ids of organisations by the values of their claim; a value that is not listed must be such an id itself.</summary>
    public Dictionary<string, string> Organisations { get; set; } = [];

    /// <summary>The scopes that each role has here; other roles have none.</summary>
    public Dictionary<string, string[]> Roles { get; set; } = [];

    /// <summary>The types of its access tokens (header <c>typ</c>); <c>at+jwt</c> where nothing is said (RFC 9068).</summary>
    public string[] TokenTypes { get; set; } = [];

    /// <summary>Whether it may stand in one's own network or on this host, where it may also speak http.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>What is wrong with them, by the name of the setting.</summary>
    /// <param name="path">Of the issuer.</param>
    public string? Problem(string path)
    {
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out Uri? address) || !(address.Scheme == Uri.UriSchemeHttps || (AllowPrivateAddresses && address.Scheme == Uri.UriSchemeHttp))
            || address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
            return $"{path}:{nameof(Authority)} is {(Authority.Length == 0 ? "missing" : Authority)}, but must be the issuer's https address (http only with {nameof(AllowPrivateAddresses)}).";
        if (Audience.Length == 0) return $"{path}:{nameof(Audience)} is missing: tokens that the issuer made for others would be taken for ours.";
        if (Roles.Count == 0) return $"{path}:{nameof(Roles)} is missing: name each role with its scopes, such as {path}:{nameof(Roles)}:buyer:0={Scopes.OrdersWrite}.";
        foreach ((string role, string[] scopes) in Roles)
            if (scopes.FirstOrDefault(s => !Scopes.All.Contains(s)) is { } unknown)
                return $"{path}:{nameof(Roles)}:{role} has {unknown}, but scopes are {string.Join(", ", Scopes.All)}.";
        foreach ((string value, string id) in Organisations)
            if (!TypeId.TryDecode(id, IdPrefix.Organisation, out _))
                return $"{path}:{nameof(Organisations)}:{value} is {id}, but must be {TypeId.Expected(IdPrefix.Organisation)}.";
        return null;
    }
}

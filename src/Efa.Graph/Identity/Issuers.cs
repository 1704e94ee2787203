using Efa.Graph.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Efa.Graph.Identity;

/// <summary>The servers of others whose tokens are accepted, by their issuers.</summary>
internal sealed class Issuers(IEnumerable<Issuer> all)
{
    // Longer than any header that the server takes.
    private const int LongestToken = 64 * 1024;

    private readonly Dictionary<string, Issuer> byName = all.ToDictionary(i => i.Name, StringComparer.Ordinal);

    /// <summary>Reads <c>Identity:Issuers</c>, and refuses what it does not understand.</summary>
    public static Issuers Read(IConfiguration configuration)
    {
        configuration.Read<IdentityOptions>(IdentityOptions.Section);
        IssuerOptions[] options =
        [
            .. configuration.GetSection($"{IdentityOptions.Section}:{nameof(IdentityOptions.Issuers)}").GetChildren()
                .Select(issuer => configuration.Read<IssuerOptions>(issuer.Path, o => o.Problem(issuer.Path))),
        ];
        return options.GroupBy(o => o.Authority, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new StartRefused($"{IdentityOptions.Section}:{nameof(IdentityOptions.Issuers)} names {twice.Key} twice.")
            : new Issuers(options.Select(o => new Issuer(o)));
    }

    /// <summary>Whose token it says to be; null where none of these issuers is named, and so it may be one of ours.</summary>
    public Issuer? Of(string token)
    {
        if (byName.Count == 0 || token.Length > LongestToken) return null;
        try
        {
            return byName.GetValueOrDefault(new JsonWebToken(token).Issuer);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

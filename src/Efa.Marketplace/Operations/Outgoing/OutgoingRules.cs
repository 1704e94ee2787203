using System.Net;

namespace Efa.Marketplace.Operations.Outgoing;

/// <summary>Which of the addresses that others have named the server calls, so that it is nobody's way into its own network.</summary>
/// <param name="networks">Called beside the internet.</param>
/// <param name="isDevelopment">Whether http and any port are good enough.</param>
public sealed class OutgoingRules(IReadOnlyList<IPNetwork> networks, bool isDevelopment)
{
    public const int AddressLength = 500;

    /// <summary>Whether a connection may be made; asked of each address that a name leads to.</summary>
    public bool MayReach(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return PublicAddress.Is(plain) || networks.Any(n => n.BaseAddress.AddressFamily == plain.AddressFamily && n.Contains(plain));
    }

    /// <summary>What can be said of an address before anybody is asked where its name leads.</summary>
    public IEnumerable<Refusal> Check(string address, params string[] path)
    {
        if (address.Length > AddressLength) yield return new Invalid(OperationsRefusals.TooLong, path) { Values = [AddressLength] };
        else if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? url) || !IsGood(url)) yield return new Invalid(OutgoingRefusals.AddressNotAllowed, path);
    }

    private bool IsGood(Uri url) =>
        (url.Scheme == Uri.UriSchemeHttps || (isDevelopment && url.Scheme == Uri.UriSchemeHttp)) && (isDevelopment || url.Port is 443 or 8443)
        && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0
        && (IPAddress.TryParse(url.IdnHost, out IPAddress? literal) ? MayReach(literal) : !IsThisHost(url.IdnHost) || MayReach(IPAddress.Loopback));

    private static bool IsThisHost(string name) => name.TrimEnd('.') is var host && (host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal));
}

/// <summary>Why an address is not taken.</summary>
public static class OutgoingRefusals
{
    public static readonly ErrorCode AddressNotAllowed = ErrorCode.Refusal("ADDRESS_NOT_ALLOWED",
        "Aufgerufen werden nur https-Adressen an Port 443 oder 8443, im Internet oder in freigegebenen Netzen, ohne Benutzer, Abfrage und Fragment.",
        "Only https addresses on port 443 or 8443 are called, of the internet or of allowed networks, without user, query and fragment.");
}

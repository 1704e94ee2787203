using System.Net;
using System.Net.Sockets;

namespace Efa.Marketplace.Operations.Outgoing;

/// <summary>Tells addresses of the internet from those that only this host or its network reaches.</summary>
public static class PublicAddress
{
    // Of version 6 nothing but this has been given to anybody; what leads to version 4 (NAT64, mapped and compatible addresses) lies outside.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    // IANA's special-purpose registries; 2001::/23 has Teredo, and 2002::/16 is 6to4: they carry an address of version 4 inside.
    private static readonly IPNetwork[] Special =
    [
        .. ("0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 "
            + "198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 2001::/23 2001:db8::/32 2002::/16 3fff::/20")
            .Split(' ').Select(text => IPNetwork.Parse(text)),
    ];

    public static bool Is(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || Global.Contains(plain))
            && !Special.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }
}

using System.Net;

namespace Efa.Marketplace.Operations.Outgoing;

/// <summary>Settings of section <c>Outgoing</c>: where the server calls, of the addresses that others have named.</summary>
public sealed class OutgoingOptions
{
    public const string Section = "Outgoing";

    /// <summary>Networks such as 10.20.0.0/16 that are called beside the internet: those of one's own. Where nothing is said, none; in Development this host itself.</summary>
    public string[]? AllowedNetworks { get; set; }

    public string? Problem() =>
        AllowedNetworks?.FirstOrDefault(text => !IPNetwork.TryParse(text, out _)) is { } wrong
            ? $"{Section}:{nameof(AllowedNetworks)} has {wrong}, but must be networks such as 10.20.0.0/16 or fd12:3456::/32."
            : null;

    public OutgoingRules Rules(bool isDevelopment) =>
        new([.. (AllowedNetworks ?? (isDevelopment ? ["127.0.0.0/8", "::1/128"] : [])).Select(text => IPNetwork.Parse(text))], isDevelopment);
}

using System.Text.RegularExpressions;
using Efa.Marketplace.Organisations;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Electronic addresses (BT-34, BT-49) of the schemes that public buyers in Germany and their suppliers have.</summary>
internal static partial class ElectronicAddresses
{
    public static bool IsKnownScheme(string scheme) =>
        scheme is Endpoint.LeitwegId or Endpoint.Gln or Endpoint.GermanVatId or Endpoint.AustrianVatId or Endpoint.Email;

    public static bool IsValid(Endpoint endpoint) => endpoint.Scheme switch
    {
        Endpoint.LeitwegId => LeitwegId.IsValid(endpoint.Value),
        Endpoint.Gln => IsGln(endpoint.Value),
        Endpoint.GermanVatId => VatId.IsValid(endpoint.Value) && endpoint.Value.StartsWith("DE", StringComparison.Ordinal),
        Endpoint.AustrianVatId => VatId.IsValid(endpoint.Value) && endpoint.Value.StartsWith("ATU", StringComparison.Ordinal),
        Endpoint.Email => IsEmail(endpoint.Value),
        _ => false,
    };

    /// <summary>One @ with something before it and a domain behind it (BR-DE-28).</summary>
    public static bool IsEmail(string text) => EmailForm().IsMatch(text);

    // GS1: digits count 1 and 3 in turn, and with the check digit they add up to a multiple of 10.
    private static bool IsGln(string text) =>
        text.Length == 13 && text.All(char.IsAsciiDigit) && text.Select((c, i) => (c - '0') * (i % 2 == 0 ? 1 : 3)).Sum() % 10 == 0;

    [GeneratedRegex(@"\A[^@\s.][^@\s]*(?<!\.)@([^@.\s]+\.)+[^@.\s]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex EmailForm();
}

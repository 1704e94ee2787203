using System.Text.RegularExpressions;

namespace Efa.Marketplace.Organisations;

/// <summary>Electronic addresses (EN 16931 BT-34, BT-49) of the schemes that public buyers in Germany and their suppliers have.</summary>
public static partial class ElectronicAddresses
{
    public const string LeitwegIdScheme = "0204";
    public const string GlnScheme = "0088";
    public const string GermanVatIdScheme = "9930";
    public const string AustrianVatIdScheme = "9914";
    public const string EmailScheme = "EM";

    public static bool IsKnownScheme(string scheme) => scheme is LeitwegIdScheme or GlnScheme or GermanVatIdScheme or AustrianVatIdScheme or EmailScheme;

    public static bool IsValid(string scheme, string value) => scheme switch
    {
        LeitwegIdScheme => LeitwegId.IsValid(value),
        GlnScheme => IsGln(value),
        GermanVatIdScheme => VatId.IsValid(value) && value.StartsWith("DE", StringComparison.Ordinal),
        AustrianVatIdScheme => VatId.IsValid(value) && value.StartsWith("ATU", StringComparison.Ordinal),
        EmailScheme => IsEmail(value),
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

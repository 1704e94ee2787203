namespace Efa.Marketplace.Catalog;

/// <summary>The number of a service in the implementation catalogue of the Online Access Act (OZG).</summary>
public static class OzgId
{
    public const int Length = 5;

    public const string Expected = "an OZG number of five digits that begins with 1";

    public static bool IsValid(string text) => text.Length == Length && text[0] == '1' && text.All(char.IsAsciiDigit);
}

namespace Efa.Marketplace.Catalog;

/// <summary>The key of an administrative service in the federal catalogue (Leistungskatalog, FIM). Always text: it does not fit an Int.</summary>
/// <remarks>Most begin with 99, real data hold others too; there is no check digit.</remarks>
public static class LeikaKey
{
    public const int Length = 14;

    public const string Expected = "a LeiKa key of 14 digits";

    public static bool IsValid(string text) => text.Length == Length && text.All(char.IsAsciiDigit);
}

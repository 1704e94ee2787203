using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;

namespace Efa.Marketplace.Catalog;

/// <summary>The name of an offer in addresses of pages: words of its first title, and an end that makes it unique.</summary>
public static class OfferSlug
{
    private const int WordsLength = 80;
    private const int EndLength = 10;

    public static string Of(string title, Guid offerId)
    {
        string words = string.Join('-', NameKey.Of(title).Split(' ').Select(word => string.Concat(word.Where(char.IsAsciiLetterOrDigit))).Where(word => word.Length > 0));
        if (words.Length > WordsLength) words = words[..WordsLength].TrimEnd('-');
        // The last characters of the id are its random ones.
        string end = TypeId.Encode(IdPrefix.Offer, offerId)[^EndLength..];
        return words.Length == 0 ? end : $"{words}-{end}";
    }
}

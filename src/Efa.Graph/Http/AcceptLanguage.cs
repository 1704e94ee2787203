using Efa.Marketplace;
using Microsoft.Net.Http.Headers;

namespace Efa.Graph.Http;

/// <summary>Reads which of the two languages a client prefers.</summary>
internal static class AcceptLanguage
{
    /// <summary>German where nothing is said, or nothing that we have.</summary>
    public static Language Of(HttpRequest request)
    {
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out IList<StringWithQualityHeaderValue>? wanted);
        double german = Quality("de"), english = Quality("en");
        return english > german ? Language.English : Language.German;

        double Quality(string language) => (wanted ?? [])
            .Where(w => w.Value.Equals(language, StringComparison.OrdinalIgnoreCase) || w.Value.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase))
            .Select(w => w.Quality ?? 1).DefaultIfEmpty(0).Max();
    }
}

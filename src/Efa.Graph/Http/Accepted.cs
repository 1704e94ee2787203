using Microsoft.Net.Http.Headers;

namespace Efa.Graph.Http;

/// <summary>What a client wants to be answered in.</summary>
/// <param name="Json">The JSON media type; null where it takes none.</param>
/// <param name="Stream">Whether it takes an event stream.</param>
/// <param name="StreamFirst">Whether it would rather have an event stream, also for a single answer.</param>
internal readonly record struct Accepted(string? Json, bool Stream, bool StreamFirst)
{
    public const string ResponseJson = "application/graphql-response+json";
    public const string PlainJson = "application/json";
    public const string EventStream = "text/event-stream";

    public bool Nothing => Json is null && !Stream;

    /// <summary>In which an error is told when nothing that we have is accepted.</summary>
    public string JsonOrDefault => Json ?? PlainJson;

    public static Accepted Of(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0) return new(PlainJson, false, false);
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? ranges);
        double response = Quality(ranges, ResponseJson), plain = Quality(ranges, PlainJson);
        bool named = ranges?.Any(r => r.MediaType.Equals(ResponseJson, StringComparison.OrdinalIgnoreCase)) == true;
        string? json = named && response > 0 && response >= plain ? ResponseJson : plain > 0 ? PlainJson : null;

        // A range such as */* means "whatever you have", not "a stream".
        double stream = ranges?.FirstOrDefault(r => r.MediaType.Equals(EventStream, StringComparison.OrdinalIgnoreCase)) is { } asked ? asked.Quality ?? 1 : 0;
        return new(json, stream > 0, stream > 0 && (json is null || stream > Math.Max(response, plain)));
    }

    /// <summary>What the most specific range says.</summary>
    private static double Quality(IList<MediaTypeHeaderValue>? ranges, string type)
    {
        double quality = 0;
        int best = -1;
        foreach (MediaTypeHeaderValue range in ranges ?? [])
        {
            int specific = range.MatchesAllTypes ? 0
                : range.MatchesAllSubTypes ? range.Type.Equals("application", StringComparison.OrdinalIgnoreCase) ? 1 : -1
                : range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase) ? 2 : -1;
            if (specific > best) (best, quality) = (specific, range.Quality ?? 1);
        }
        return quality;
    }
}

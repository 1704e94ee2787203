namespace Efa.Graph.Http;

/// <summary>Where a client fetches the bytes of a document.</summary>
internal sealed class DocumentAddress(HttpOptions options, IHttpContextAccessor requests)
{
    public string Of(string sha256) => $"{Server.TrimEnd('/')}/documents/{sha256}";

    private string Server => options.PublicUrl
        ?? (requests.HttpContext?.Request is { } request ? $"{request.Scheme}://{request.Host}{request.PathBase}" : HttpServer.DefaultUrl);
}

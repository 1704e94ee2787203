using Efa.Graph.Engine.Documents;
using Efa.Graph.Engine.Errors;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Efa.Graph.Http;

/// <summary>Reads GraphQL requests from HTTP requests: a JSON body by POST, parameters of the URL by GET, never both.</summary>
internal sealed class RequestReading(RequestJson json, Limits limits)
{
    public async Task<DocumentRequest> ReadAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method)) return ReadUrl(context.Request.Query);

        CheckContentType(context.Request);
        int limit = SignedIn.Of(context).Caller.IsAnonymous ? limits.BodyBytesAnonymous : limits.BodyBytes;
        return json.Read(await BodyAsync(context, limit));
    }

    private DocumentRequest ReadUrl(IQueryCollection query)
    {
        return new(One("query"), One("documentId"), One("operationName"), json.ReadMap(One("variables"), "variables"), json.ReadMap(One("extensions"), "extensions"));

        string? One(string name)
        {
            StringValues values = query[name];
            if (values.Count > 1) throw Malformed($"The parameter '{name}' is given more than once.", 400);
            return string.IsNullOrEmpty(values) ? null : values.ToString();
        }
    }

    /// <summary>JSON only: the other types that a foreign page can send without asking first are how a browser is made to act for its user.</summary>
    private static void CheckContentType(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals(Accepted.PlainJson, StringComparison.OrdinalIgnoreCase))
            throw Malformed("Send the request as application/json.", StatusCodes.Status415UnsupportedMediaType);
        if (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase))
            throw Malformed("Send the request in UTF-8.", StatusCodes.Status415UnsupportedMediaType);
        if (request.Headers.ContentEncoding.Count > 0)
            throw Malformed("Send the request without compression.", StatusCodes.Status415UnsupportedMediaType);
    }

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpContext context, int limit)
    {
        if (context.Request.ContentLength > limit) throw TooLarge(limit);
        using var body = new MemoryStream((int)(context.Request.ContentLength ?? 4096));
        byte[] part = System.Buffers.ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            while (await context.Request.Body.ReadAsync(part, context.RequestAborted) is > 0 and int count)
            {
                if (body.Length + count > limit) throw TooLarge(limit);
                body.Write(part, 0, count);
            }
        }
        catch (BadHttpRequestException failure)
        {
            throw Malformed("The body could not be read.", failure.StatusCode);
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(part);
        }
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static RequestError TooLarge(int limit) =>
        new(RequestErrors.LimitExceeded, $"A request body has at most {limit} bytes.") { HttpStatus = StatusCodes.Status413PayloadTooLarge };

    private static RequestError Malformed(string message, int status) => new(RequestErrors.MalformedRequest, message) { HttpStatus = status };
}

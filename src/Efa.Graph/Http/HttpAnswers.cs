using System.Globalization;
using System.Security.Cryptography;
using Efa.Graph.Engine.Documents;
using GraphQL;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Efa.Graph.Http;

/// <summary>Writes single answers with the status that GraphQL over HTTP asks for.</summary>
internal sealed class HttpAnswers(AnswerJson json, StoredDocuments stored)
{
    private static readonly TimeSpan DefaultRetry = TimeSpan.FromSeconds(5);

    public Task WriteAsync(HttpContext context, RequestError error, Accepted accepted) =>
        WriteAsync(context, new ExecutionResult(error), accepted);

    /// <param name="shared">Whether the answer is the same for all, and may be kept where it has no error.</param>
    public async Task WriteAsync(HttpContext context, ExecutionResult result, Accepted accepted, bool shared = false)
    {
        string type = accepted.JsonOrDefault;
        RequestError? error = result.Errors?.OfType<RequestError>().FirstOrDefault();
        int status = StatusOf(result, error, type);
        HttpResponse response = context.Response;
        response.StatusCode = status;
        response.ContentType = type + "; charset=utf-8";
        // Whoever refused a token has said more.
        if (status == StatusCodes.Status401Unauthorized && response.Headers.WWWAuthenticate.Count == 0) response.Headers.WWWAuthenticate = "Bearer";
        if (status == StatusCodes.Status405MethodNotAllowed) response.Headers.Allow = HttpMethods.IsGet(context.Request.Method) ? "POST" : "GET, POST";
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = Math.Ceiling((error?.RetryAfter ?? DefaultRetry).TotalSeconds).ToString(CultureInfo.InvariantCulture);

        byte[] body = json.Write(result);
        response.Headers.CacheControl = "no-store";
        if (shared && result.Errors is null && IsKept(context, body)) return;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Lets an answer be kept, for each language and without a token; true where the client has kept it already.</summary>
    private bool IsKept(HttpContext context, byte[] body)
    {
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body))}\"");
        ResponseHeaders headers = context.Response.GetTypedHeaders();
        headers.CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = stored.MaxAge };
        headers.ETag = tag;
        if (!context.Request.GetTypedHeaders().IfNoneMatch.Any(kept => kept.Compare(tag, useStrongComparison: false))) return false;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        context.Response.Headers.ContentType = default;
        return true;
    }

    private static int StatusOf(ExecutionResult result, RequestError? error, string type)
    {
        if (error is null) return StatusCodes.Status200OK;
        if (result.Executed)
            return result.Data is null && error.Status is 401 or 403 or 429 or >= 500 ? error.Status : StatusCodes.Status200OK;
        // Clients of the older media type take 200 for "GraphQL has answered", also where it answers that the document is wrong.
        bool saidByGraphQL = error.Kind.Name.StartsWith("INVALID_", StringComparison.Ordinal) || error.Kind.Name.StartsWith("CURSOR_", StringComparison.Ordinal);
        return type == Accepted.PlainJson && saidByGraphQL && error.HttpStatus is null ? StatusCodes.Status200OK : error.Status;
    }
}

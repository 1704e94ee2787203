using Efa.Graph.Engine.Errors;
using Efa.Graph.Hosting;
using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage.Files;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Efa.Graph.Http;

/// <summary>Settings of section <c>Files</c>.</summary>
internal sealed class FilesOptions
{
    public const string Section = "Files";

    /// <summary>Largest document that can be sent.</summary>
    public long MaxBytes { get; set; } = 20 * 1024 * 1024;

    public string? Problem() => MaxBytes < 1 ? $"{Section}:MaxBytes is {MaxBytes}, but must be at least 1." : null;
}

/// <summary>Takes in the bytes of documents, to be named by their hash afterwards. The same bytes can be sent again.</summary>
internal static class DocumentUploads
{
    private const string AnyBytes = "application/octet-stream";

    public static void AddDocumentUploads(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.Read<FilesOptions>(FilesOptions.Section, o => o.Problem()));
        builder.Services.AddSingleton<FileIntake>();
    }

    public static void MapDocumentUploads(this WebApplication app) => app.MapPut(DocumentAddress.Pattern, TakeAsync).IsPaid();

    private static async Task TakeAsync(HttpContext http, string sha256, FileIntake intake, FilesOptions options, HttpAnswers answers)
    {
        try
        {
            Caller caller = SignedIn.Of(http).Caller;
            string mediaType = Check(http.Request, caller, sha256, options);
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
            IntakeResult result = await intake.TakeAsync(http.Request.Body, sha256, mediaType, options.MaxBytes, caller.Organisations, http.RequestAborted);
            http.Response.StatusCode = result switch
            {
                IntakeResult.Stored => StatusCodes.Status204NoContent,
                IntakeResult.TooLarge => throw TooLarge(options),
                IntakeResult.OtherHash => throw new RequestError(RequestErrors.HashMismatch),
            };
        }
        catch (RequestError refusal)
        {
            await answers.WriteAsync(http, refusal, Accepted.Of(http.Request));
        }
        catch (BadHttpRequestException failure)
        {
            await answers.WriteAsync(http, new RequestError(RequestErrors.MalformedRequest, "The body could not be read.") { HttpStatus = failure.StatusCode }, Accepted.Of(http.Request));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
        }
    }

    /// <summary>The media type to keep, if the request may be taken in.</summary>
    private static string Check(HttpRequest request, Caller caller, string sha256, FilesOptions options)
    {
        if (caller.IsAnonymous) throw new RequestError(RequestErrors.Unauthenticated);
        if (!caller.Has(Scopes.OffersWrite) && !caller.Has(Scopes.OrdersWrite)) throw new RequestError(RequestErrors.Forbidden);
        if (!DocumentAddress.IsHash(sha256)) throw new RequestError(RequestErrors.MalformedRequest, "The address ends with the SHA-256 of the bytes in lower-case hex.");
        if (request.Headers.ContentEncoding.Count > 0)
            throw new RequestError(RequestErrors.MalformedRequest, "Send the document without compression.") { HttpStatus = StatusCodes.Status415UnsupportedMediaType };
        if (request.ContentLength > options.MaxBytes) throw TooLarge(options);
        if (string.IsNullOrEmpty(request.ContentType)) return AnyBytes;
        return request.ContentType.Length <= StoredFile.MediaTypeLength && MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            ? type.ToString()
            : throw new RequestError(RequestErrors.MalformedRequest, $"Content-Type is a media type of at most {StoredFile.MediaTypeLength} characters.") { HttpStatus = StatusCodes.Status415UnsupportedMediaType };
    }

    private static RequestError TooLarge(FilesOptions options) =>
        new(RequestErrors.LimitExceeded, $"A document has at most {options.MaxBytes} bytes.") { HttpStatus = StatusCodes.Status413PayloadTooLarge };
}

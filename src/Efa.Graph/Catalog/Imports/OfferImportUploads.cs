using System.IO.Compression;
using Efa.Graph.Engine.Errors;
using Efa.Graph.Http;
using Efa.Marketplace.Access;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Catalog.Publiccode;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Files;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Catalog.Imports;

/// <summary>Takes in the file of an import as it arrives, once, and gives out what files are made by.</summary>
internal static class OfferImportUploads
{
    public static void MapOfferImports(this WebApplication app)
    {
        app.MapPut("/imports/{import}", TakeAsync).IsPaid();
        app.MapGet("/imports/template.csv", (OfferRowForm form) => Results.Text(OfferFileForms.Template(form.Type), "text/csv")).IsPaid();
        app.MapGet("/imports/schema.json", (OfferRowForm form) => Results.Text(OfferFileForms.Schema(form.Type), "application/schema+json")).IsPaid();
    }

    private static async Task TakeAsync(
        HttpContext http, string import, FileIntake intake, IDbContextFactory<MarketContext> contexts, OperationRunner runner, JobSignal signal, TimeProvider clock, ImportOptions options, HttpAnswers answers)
    {
        try
        {
            Caller caller = SignedIn.Of(http).Caller;
            if (caller.IsAnonymous) throw new RequestError(RequestErrors.Unauthenticated);
            if (!caller.Has(Scopes.OffersWrite)) throw new RequestError(RequestErrors.Forbidden);
            bool packed = IsPacked(http.Request);
            OfferImport waiting = await FindAsync(contexts, caller, import, http.RequestAborted) ?? throw new RequestError(RequestErrors.UploadUnknown);
            if (!waiting.TakesFile(clock.GetUtcNow())) throw new RequestError(waiting.State == ImportState.AwaitingFile ? RequestErrors.UploadExpired : RequestErrors.UploadTaken);
            long most = waiting.Format == ImportFormat.Publiccode ? Math.Min(PubliccodeFile.MostBytes, options.MaxBytes) : options.MaxBytes;
            if (http.Request.ContentLength > most) throw TooLarge(most);

            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
            await using Stream body = packed ? new GZipStream(http.Request.Body, CompressionMode.Decompress) : http.Request.Body;
            IntakeResult result = await intake.TakeAsync(body, most, async file =>
            {
                OperationResult taken = await runner.RunAsync(new TakeOfferImportFile(), new TakeOfferImportFile.Input(waiting.Id, file), caller, $"import-file-{file.ContentId:N}", CancellationToken.None);
                return taken.Refusals.Count == 0 ? true : throw new RequestError(RequestErrors.UploadTaken);
            }, http.RequestAborted);
            if (result == IntakeResult.TooLarge) throw TooLarge(most);
            signal.Wake();
            http.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        catch (RequestError refusal)
        {
            await answers.WriteAsync(http, refusal, Accepted.Of(http.Request));
        }
        catch (InvalidDataException)
        {
            await answers.WriteAsync(http, new RequestError(RequestErrors.MalformedRequest, "The body is no whole gzip file."), Accepted.Of(http.Request));
        }
        catch (BadHttpRequestException failure)
        {
            await answers.WriteAsync(http, new RequestError(RequestErrors.MalformedRequest, "The body could not be read.") { HttpStatus = failure.StatusCode }, Accepted.Of(http.Request));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
        }
    }

    private static async Task<OfferImport?> FindAsync(IDbContextFactory<MarketContext> contexts, Caller caller, string import, CancellationToken cancellationToken)
    {
        if (!TypeId.TryDecode(import, IdPrefix.OfferImport, out Guid id)) return null;
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        OfferImport? found = await context.OfferImportsVisibleTo(caller).SingleOrDefaultAsync(i => i.Id == id, cancellationToken);
        return found is not null && caller.ActsFor(found.SupplierId) ? found : null;
    }

    private static bool IsPacked(HttpRequest request) => request.Headers.ContentEncoding.ToString() switch
    {
        "" or "identity" => false,
        "gzip" => true,
        _ => throw new RequestError(RequestErrors.MalformedRequest, "Content-Encoding is gzip, or left out.") { HttpStatus = StatusCodes.Status415UnsupportedMediaType },
    };

    private static RequestError TooLarge(long most) =>
        new(RequestErrors.LimitExceeded, $"Such a file has at most {most} bytes, unpacked.") { HttpStatus = StatusCodes.Status413PayloadTooLarge };
}

using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering.Contracts;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Files;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Http;

/// <summary>Gives out the bytes of documents: terms, what offers name, and what lies in contracts. Their address is their hash, so they never change.</summary>
internal static class Documents
{
    public static void MapDocuments(this WebApplication app) => app.MapMethods(DocumentAddress.Pattern, [HttpMethods.Get, HttpMethods.Head], GiveAsync).IsPaid();

    private static async Task GiveAsync(HttpContext http, string sha256, IDbContextFactory<MarketContext> contexts)
    {
        CancellationToken cancellationToken = http.RequestAborted;
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        Caller caller = SignedIn.Of(http).Caller;
        if (!DocumentAddress.IsHash(sha256)
            || !(await context.IsDocumentVisibleToAsync(caller, sha256, cancellationToken) || await context.IsContractDocumentVisibleToAsync(caller, sha256, cancellationToken))
            || await context.FileAsync(sha256, cancellationToken) is not { } file)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = file.MediaType;
        http.Response.ContentLength = file.Length;
        http.Response.Headers.ETag = $"\"{sha256}\"";
        // Drafts and contracts are for parties only, so that nothing between may keep it for others.
        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        // Never shown in the server's own origin, whatever somebody has put in.
        http.Response.Headers.ContentDisposition = "attachment";
        if (HttpMethods.IsHead(http.Request.Method)) return;
        await foreach (byte[] chunk in context.ChunksAsync(sha256, cancellationToken)) await http.Response.Body.WriteAsync(chunk, cancellationToken);
    }
}

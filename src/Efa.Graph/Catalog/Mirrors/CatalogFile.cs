using System.Globalization;
using System.Text.Json;
using Efa.Graph.Engine.Errors;
using Efa.Graph.Http;
using Efa.Marketplace.Catalog.Mirrors;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Efa.Graph.Catalog.Mirrors;

/// <summary>The public catalogue as one file of lines, for those who keep a mirror of it.</summary>
/// <remarks>The first line has the cursor from which catalogChanges goes on, the last one the number of offers, so that a file that was cut off is told from a whole one.</remarks>
internal static class CatalogFile
{
    private const string Address = "/catalog.ndjson";
    private const string MediaType = "application/x-ndjson";
    private const int Points = 500;
    private const int FlushedLines = 100;

    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public static void MapCatalogFile(this WebApplication app) => app.MapMethods(Address, [HttpMethods.Get, HttpMethods.Head], GiveAsync);

    private static async Task GiveAsync(HttpContext http, CatalogChanges changes, CatalogExport export, IDbContextFactory<MarketContext> contexts, RateLimits rates, HttpAnswers answers)
    {
        CancellationToken cancellationToken = http.RequestAborted;
        // What is read after this moment is in the file or comes after its cursor, or both: a mirror that takes changes as they are now ends up right.
        LogRange range = await RangeAsync(contexts, cancellationToken);
        long newest = await changes.NewestAsync(cancellationToken);
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{range.Epoch}-{newest}\""), isWeak: true);
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.GetTypedHeaders().ETag = tag;
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(kept => kept.Compare(tag, useStrongComparison: false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        if (rates.Of(http, SignedIn.Of(http))?.TrySpend(Points) is { } wait)
        {
            await answers.WriteAsync(http, new RequestError(RequestErrors.RateLimited) { RetryAfter = wait }, Accepted.Of(http.Request));
            return;
        }
        http.Response.ContentType = MediaType;
        if (!HttpMethods.IsHead(http.Request.Method)) await WriteAsync(http.Response.Body, range, export, cancellationToken);
    }

    private static async Task WriteAsync(Stream body, LogRange range, CatalogExport export, CancellationToken cancellationToken)
    {
        await LineAsync(body, new { type = "catalog", cursor = range.Cursor(CatalogChanges.Log, range.Head).ToString() }, cancellationToken);
        int offers = 0;
        await foreach (ExportedOffer offer in export.ReadAsync(cancellationToken))
        {
            await LineAsync(body, new { type = "offer", offer }, cancellationToken);
            if (++offers % FlushedLines == 0) await body.FlushAsync(cancellationToken);
        }
        await LineAsync(body, new { type = "end", offers }, cancellationToken);
    }

    private static async Task LineAsync<T>(Stream body, T line, CancellationToken cancellationToken)
    {
        await JsonSerializer.SerializeAsync(body, line, MarketJson.Options, cancellationToken);
        await body.WriteAsync(LineEnd, cancellationToken);
    }

    private static async Task<LogRange> RangeAsync(IDbContextFactory<MarketContext> contexts, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await LogRange.ReadAsync(context, cancellationToken);
    }
}

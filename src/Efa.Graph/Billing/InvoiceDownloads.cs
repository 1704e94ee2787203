using System.Security.Cryptography;
using System.Text;
using Efa.Graph.Http;
using Efa.Marketplace.Access;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Efa.Graph.Billing;

/// <summary>Gives out invoices to those who may see them: the XML as issued, and a page to read and print.</summary>
internal static class InvoiceDownloads
{
    // The page has its styles within, and asks for nothing else.
    private const string PagePolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapInvoices(this WebApplication app)
    {
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods("/invoices/{id}.xml", methods, XmlAsync).IsPaid();
        app.MapMethods("/invoices/{id}.html", methods, PageAsync).IsPaid();
    }

    private static async Task<IResult> XmlAsync(HttpContext http, string id, IDbContextFactory<MarketContext> contexts)
    {
        if (Refused(http, id, out Guid invoiceId) is { } refused) return refused;
        await using MarketContext context = await contexts.CreateDbContextAsync(http.RequestAborted);
        if (await context.IssuedAsync(SignedIn.Of(http).Caller, invoiceId, http.RequestAborted) is not var (invoice, bytes)) return Results.NotFound();
        return File(http, bytes, XRechnungWriter.MediaType, invoice.XmlSha256, "attachment", $"{invoice.Number}.xml");
    }

    private static async Task<IResult> PageAsync(HttpContext http, string id, IDbContextFactory<MarketContext> contexts)
    {
        if (Refused(http, id, out Guid invoiceId) is { } refused) return refused;
        await using MarketContext context = await contexts.CreateDbContextAsync(http.RequestAborted);
        if (await context.WholeAsync(SignedIn.Of(http).Caller, invoiceId, http.RequestAborted) is not { } invoice) return Results.NotFound();
        byte[] page = Encoding.UTF8.GetBytes(InvoiceView.Html(ElectronicInvoice.Of(invoice)));
        http.Response.Headers.ContentSecurityPolicy = PagePolicy;
        return File(http, page, InvoiceView.MediaType, Convert.ToHexStringLower(SHA256.HashData(page)), "inline", $"{invoice.Number}.html");
    }

    /// <summary>Who may not see invoices at all is answered like one who asks for an unknown one.</summary>
    private static IResult? Refused(HttpContext http, string id, out Guid invoiceId)
    {
        invoiceId = default;
        http.Response.Headers.CacheControl = "no-store";
        Caller caller = SignedIn.Of(http).Caller;
        if (caller.IsAnonymous)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }
        return caller.Has(Scopes.InvoicesRead) && TypeId.TryDecode(id, IdPrefix.Invoice, out invoiceId) ? null : Results.NotFound();
    }

    private static IResult File(HttpContext http, byte[] bytes, string mediaType, string sha256, string disposition, string name)
    {
        // Each time asked for anew, because rights end; unchanged, it is not sent again.
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.Vary = "Authorization";
        var header = new ContentDispositionHeaderValue(disposition);
        header.SetHttpFileName(name);
        http.Response.Headers.ContentDisposition = header.ToString();
        return Results.Bytes(bytes, mediaType, entityTag: new EntityTagHeaderValue($"\"{sha256}\""));
    }
}

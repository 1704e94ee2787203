using System.Text.RegularExpressions;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Events;

namespace Efa.Graph.Http;

/// <summary>Where a client fetches the bytes of a document or an invoice, or sends a file of offers.</summary>
internal sealed partial class DocumentAddress(HttpOptions options, IHttpContextAccessor requests)
{
    public const string Pattern = "/documents/{sha256}";

    /// <summary>Whether an address can be that of a document.</summary>
    public static bool IsHash(string text) => Form().IsMatch(text);

    public string Of(string sha256) => $"{Server.TrimEnd('/')}/documents/{sha256}";

    /// <param name="form">xml as issued, or html to read.</param>
    public string OfInvoice(Guid id, string form) => $"{Server.TrimEnd('/')}/invoices/{GlobalIds.Of(IdPrefix.Invoice, id)}.{form}";

    public string OfImport(Guid id) => $"{Server.TrimEnd('/')}/imports/{GlobalIds.Of(IdPrefix.OfferImport, id)}";

    private string Server => options.PublicUrl
        ?? (requests.HttpContext?.Request is { } request ? $"{request.Scheme}://{request.Host}{request.PathBase}" : HttpServer.DefaultUrl);

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Form();
}

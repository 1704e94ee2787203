using System.Text;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Http;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Storage;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Billing;

/// <summary>The XML of an invoice, as issued.</summary>
public sealed class InvoiceDocumentType : ObjectGraphType<Invoice>
{
    public InvoiceDocumentType()
    {
        Name = "InvoiceDocument";
        Description = "An invoice byte by byte as it was issued; the bytes never change.";
        Field<NonNullGraphType<StringGraphType>>("mediaType").Resolve(_ => XRechnungWriter.MediaType);
        Field<NonNullGraphType<Sha256Type>>("sha256").Description("Of the bytes.").Resolve(context => context.Source.XmlSha256);
        Field<NonNullGraphType<UrlType>>("url").Description("Where its bytes are, for callers with a token who may see the invoice.")
            .Resolve(context => context.Request().Get<DocumentAddress>().OfInvoice(context.Source.Id, "xml"));
        Field<NonNullGraphType<StringGraphType>>("content").Description("The bytes as text (UTF-8).")
            .Resolve(context => context.Request().Get<InvoiceXmlLoader>().Load(context.Source.XmlSha256));
    }
}

/// <summary>XML of invoices that the caller sees, by hash.</summary>
internal sealed class InvoiceXmlLoader(IDbContextFactory<MarketContext> contexts) : Loader<string, string>(contexts)
{
    protected override async Task<IReadOnlyDictionary<string, string>> FetchAsync(MarketContext context, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        (await context.DocumentsOfInvoicesAsync(keys, cancellationToken)).ToDictionary(d => d.Key, d => Encoding.UTF8.GetString(d.Value), StringComparer.Ordinal);
}

using System.Security.Cryptography;
using System.Text;
using Efa.Graph.Engine;
using GraphQL.Types;
using Microsoft.Net.Http.Headers;

namespace Efa.Graph.Http;

/// <summary>The schema as a text, for code generators and for callers that may not introspect.</summary>
internal sealed class SchemaFile(ISchema schema)
{
    private readonly Lazy<(byte[] Text, EntityTagHeaderValue Tag)> file = new(() =>
    {
        byte[] text = Encoding.UTF8.GetBytes(SchemaText.Of(schema));
        return (text, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(text))}\""));
    });

    public IResult Get(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(file.Value.Text, "text/plain; charset=utf-8", entityTag: file.Value.Tag);
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Efa.Graph.Engine.Errors;
using GraphQL;
using GraphQL.SystemTextJson;

namespace Efa.Graph.Engine.Documents;

/// <summary>Writes answers as JSON; umlauts stay readable, what HTML could take for markup does not.</summary>
public sealed class AnswerJson
{
    private readonly JsonSerializerOptions options = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new ExecutionResultJsonConverter(), new ExecutionErrorJsonConverter(new ErrorExtensions()), new JsonConverterBigInteger() },
    };

    public byte[] Write(ExecutionResult result) => JsonSerializer.SerializeToUtf8Bytes(result, typeof(ExecutionResult), options);

    public byte[] Write(ExecutionErrors errors) => JsonSerializer.SerializeToUtf8Bytes(errors, options);
}

using System.Text.Encodings.Web;
using System.Text.Json;
using Efa.Graph.Engine.Documents;

namespace Efa.Graph.Tests.Contract;

/// <summary>The ids by which the named documents can be asked for stand beside them.</summary>
public sealed class StoredDocumentIdTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void The_printed_ids_are_those_that_are_served()
    {
        Dictionary<string, string> ids = Directory.GetFiles(Repository.PathOf("schema/operations"), "*.graphql").Order(StringComparer.Ordinal)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => StoredDocuments.IdOf(File.ReadAllText(file)));
        Repository.IsAsPrinted("schema/operations.json", JsonSerializer.Serialize(ids, Indented) + "\n");

        var served = new StoredDocuments(new DocumentSettings(), contentRoot: "/");
        Assert.Equal(ids.Values.Order(StringComparer.Ordinal), served.Ids.Order(StringComparer.Ordinal));
    }
}

using System.Net;
using System.Text.Json;
using Efa.Graph.Engine.Documents;

namespace Efa.Graph.Tests.Engine;

public sealed class DocumentExecutionTests(ToyshopFixture toyshop) : IClassFixture<ToyshopFixture>
{
    [Fact]
    public async Task A_request_keeps_one_instance_of_a_loader()
    {
        JsonElement answer = await toyshop.Host.AskAsync("{ sameCounter }");
        Assert.True(answer.GetProperty("data").GetProperty("sameCounter").GetBoolean());
    }

    [Fact]
    public async Task Of_several_operations_the_named_one_is_executed()
    {
        using HttpResponseMessage response = await toyshop.Host.PostAsync(new { query = "query a { hello } query b { language }", operationName = "b" });
        Assert.Equal("""{"data":{"language":"German"}}""", await response.Content.ReadAsStringAsync());

        await toyshop.Host.PostAsync(new { query = "query a { hello } query b { language }" }).RefusedAsync(HttpStatusCode.BadRequest, "INVALID_DOCUMENT");
        await toyshop.Host.PostAsync(new { query = "query a { hello }", operationName = "c" }).RefusedAsync(HttpStatusCode.BadRequest, "INVALID_DOCUMENT");
    }

    [Fact]
    public async Task Outside_Development_the_schema_and_its_names_are_told_to_authenticated_callers_only()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync("Production");
        const string Hidden = "query { ...a } fragment a on Query { x: __schema { queryType { name } } }";

        await host.PostAsync(new { query = Hidden }).RefusedAsync(HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
        Assert.Equal("Query", (await host.AskAsync(Hidden, token: "anna")).GetProperty("data").GetProperty("x").GetProperty("queryType").GetProperty("name").GetString());
        Assert.Equal("Cannot query field 'helo' on type 'Query'.", (await host.AskAsync("{ helo }")).Error().GetProperty("message").GetString());
        Assert.Equal("Cannot query field 'helo' on type 'Query'. Did you mean 'hello'?", (await host.AskAsync("{ helo }", token: "anna")).Error().GetProperty("message").GetString());
    }

    [Fact]
    public async Task The_schema_can_be_kept_from_everyone()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings: ("Limits:Introspection", "Nobody"));
        await host.PostAsync(new { query = "{ __schema { queryType { name } } }" }, token: "anna").RefusedAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
    }

    [Fact]
    public async Task Stored_documents_are_asked_for_by_their_hash()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        const string Text = "query Greet($name: String) { hello(name: $name) }\n";
        await File.WriteAllTextAsync(Path.Combine(folder, "greet.graphql"), Text);
        string id = StoredDocuments.IdOf(Text);
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings: ("Documents:Folders:0", folder));

        using HttpResponseMessage response = await host.PostAsync(new { documentId = id, variables = new { name = "Anna" } });
        Assert.Equal("""{"data":{"hello":"Grüß Gott, Anna"}}""", await response.Content.ReadAsStringAsync());
        Assert.Equal("""{"data":{"hello":"Grüß Gott, wer auch immer"}}""", await host.Client.GetStringAsync("/graphql?documentId=" + id));
        await host.PostAsync(new { documentId = id.ToUpperInvariant() }).RefusedAsync(HttpStatusCode.BadRequest, "DOCUMENT_NOT_FOUND");
        await host.PostAsync(new { documentId = id, query = "{ hello }" }).RefusedAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");
    }

    [Fact]
    [Trait("attack", "P06")]
    public async Task A_server_can_answer_stored_documents_only_whatever_the_way()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "greet.graphql"), "{ hello }");
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings: [("Documents:Folders:0", folder), ("Documents:StoredOnly", "true")]);

        await host.PostAsync(new { query = "{ hello }" }).RefusedAsync(HttpStatusCode.BadRequest, "DOCUMENT_NOT_TRUSTED");
        Assert.Contains("DOCUMENT_NOT_TRUSTED", await (await host.Client.GetAsync("/graphql?query={hello}")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("DOCUMENT_NOT_TRUSTED", await (await host.PostAsync(new { query = "{ hello }" }, "text/event-stream")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await using ToyshopSocket socket = await ToyshopSocket.ReadyAsync(host);
        await socket.SendAsync("""{"id":"1","type":"subscribe","payload":{"query":"{ hello }"}}""");
        Assert.Contains("DOCUMENT_NOT_TRUSTED", await socket.NextAsync(), StringComparison.Ordinal);

        using HttpResponseMessage response = await host.PostAsync(new { documentId = StoredDocuments.IdOf("{ hello }") });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}

using System.Net;
using System.Text.Json;
using Efa.Graph.Engine.Documents;
using Efa.Graph.Tests.Engine;

namespace Efa.Graph.Tests.Http;

/// <summary>Stored documents by GET: kept by caches for all who ask without a token, and nothing else is.</summary>
public sealed class StoredDocumentTests : IAsyncLifetime
{
    private const string Greet = "query Greet($name: String) { hello(name: $name) }";
    private const string Failing = "{ hello boom }";
    private const string Many = "query Many($n: Int!) { offers(first: $n) { id } }";

    private readonly string folder = Directory.CreateTempSubdirectory("efa_test_").FullName;
    private ToyshopHost host = null!;

    public async Task InitializeAsync()
    {
        foreach ((int i, string text) in new[] { Greet, Failing, Many }.Index()) await File.WriteAllTextAsync(Path.Combine(folder, $"{i}.graphql"), text);
        host = await ToyshopHost.StartAsync("Production", settings: [("Documents:Folders:0", folder), ("Documents:StoredOnly", "true"), ("Documents:MaxAge", "00:05:00"), ("Limits:PageSize", "50")]);
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_answer_without_a_token_may_be_kept_for_each_language_and_is_not_sent_again_unchanged()
    {
        using HttpResponseMessage first = await GetAsync(Greet);
        Assert.Equal("public, max-age=300", first.Headers.CacheControl!.ToString());
        Assert.Equal(["Accept", "Accept-Language", "Authorization"], first.Headers.Vary);

        using HttpResponseMessage again = await GetAsync(Greet, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        Assert.Equal((HttpStatusCode.NotModified, ""), (again.StatusCode, await again.Content.ReadAsStringAsync()));
        Assert.Equal("public, max-age=300", again.Headers.CacheControl!.ToString());
        using HttpResponseMessage other = await GetAsync(Greet, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!), """{"name":"Anna"}""");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task What_depends_on_the_caller_or_has_failed_is_not_kept()
    {
        using HttpResponseMessage own = await GetAsync(Greet, request => request.Headers.Authorization = new("Bearer", "anna"));
        Assert.Equal((HttpStatusCode.OK, "no-store"), (own.StatusCode, own.Headers.CacheControl!.ToString()));
        using HttpResponseMessage failed = await GetAsync(Failing);
        Assert.Equal((HttpStatusCode.OK, "no-store"), (failed.StatusCode, failed.Headers.CacheControl!.ToString()));
        using HttpResponseMessage posted = await host.PostAsync(new { documentId = StoredDocuments.IdOf(Greet) });
        Assert.Equal((HttpStatusCode.OK, "no-store"), (posted.StatusCode, posted.Headers.CacheControl!.ToString()));
        using HttpResponseMessage unknown = await host.Client.GetAsync("/graphql?documentId=sha256:" + new string('0', 64));
        Assert.Equal((HttpStatusCode.BadRequest, "no-store"), (unknown.StatusCode, unknown.Headers.CacheControl!.ToString()));
    }

    [Fact]
    [Trait("attack", "P08")]
    public async Task A_stored_document_is_limited_like_any_other()
    {
        using HttpResponseMessage response = await GetAsync(Many, variables: """{"n":51}""");
        JsonElement answer = await response.JsonAsync();
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_VALUE"), (response.StatusCode, answer.Code()));
    }

    [Fact]
    [Trait("attack", "P07")]
    public async Task Nobody_adds_a_document_by_asking()
    {
        string hash = StoredDocuments.IdOf("{ language }")["sha256:".Length..];
        var register = new { query = "{ language }", extensions = new { persistedQuery = new { version = 1, sha256Hash = hash } } };
        await host.PostAsync(register).RefusedAsync(HttpStatusCode.BadRequest, "DOCUMENT_NOT_TRUSTED");
        await host.PostAsync(new { register.extensions }).RefusedAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");
        await host.PostAsync(new { documentId = "sha256:" + hash }).RefusedAsync(HttpStatusCode.BadRequest, "DOCUMENT_NOT_FOUND");
    }

    private Task<HttpResponseMessage> GetAsync(string text, Action<HttpRequestMessage>? change = null, string variables = "{}")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/graphql?documentId={StoredDocuments.IdOf(text)}&variables={Uri.EscapeDataString(variables)}");
        request.Headers.Add("Accept", "application/graphql-response+json");
        change?.Invoke(request);
        return host.Client.SendAsync(request);
    }
}

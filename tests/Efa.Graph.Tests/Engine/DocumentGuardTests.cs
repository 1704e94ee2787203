using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Efa.Graph.Engine.Documents;
using Efa.Graph.Engine.Errors;

namespace Efa.Graph.Tests.Engine;

public sealed class DocumentGuardTests(ToyshopFixture toyshop) : IClassFixture<ToyshopFixture>
{
    private static readonly GuardedDocumentBuilder Guard = new(new Limits());

    public static TheoryData<string, string> TooMuch => new()
    {
        { "characters", "{hello}" + new string(',', 16_384 - 6) },
        { "tokens", "{" + Repeat("hello ", 2_000) + "}" },
        { "levels of fields", "{node(id:1){" + Repeat("self{", 14) + "id" + Repeat("}", 14) + "}}" },
        { "aliases", "{node(id:1){" + string.Concat(Enumerable.Range(0, 31).Select(i => $"a{i}:id ")) + "}}" },
        { "directives", "{hello " + Repeat("@x ", 21) + "}" },
        { "root fields", "{" + Repeat("hello ", 11) + "}" },
        { "definitions", "{hello}" + string.Concat(Enumerable.Range(0, 20).Select(i => $" fragment f{i} on Query{{hello}}")) },
        { "variables", "query(" + string.Concat(Enumerable.Range(0, 51).Select(i => $"$v{i}:Int ")) + "){hello}" },
        { "fields, fragments expanded", "{node(id:1){" + Repeat("id ", 500) + "}}" },
        { "entries in a list", "{price(of:[" + Repeat("{} ", 251) + "])}" },
        { "introspection fields", "{a:__schema{types{name}} b:__schema{types{name}} c:__schema{types{name}} d:__schema{types{name}}}" },
        { "nested lists of introspection", "{__schema{types{fields{type{fields{type{fields{name}}}}}}}}" },
        { "levels deep", "{hello(name:" + Repeat("[", 70) + Repeat("]", 70) + ")}" },
    };

    [Theory]
    [MemberData(nameof(TooMuch))]
    [Trait("attack", "Z05")]
    public async Task What_no_honest_document_needs_is_refused_with_the_limit_in_words(string what, string document)
    {
        using HttpResponseMessage response = await toyshop.Host.PostAsync(new { query = document });
        JsonElement answer = await response.JsonAsync();

        Assert.Equal((HttpStatusCode.BadRequest, "LIMIT_EXCEEDED"), (response.StatusCode, answer.Code()));
        Assert.Contains(what, answer.Error().GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(answer.TryGetProperty("data", out _));
    }

    [Theory]
    [MemberData(nameof(TooMuch))]
    public async Task What_is_beyond_a_limit_is_refused_in_less_than_50_ms(string what, string document)
    {
        var times = new List<TimeSpan>();
        // Some to be warm, and of the others the median: a busy machine delays single ones.
        for (int i = 0; i < 15; i++)
        {
            long began = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await toyshop.Host.PostAsync(new { query = document });
            string answer = await response.Content.ReadAsStringAsync();
            times.Add(Stopwatch.GetElapsedTime(began));
            Assert.Contains("\"LIMIT_EXCEEDED\"", answer, StringComparison.Ordinal);
            Assert.Contains(what, answer, StringComparison.Ordinal);
        }
        Assert.InRange(times.Skip(5).Order().ElementAt(5), TimeSpan.Zero, TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void At_its_limit_a_document_passes()
    {
        Assert.NotNull(Guard.Build("{node(id:1){" + Repeat("self{", 13) + "id" + Repeat("}", 13) + "}}"));
        Assert.NotNull(Guard.Build("{node(id:1){" + Repeat("id ", 499) + "}}"));
        Assert.NotNull(Guard.Build("{" + string.Concat(Enumerable.Range(0, 10).Select(i => $"a{i}:hello ")) + "}"));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("...missing")]
    public void Fragments_that_double_are_counted_and_not_expanded(string innermost)
    {
        string document = "{node(id:1){...f0}}" + string.Concat(Enumerable.Range(0, 18).Select(i => $" fragment f{i} on Node{{...f{i + 1} ...f{i + 1}}}"))
            + $" fragment f18 on Node{{{innermost}}}";

        var clock = Stopwatch.StartNew();
        RequestError refusal = Assert.Throws<RequestError>(() => Guard.Build(document));

        Assert.Equal(RequestErrors.LimitExceeded, refusal.Kind);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 500);
    }

    [Fact]
    public void A_fragment_that_spreads_itself_is_refused()
    {
        RequestError refusal = Assert.Throws<RequestError>(() => Guard.Build("{node(id:1){...a}} fragment a on Node{self{...b}} fragment b on Node{...a}"));
        Assert.Equal((RequestErrors.InvalidDocument, "Fragment 'a' spreads itself."), (refusal.Kind, refusal.Message));
    }

    [Fact]
    public async Task Code_generators_get_the_schema_by_the_usual_introspection()
    {
        string introspection = """
            query IntrospectionQuery { __schema { description queryType { name kind } mutationType { name kind } subscriptionType { name kind }
              types { ...FullType } directives { name description locations args { ...InputValue } } } }
            fragment FullType on __Type { kind name description
              fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
              inputFields { ...InputValue } interfaces { ...TypeRef }
              enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
            fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
            fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
              ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }
            """;

        JsonElement answer = await toyshop.Host.AskAsync(introspection);

        Assert.Equal("Query", answer.GetProperty("data").GetProperty("__schema").GetProperty("queryType").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1_000_000)]
    [InlineData(101)]
    [Trait("attack", "D44")]
    public async Task Page_sizes_are_1_to_100_also_for_a_document_that_was_good_before(int size)
    {
        const string Query = "query($n: Int) { page: offers(first: $n) { id } }";
        Assert.False((await toyshop.Host.AskAsync(Query, new { n = 100 })).TryGetProperty("errors", out _));

        JsonElement answer = await toyshop.Host.AskAsync(Query, new { n = size });

        Assert.Equal("INVALID_VALUE", answer.Code());
        Assert.Equal(("""["page","first"]""", "1..100"), (answer.Extension("path"), answer.Extension("expected")));
    }

    [Fact]
    public async Task A_page_has_one_direction()
    {
        JsonElement answer = await toyshop.Host.AskAsync("{ offers(first: 1, last: 1) { id } }");
        Assert.Equal(("INVALID_VALUE", """["offers","last"]"""), (answer.Code(), answer.Extension("path")));
    }

    [Fact]
    public async Task Types_cannot_be_defined_in_a_document_to_execute()
    {
        JsonElement answer = await toyshop.Host.AskAsync("{ hello } type Query { hello: String }");
        Assert.Equal(("INVALID_DOCUMENT", "Only operations and fragments can be executed."), (answer.Code(), answer.Error().GetProperty("message").GetString()));
    }

    [Fact]
    public void The_least_recently_used_documents_leave_the_cache_first()
    {
        var cache = new DocumentCache(new Limits { CachedDocuments = 2, CachedChars = 20 });
        cache.Keep("{a}", Guard.Build("{a}"));
        cache.Keep("{b}", Guard.Build("{b}"));
        Assert.NotNull(cache.Find("{a}"));
        cache.Keep("{c}", Guard.Build("{c}"));
        Assert.Null(cache.Find("{b}"));
        Assert.NotNull(cache.Find("{a}"));

        cache.Keep("{ddddddddddddddddd}", Guard.Build("{ddddddddddddddddd}"));
        Assert.Null(cache.Find("{a}"));
        Assert.Null(cache.Find("{c}"));
        Assert.NotNull(cache.Find("{ddddddddddddddddd}"));
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}

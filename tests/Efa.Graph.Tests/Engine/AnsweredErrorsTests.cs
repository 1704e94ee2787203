using System.Net;
using System.Text.Json;
using Efa.Graph.Engine.Errors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Efa.Graph.Tests.Engine;

public sealed class AnsweredErrorsTests(ToyshopFixture toyshop) : IClassFixture<ToyshopFixture>
{
    private const string ExpectedAmount = "an amount with at most 2 decimals";

    [Theory]
    [InlineData("""{ d: double(amount: "1.234") }""", """["d","amount"]""")]
    [InlineData("""{ price(of: [{ offerId: "1" }, { offerId: "2", amount: "x" }]) }""", """["price","of",1,"amount"]""")]
    [InlineData("""{ price(of: { offerId: "2", amounts: ["1", "2", "3.333"] }) }""", """["price","of","amounts",2]""")]
    [InlineData("""query($a: Amount = "1.234") { price(of: [{ offerId: "2", amount: $a }]) }""", """["variables","a"]""")]
    [InlineData("""query { ...q } fragment q on Query { x: double(amount: "1e3") }""", """["x","amount"]""")]
    public async Task A_wrong_value_in_the_text_is_shown_with_its_path_and_what_was_expected(string query, string path)
    {
        JsonElement answer = await toyshop.Host.AskAsync(query);
        Assert.Equal(("INVALID_VALUE", path, ExpectedAmount), (answer.Code(), answer.Extension("path"), answer.Extension("expected")));
        Assert.False(answer.TryGetProperty("data", out _));
    }

    [Theory]
    [InlineData("query($a: Amount!) { double(amount: $a) }", """{"a":"1.234"}""", """["variables","a"]""", ExpectedAmount)]
    [InlineData("query($i: OrderInput!) { price(of: [$i]) }", """{"i":{"offerId":"1","amount":"x"}}""", """["variables","i","amount"]""", ExpectedAmount)]
    [InlineData("query($i: [OrderInput]) { price(of: $i) }", """{"i":[{"offerId":"1"},{"offerId":"1","amounts":["1","x"]}]}""", """["variables","i",1,"amounts",1]""", ExpectedAmount)]
    [InlineData("query($i: [OrderInput]) { price(of: $i) }", """{"i":[{"offerId":"1","state":"GONE"}]}""", """["variables","i",0,"state"]""", "State")]
    [InlineData("query($n: Int) { offers(first: $n) { id } }", """{"n":"5"}""", """["variables","n"]""", "Int")]
    [InlineData("query($n: ID!) { node(id: $n) { id } }", """{"n":{"a":1}}""", """["variables","n"]""", "ID!")]
    [InlineData("query($i: OrderInput!) { price(of: [$i]) }", """{"i":{}}""", """["variables","i","offerId"]""", "String!")]
    [InlineData("query($i: OrderInput!) { price(of: [$i]) }", "{}", """["variables","i"]""", "OrderInput!")]
    [Trait("attack", "V24"), Trait("attack", "V25")]
    public async Task A_wrong_variable_is_shown_with_its_path_and_what_was_expected(string query, string variables, string path, string expected)
    {
        JsonElement answer = await toyshop.Host.AskAsync(query, JsonDocument.Parse(variables).RootElement);
        Assert.Equal(("INVALID_VALUE", path, expected), (answer.Code(), answer.Extension("path"), answer.Extension("expected")));
        Assert.DoesNotContain("System.", answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_input_field_is_named()
    {
        JsonElement answer = await toyshop.Host.AskAsync("query($i: OrderInput!) { price(of: [$i]) }", new { i = new { offerId = "1", price = 2 } });
        Assert.Equal("Variable '$i' is invalid. Unrecognized input fields 'price' for type 'OrderInput'.", answer.Error().GetProperty("message").GetString());
    }

    [Fact]
    public async Task Nothing_of_an_unforeseen_failure_is_told_but_the_trace_under_which_it_is_logged_once()
    {
        JsonElement answer = await toyshop.Host.AskAsync("{ hello boom }");

        Assert.Equal("Grüß Gott, wer auch immer", answer.GetProperty("data").GetProperty("hello").GetString());
        Assert.Equal(("INTERNAL", "Something went wrong on the server."), (answer.Code(), answer.Error().GetProperty("message").GetString()));
        Assert.Equal(["code", "traceId"], answer.Error().GetProperty("extensions").EnumerateObject().Select(p => p.Name));
        string logged = Assert.Single(toyshop.Host.Log.Errors, e => e.Contains(answer.Extension("traceId"), StringComparison.Ordinal));
        Assert.Contains("Query.boom", logged, StringComparison.Ordinal);
        Assert.Contains("SELECT secret FROM Vault", logged, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outage_is_503_and_names_no_host()
    {
        using HttpResponseMessage response = await toyshop.Host.PostAsync(new { query = "{ down }" });
        string body = await response.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (response.StatusCode, response.Headers.RetryAfter!.Delta));
        Assert.Equal("UNAVAILABLE", JsonDocument.Parse(body).RootElement.Code());
        Assert.DoesNotContain("db.internal", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_never_wins_a_conflict_is_told_to_ask_again() =>
        Assert.Same(RequestErrors.Unavailable, new AnsweredErrors(NullLogger<AnsweredErrors>.Instance).Hidden(new DbUpdateConcurrencyException(), "Mutation.reportUsage").Kind);

    [Fact]
    public async Task At_most_5_errors_of_200_characters_are_answered()
    {
        JsonElement answer = await toyshop.Host.AskAsync("{node(id:1){" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{new string('z', 300)}{i} ")) + "}}");

        Assert.Equal(5, answer.GetProperty("errors").GetArrayLength());
        Assert.All(answer.GetProperty("errors").EnumerateArray(), e => Assert.Equal(200, e.GetProperty("message").GetString()!.Length));
    }

    [Fact]
    public async Task A_field_that_is_denied_is_null_and_the_rest_is_answered()
    {
        using HttpResponseMessage response = await toyshop.Host.PostAsync(new { query = "{ viewer { id } hello }" });
        JsonElement answer = await response.JsonAsync();

        Assert.Equal((HttpStatusCode.OK, "UNAUTHENTICATED", """["viewer"]"""), (response.StatusCode, answer.Code(), answer.Error().GetProperty("path").ToString()));
        Assert.Equal("""{"viewer":null,"hello":"Grüß Gott, wer auch immer"}""", answer.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task Where_nothing_is_left_to_answer_the_status_says_why()
    {
        using HttpResponseMessage response = await toyshop.Host.PostAsync(new { query = "{ viewer { id } again: viewer { id } }" });

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal(JsonValueKind.Null, (await response.JsonAsync()).GetProperty("data").ValueKind);
    }

    [Fact]
    public async Task A_field_deep_inside_can_be_forbidden_and_the_answer_stays_200()
    {
        using HttpResponseMessage response = await toyshop.Host.PostAsync(new { query = "{ node(id: 1) { id secret } }" });
        JsonElement answer = await response.JsonAsync();

        Assert.Equal((HttpStatusCode.OK, "FORBIDDEN", """["node","secret"]"""), (response.StatusCode, answer.Code(), answer.Error().GetProperty("path").ToString()));
    }

    [Fact]
    public async Task What_takes_too_long_is_given_up()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings: ("Limits:ExecutionSeconds", "0.2"));
        await host.PostAsync(new { query = "{ slow }" }).RefusedAsync(HttpStatusCode.GatewayTimeout, "TIMEOUT");
    }

    [Fact]
    public void Codes_are_upper_snake_and_each_stands_once()
    {
        Assert.All(RequestErrors.All, c => Assert.Matches("^[A-Z]+(_[A-Z]+)*$", c.Name));
        Assert.Equal(RequestErrors.All.Count, RequestErrors.All.DistinctBy(c => c.Name).Count());
        Assert.All(RequestErrors.All, c => Assert.Same(c, RequestErrors.Named(c.Name)));
        Assert.Equal(
            RequestErrors.All.Select(c => c.Name).Order(),
            typeof(RequestErrors).GetFields().Select(f => f.GetValue(null)).OfType<RequestErrorCode>().Select(c => c.Name).Order());
    }
}

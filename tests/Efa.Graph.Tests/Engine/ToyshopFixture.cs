using System.Net;
using System.Text.Json;

namespace Efa.Graph.Tests.Engine;

/// <summary>One running toyshop for all tests of a class.</summary>
public sealed class ToyshopFixture : IAsyncLifetime
{
    internal ToyshopHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await ToyshopHost.StartAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();
}

/// <summary>What tests read out of answers.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    public static JsonElement Error(this JsonElement answer) => answer.GetProperty("errors")[0];

    public static string Code(this JsonElement answer) => answer.Error().GetProperty("extensions").GetProperty("code").GetString()!;

    public static string Extension(this JsonElement answer, string name) => answer.Error().GetProperty("extensions").GetProperty(name).ToString();

    public static async Task RefusedAsync(this Task<HttpResponseMessage> sent, HttpStatusCode status, string code)
    {
        using HttpResponseMessage response = await sent;
        JsonElement answer = await response.JsonAsync();
        Assert.Equal((status, code), (response.StatusCode, answer.Code()));
        Assert.False(answer.TryGetProperty("data", out _));
    }
}

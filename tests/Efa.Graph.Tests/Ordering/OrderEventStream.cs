using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Efa.Graph.Tests.Ordering;

/// <summary>A client of server-sent events with one subscription.</summary>
internal sealed class OrderEventStream : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly HttpResponseMessage response;
    private readonly StreamReader lines;

    // Goes on where a wait for it was given up.
    private Task<string?>? reading;
    private string? data;

    private OrderEventStream(HttpResponseMessage response, Stream body) => (this.response, lines) = (response, new StreamReader(body));

    /// <summary>What a browser would send as Last-Event-ID.</summary>
    public string? LastEventId { get; private set; }

    public static async Task<OrderEventStream> SubscribeAsync(HttpClient client, string token, string query, object? variables, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new OrderEventStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event of the subscription.</summary>
    public async Task<JsonElement> NextAsync()
    {
        JsonElement answer = await AnswerAsync();
        Assert.False(answer.TryGetProperty("errors", out _), answer.ToString());
        return answer.GetProperty("data").GetProperty("orderStatusChanged");
    }

    /// <summary>The next answer, with its errors.</summary>
    public async Task<JsonElement> AnswerAsync() => await AnswerAsync(Longest) ?? throw new TimeoutException("No event came.");

    /// <summary>The next answer; null where none comes in time.</summary>
    public async Task<JsonElement?> AnswerAsync(TimeSpan longest)
    {
        using var limit = new CancellationTokenSource(longest);
        try
        {
            while (await (reading ??= lines.ReadLineAsync()).WaitAsync(limit.Token) is { } line)
            {
                reading = null;
                if (line.StartsWith("id: ", StringComparison.Ordinal)) LastEventId = line[4..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
                else if (line.Length == 0 && Interlocked.Exchange(ref data, null) is { } whole) return JsonDocument.Parse(whole).RootElement;
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        throw new InvalidOperationException("The stream has ended.");
    }

    public ValueTask DisposeAsync()
    {
        lines.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}

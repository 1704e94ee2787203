using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;

namespace Efa.Graph.Benchmarks;

/// <summary>What a rate did to the server: latencies of what was accepted, in ms and in order, and how much was refused or failed.</summary>
internal sealed record LoadResult(double Rate, double[] Accepted, int Refused, int Failed, double SlowestRefusal)
{
    public double P50 => At(0.5);

    public double P99 => At(0.99);

    public override string ToString() => $"{Rate,7:N0}/s: {Accepted.Length:N0} accepted, p50 {P50:N0} ms, p99 {P99:N0} ms; {Refused:N0} refused, {Failed:N0} failed";

    private double At(double part) => Accepted.Length == 0 ? double.PositiveInfinity : Accepted[(int)Math.Min(Accepted.Length * part, Accepted.Length - 1)];
}

/// <summary>Sends at a rate and not as fast as answers come: who is slow gets no fewer requests. Latency counts from when a request was due.</summary>
internal sealed class OpenLoop(HttpClient client, Func<int, object> request)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    public async Task<LoadResult> RunAsync(double rate, TimeSpan length)
    {
        var accepted = new ConcurrentQueue<double>();
        var refused = new ConcurrentQueue<double>();
        int failed = 0, sent = 0;
        var running = new ConcurrentDictionary<int, Task>();
        long began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Tick);
        while (Stopwatch.GetElapsedTime(began) < length)
        {
            int due = (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * rate);
            for (; sent < due; sent++)
            {
                int number = sent;
                running[number] = SendAsync(number, began + (long)(number / rate * Stopwatch.Frequency));
            }
            await timer.WaitForNextTickAsync();
        }
        await Task.WhenAll(running.Values);
        return new LoadResult(rate, [.. accepted.Order()], refused.Count, failed, refused.DefaultIfEmpty(0).Max());

        async Task SendAsync(int number, long due)
        {
            await Task.Yield();
            try
            {
                using var message = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(request(number)) };
                // With this media type an answer of errors alone is no 200.
                message.Headers.Accept.Add(new("application/graphql-response+json"));
                using HttpResponseMessage response = await client.SendAsync(message);
                await response.Content.ReadAsByteArrayAsync();
                double taken = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
                if (response.StatusCode == HttpStatusCode.OK) accepted.Enqueue(taken);
                else if (response.StatusCode == HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null) refused.Enqueue(taken);
                else Interlocked.Increment(ref failed);
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or IOException)
            {
                Interlocked.Increment(ref failed);
            }
            running.TryRemove(number, out _);
        }
    }
}

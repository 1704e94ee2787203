namespace Efa.Graph.Tests.Crash;

/// <summary>Who sends ever new documents fills no memory with them.</summary>
[Collection(QuietCollection.Name)]
public sealed class DocumentMemoryTests
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    [Trait("attack", "D43")]
    public async Task Ten_thousand_different_documents_take_less_than_50_MB()
    {
        await using var server = new KilledServer();
        await server.StartAsync();
        // As many as are kept, so that what comes then is what those cost that are not.
        await AskAsync(0, 2_000);
        long before = server.Memory;

        await AskAsync(2_000, 12_000);

        Assert.InRange(server.Memory - before, -1_000L * Megabyte, 50L * Megabyte);

        Task AskAsync(int from, int to) => Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (int i = from + worker; i < to; i += 4) await server.AskAsync($"{{ q: __typename a{i}: __typename }}", new { });
        })));
    }
}

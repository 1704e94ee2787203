using Efa.Graph.Engine.Documents;

namespace Efa.Graph.Tests.Cost;

public sealed class PlaceQueueTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task The_newest_is_next_and_the_oldest_is_refused()
    {
        var queue = new PlaceQueue(places: 1, mostWaiting: 2, newestFirst: true);
        Assert.True(await TryAsync(queue));
        Task<bool> oldest = TryAsync(queue), older = TryAsync(queue), newest = TryAsync(queue);

        Assert.False(await oldest);
        queue.Release();
        Assert.True(await newest);
        Assert.False(older.IsCompleted);
        queue.Release();
        Assert.True(await older);
        Assert.Equal((1, 0), (queue.Taken, queue.Waiting));
        queue.Release();
        Assert.Equal(0, queue.Taken);
    }

    [Fact]
    public async Task In_their_order_the_newest_is_refused()
    {
        var queue = new PlaceQueue(places: 1, mostWaiting: 2, newestFirst: false);
        Assert.True(await TryAsync(queue));
        Task<bool> first = TryAsync(queue), second = TryAsync(queue);

        Assert.False(await TryAsync(queue));
        queue.Release();
        Assert.True(await first);
        Assert.False(second.IsCompleted);
        queue.Release();
        Assert.True(await second);
    }

    [Fact]
    public async Task Who_waits_as_long_as_it_takes_is_served_in_turns_with_the_others()
    {
        var queue = new PlaceQueue(places: 1, mostWaiting: 9, newestFirst: true);
        Assert.True(await TryAsync(queue));
        Task patient = queue.WaitAsync(CancellationToken.None);
        Task<bool>[] others = [TryAsync(queue), TryAsync(queue), TryAsync(queue)];

        queue.Release();
        Assert.True(await others[2]);
        Assert.False(patient.IsCompleted);
        queue.Release();
        await patient;
        queue.Release();
        Assert.True(await others[1]);
        Assert.False(others[0].IsCompleted);
    }

    [Fact]
    public async Task Who_leaves_keeps_no_place()
    {
        var queue = new PlaceQueue(places: 1, mostWaiting: 9, newestFirst: true);
        Assert.True(await TryAsync(queue));
        using var leaving = new CancellationTokenSource();
        Task<bool> impatient = queue.TryAsync(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        Task<bool> other = queue.TryAsync(Long, leaving.Token);
        Task patient = queue.WaitAsync(leaving.Token);

        Assert.False(await impatient);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => patient);
        Assert.Equal((1, 0), (queue.Taken, queue.Waiting));
        queue.Release();
        Assert.Equal(0, queue.Taken);
    }

    [Fact]
    public async Task Whoever_comes_and_goes_no_place_is_lost_and_none_is_given_twice()
    {
        var queue = new PlaceQueue(places: 3, mostWaiting: 20, newestFirst: true);
        int inside = 0, served = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (int i = 0; i < 300; i++)
            {
                using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(1, 20)));
                try
                {
                    if (worker % 4 == 0) await queue.WaitAsync(leaving.Token);
                    else if (!await queue.TryAsync(TimeSpan.FromMilliseconds(random.Next(1, 20)), leaving.Token)) continue;
                }
                catch (OperationCanceledException)
                {
                    continue;
                }
                Assert.InRange(Interlocked.Increment(ref inside), 1, 3);
                Interlocked.Increment(ref served);
                await Task.Delay(random.Next(3));
                Interlocked.Decrement(ref inside);
                queue.Release();
            }
        })));
        Assert.True(served > 100, $"{served} were served.");
        Assert.Equal((0, 0), (queue.Taken, queue.Waiting));
    }

    private static Task<bool> TryAsync(PlaceQueue queue) => queue.TryAsync(Long, CancellationToken.None);
}

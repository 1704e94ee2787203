using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Efa.Graph.Tests.Billing;

public sealed class BillingScheduleTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Two_nodes_begin_each_run_of_a_day_once(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        BillingSchedule one = Schedule(story, "02-15"), other = Schedule(story, "02-15");

        IReadOnlyList<Guid>[] begun = await Task.WhenAll(one.BeginDueAsync(CancellationToken.None), other.BeginDueAsync(CancellationToken.None));
        Assert.Empty(await story.Store.UnchangedAsync(() => one.BeginDueAsync(CancellationToken.None)));

        // Two sellers, and of each this year and the one before.
        List<BillingRun> runs = await story.Store.ReadAsync(context => context.BillingRunsVisibleTo(Caller.System).ToListAsync());
        Assert.Equal(4, runs.Count);
        Assert.Equal(runs.Select(r => r.Id).Order(), begun.SelectMany(b => b).Distinct().Order());
        Assert.Equal(4, await story.Store.ReadAsync(context => context.Set<Job>().CountAsync()));
        Assert.All(runs, r => Assert.Equal((new DateOnly(2026, 2, 15), new DateOnly(2026, 3, 17)), (r.IssueOn, r.DueOn)));
        Assert.Equal([2025, 2026], runs.Where(r => r.SellerId == story.Organisation(SmallMarket.Govdigital)).Select(r => r.Year).Order());

        foreach (BillingRun run in runs) await story.Store.Get<BillingRunJob>().RunAsync(run.Id, CancellationToken.None);
        Assert.Equal(12_320.55m, Assert.Single(await story.InvoicesAsync()).Net);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_day_that_was_missed_is_made_up_for_within_a_week(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);

        Assert.Empty(await Schedule(story, "02-08", "02-16").BeginDueAsync(CancellationToken.None));
        Assert.Equal(4, (await Schedule(story, "02-09").BeginDueAsync(CancellationToken.None)).Count);

        // Another node, a day later: the key is taken, whatever the date of issue would be now.
        story.Store.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await story.Store.UnchangedAsync(() => Schedule(story, "02-09").BeginDueAsync(CancellationToken.None)));
    }

    [Theory]
    [InlineData("2026-02-15", 7, "2026-02-15")]
    [InlineData("2026-02-21", 7, "2026-02-15")]
    [InlineData("2026-02-22", 7, "")]
    [InlineData("2027-01-03", 7, "2026-12-30")]
    public void Days_are_those_up_to_today(string today, int days, string expected) =>
        Assert.Equal(expected, string.Join(' ', new BillingOptions { Schedule = ["12-30", "02-15"] }.DaysUpTo(DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture), days).Select(d => d.ToString("O", null))));

    [Theory]
    [InlineData("2-15")]
    [InlineData("02-30")]
    [InlineData("02-29")]
    [InlineData("15.02.")]
    [InlineData("")]
    public void A_day_that_not_every_year_has_is_refused(string day) => Assert.NotNull(new BillingOptions { Schedule = ["02-15", day] }.Problem());

    private static BillingSchedule Schedule(MarketStory story, params string[] days)
    {
        MarketStore store = story.Store;
        return new BillingSchedule(new BillingOptions { Schedule = days }, store.Runner, store.Contexts, store.Get<JobSignal>(), store.Get<TimeProvider>(), NullLogger<BillingSchedule>.Instance);
    }
}

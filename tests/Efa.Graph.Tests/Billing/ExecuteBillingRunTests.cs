using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Billing;

public sealed class ExecuteBillingRunTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_run_is_begun_with_its_job_and_once_for_a_key(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        ExecuteBillingRun.Input input = Input(story);

        OperationResult begun = await CallAsync(story, input, key: "run");
        OperationResult again = await story.Store.UnchangedAsync(() => CallAsync(story, input, key: "run"));

        Assert.Equal(begun.Subject, again.Subject);
        BillingRun run = await story.RunAsync(begun.Subject!.Value);
        Assert.Equal((BillingRunState.Running, 2026, (int?)null, 0, (DateTimeOffset?)null), (run.State, run.Year, run.OrdersTotal, run.OrdersDone, run.FinishedAt));
        Job job = await story.Store.ReadAsync(context => context.Set<Job>().SingleAsync());
        Assert.Equal((BillingRunJob.JobKind, run.Id, JobState.Waiting), (job.Kind, job.SubjectId, job.State));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Only_the_seller_bills(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        foreach (Caller caller in new[] { story.As(SmallMarket.Fitko), story.As(SmallMarket.Aachen), story.As(SmallMarket.Wismar) with { IsOperator = true } })
            Assert.Equal([OrganisationRole.Seller], Assert.IsType<PermissionDenied>(await RefusedAsync(story, Input(story), caller)).RequiredRoles);

        var scope = Assert.IsType<PermissionDenied>(await RefusedAsync(story, Input(story), story.As(SmallMarket.Govdigital, "invoices:read")));
        Assert.Equal("billing:write", scope.RequiredScope);
        Assert.IsType<PermissionDenied>(await RefusedAsync(story, Input(story) with { SellerId = story.Organisation(SmallMarket.Aachen) }, story.As(SmallMarket.Aachen)));
        Assert.Equal(["input", "sellerId"], Assert.IsType<NotFound>(await RefusedAsync(story, Input(story) with { SellerId = Guid.NewGuid() })).Path);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    [Trait("attack", "B15")]
    public async Task Year_and_days_have_bounds(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        ExecuteBillingRun.Input input = Input(story);

        Assert.Equal(BillingRefusals.YearOutOfRange, (await RefusedAsync(story, input with { Year = 2019 })).Code);
        Assert.Equal(BillingRefusals.YearOutOfRange, (await RefusedAsync(story, input with { Year = 2027 })).Code);
        Assert.Equal(BillingRefusals.IssueOutOfRange, (await RefusedAsync(story, input with { IssueOn = new DateOnly(2026, 2, 14) })).Code);
        Refusal late = await RefusedAsync(story, input with { IssueOn = new DateOnly(2028, 1, 1), DueOn = new DateOnly(2028, 1, 1) });
        Assert.Equal((BillingRefusals.IssueOutOfRange, "2027-12-31"), (late.Code, Assert.Single(late.Values)));
        Assert.Equal(BillingRefusals.DueBeforeIssue, (await RefusedAsync(story, input with { DueOn = new DateOnly(2026, 2, 14) })).Code);
        Assert.Empty((await CallAsync(story, input with { Year = 2020, IssueOn = new DateOnly(2027, 12, 31), DueOn = new DateOnly(2027, 12, 31) })).Refusals);
    }

    private static ExecuteBillingRun.Input Input(MarketStory story) =>
        new(story.Organisation(SmallMarket.Govdigital), 2026, new DateOnly(2026, 2, 15), new DateOnly(2026, 3, 15));

    private static Task<OperationResult> CallAsync(MarketStory story, ExecuteBillingRun.Input input, Caller? caller = null, string? key = null) =>
        story.Store.Runner.RunAsync(new ExecuteBillingRun(), input, caller ?? story.As(SmallMarket.Govdigital), key ?? Guid.NewGuid().ToString(), CancellationToken.None);

    private static async Task<Refusal> RefusedAsync(MarketStory story, ExecuteBillingRun.Input input, Caller? caller = null) =>
        Assert.Single((await story.Store.UnchangedAsync(() => CallAsync(story, input, caller))).Refusals);
}

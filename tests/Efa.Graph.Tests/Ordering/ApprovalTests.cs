using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Ordering;

public sealed class ApprovalTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1000.00", 0)]
    [InlineData("1000.01", 1)]
    [InlineData("50000", 1)]
    [InlineData("50000.01", 3)]
    public void Of_the_rules_that_an_order_falls_under_the_one_with_most_approvals_holds(string amount, int needed) =>
        Assert.Equal(needed, ApprovalRule.Needed([new(50_000m, 3), new(1_000m, 1)], decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void A_rule_without_amount_holds_for_all() => Assert.Equal(1, ApprovalRule.Needed([new(null, 1)], 0m));

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    [Trait("attack", "B18"), Trait("attack", "Z21")]
    public async Task An_order_binds_with_the_last_approval_by_others(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        // 12,000.00 from the 15th of February on by the day and 1,800.00 once, with 19 %, are 14,661.45.
        await story.SetRulesAsync(new ApprovalRule(14_661.45m, 3), new ApprovalRule(14_661.44m, 2));
        Order order = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        Assert.Equal((OrderState.AwaitingApproval, 2, null, null), (order.State, order.ApprovalsNeeded, order.Number, order.PlacedAt));

        await ApproveAsync("second");
        Assert.Equal((OrderState.AwaitingApproval, null), (order.State, order.Number));
        foreach (string again in new[] { "client-aachen", "second" })
        {
            OperationResult refused = await story.Store.UnchangedAsync(() => story.TakeAsync(OrderTransitions.Approve, order, story.As(SmallMarket.Aachen) with { Id = again }));
            Assert.Equal(OrderingRefusals.ApproverNotAnother, Assert.Single(refused.Refusals).Code);
        }
        story.Store.Clock.Advance(TimeSpan.FromDays(1));
        await ApproveAsync("third");

        Assert.Equal((OrderState.Placed, "GD-2026-000001"), (order.State, order.Number));
        Assert.Equal(story.Store.Clock.GetUtcNow(), order.PlacedAt);
        Assert.Equal(["second", "third"], order.Approvals.Select(a => a.Actor));
        Assert.Equal(order.PlacedAt, order.KeptEligibility()!.CheckedAt);

        async Task ApproveAsync(string who)
        {
            Assert.Empty((await story.TakeAsync(OrderTransitions.Approve, order, story.As(SmallMarket.Aachen) with { Id = who })).Refusals);
            order = await story.OrderAsync(order.Id);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_coordinated_order_is_measured_by_its_agreed_fees(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.SetRulesAsync(new ApprovalRule(13_799.99m, 1));
        Order order = await story.OrderInAsync(OrderState.TermsAgreed);

        Assert.Empty((await story.TakeAsync(OrderTransitions.PlaceCoordinated, order)).Refusals);

        order = await story.OrderAsync(order.Id);
        Assert.Equal((OrderState.AwaitingApproval, null), (order.State, order.Number));
        Assert.Empty((await story.TakeAsync(OrderTransitions.Approve, order, story.As(SmallMarket.Aachen) with { Id = "second" })).Refusals);
        Assert.Equal("GD-2026-000001", (await story.OrderAsync(order.Id)).Number);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task No_approval_binds_after_the_offer_was_suspended(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.SetRulesAsync(new ApprovalRule(null, 1));
        var waiting = new List<Order>();
        for (int i = 0; i < 20; i++) waiting.Add(await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen));
        Guid offer = waiting[0].OfferId;
        int version = await story.Store.ReadAsync(context => context.OffersVisibleTo(Caller.System).Where(o => o.Id == offer).Select(o => o.Version).SingleAsync());

        Task<OperationResult>[] approvals = [.. waiting.Select(o => Task.Run(() => story.TakeAsync(OrderTransitions.Approve, o, story.As(SmallMarket.Aachen) with { Id = "second" })))];
        // In the midst of them.
        await Task.WhenAny(approvals);
        await story.DoAsync(new SuspendOffer(), new SuspendOffer.Input(offer, version, "Wartung."), story.As(SmallMarket.Supplier));
        OperationResult[] answers = await Task.WhenAll(approvals);

        List<LoggedEvent> log = await story.Store.ReadAsync(context => context.Set<LoggedEvent>().OrderBy(e => e.Position).ToListAsync());
        Assert.Equal("offer.suspended", log[^1].Type);
        Assert.Equal(answers.Count(a => a.Refusals.Count == 0), log.Count(e => e.ToState == "PLACED"));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Rules_are_set_by_the_organisation_itself_with_sound_values(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Guid aachen = story.Organisation(SmallMarket.Aachen);
        var good = new SetApprovalRules.Input(aachen, 0, [new ApprovalRule(null, 1)]);

        Assert.IsType<PermissionDenied>(Assert.Single((await RunAsync(good, SmallMarket.Govdigital)).Refusals));
        Assert.IsType<StaleVersion>(Assert.Single((await RunAsync(good with { ExpectedVersion = 7 }, SmallMarket.Aachen)).Refusals));
        OperationResult bad = await RunAsync(good with { Rules = [new(-1m, 0), new(0.001m, 11), new(0.001m, 1)] }, SmallMarket.Aachen);
        Assert.Equal(
            [
                "DUPLICATE input.rules.2", "AMOUNT_INVALID input.rules.0.amountAbove", "APPROVALS_OUT_OF_RANGE input.rules.0.approvals", "AMOUNT_INVALID input.rules.1.amountAbove",
                "APPROVALS_OUT_OF_RANGE input.rules.1.approvals", "AMOUNT_INVALID input.rules.2.amountAbove",
            ],
            bad.Refusals.Select(r => $"{r.Code.Name} {string.Join('.', r.Path)}"));

        Task<OperationResult> RunAsync(SetApprovalRules.Input input, string who) => story.Store.UnchangedAsync(() =>
            story.Store.Runner.RunAsync(new SetApprovalRules(), input, story.As(who, "organisations:write"), "key", CancellationToken.None));
    }

    [Fact]
    public async Task Over_the_api_a_colleague_approves_and_only_the_organisation_sees_its_rules()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string aachen = trade.Organisation(SmallMarket.Aachen);
        var rules = new { organisationId = aachen, expectedVersion = 0, rules = new object[] { new { amountAbove = "5000.00", approvals = 1 } }, idempotencyKey = "rules" };
        JsonElement set = (await trade.RunAsync("SetApprovalRules", new { input = rules }, SmallMarket.Aachen)).Data.GetProperty("setApprovalRules");
        Assert.Equal("""[{"amountAbove":{"amount":"5000.00"},"approvals":1}]""", set.At("organisation", "approvalRules").ToString());
        const string seen = "query($id: ID!) { organisation(id: $id) { approvalRules { approvals } } }";
        Assert.Equal(JsonValueKind.Null, (await trade.AskAsync(seen, new { id = aachen }, SmallMarket.Govdigital)).Data.At("organisation", "approvalRules").ValueKind);

        JsonElement order = await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        Assert.Equal("AWAITING_APPROVAL", order.GetProperty("state").GetString());
        var input = new { orderId = order.GetProperty("id").GetString(), expectedVersion = 1, idempotencyKey = "approve" };
        JsonElement own = (await trade.RunAsync("ApproveOrder", new { input }, SmallMarket.Aachen)).Data.GetProperty("approveOrder");
        Assert.Equal("APPROVER_NOT_ANOTHER", own.GetProperty("errors")[0].GetProperty("code").GetString());
        JsonElement done = (await trade.RunAsync("ApproveOrder", new { input }, TradeHost.Colleague)).Data.At("approveOrder", "order");
        Assert.Equal(("PLACED", "GD-2026-000001"), (done.GetProperty("state").GetString(), done.GetProperty("number").GetString()));
        Assert.Equal(TradeHost.Colleague, done.GetProperty("approvals")[0].GetProperty("actor").GetString());
    }
}

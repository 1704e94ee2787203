using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using CsCheck;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Events;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Ordering.Contracts;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Concluded = Efa.Marketplace.Ordering.Contracts.Contract;

namespace Efa.Graph.Tests.Ordering;

/// <summary>Random steps by several callers at once on the same orders: whatever they do, the log tells exactly what was acknowledged, and orders are as it says.</summary>
public sealed class RandomStepTests
{
    private const int SharedOrders = 8;
    private const int Callers = 4;

    // Fewer cannot lead through a life of six steps often enough.
    private const int EnoughForAllStates = 2_000;

    private static readonly string[] Orderers = [SmallMarket.Aachen, SmallMarket.Lippe, SmallMarket.Aggregator, SmallMarket.Unreachable];

    private static readonly Gen<Roll> Rolls = Gen.Select(Gen.Int[0, 99], Gen.Int[0, 9_999], Gen.Int[0, 9_999]).Select((dice, order, choice) => new Roll(dice, order, choice));

    /// <summary>How many steps are tried: <c>EFA_GRAPH_STEPS</c>.</summary>
    private static int Steps => Environment.GetEnvironmentVariable("EFA_GRAPH_STEPS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 200;

    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Whatever_is_done_at_once_log_state_numbers_and_evidence_agree(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        // Lippe wants each of its orders approved.
        await story.DoAsync(new SetApprovalRules(), new SetApprovalRules.Input(story.Organisation(SmallMarket.Lippe), 0, [new ApprovalRule(null, 1)]), story.As(SmallMarket.Lippe, "organisations:write"));
        var market = new SharedMarket(story);
        for (int i = 0; i < SharedOrders; i++) await market.BeginAsync(i, i);

        await Rolls.SampleAsync(async roll => await market.StepAsync(roll), iter: Steps, threads: Callers);

        await market.CheckAsync();
        string[] states = [.. Enum.GetValues<OrderState>().Select(ApiName.Of)];
        if (Steps >= EnoughForAllStates) Assert.Equal([], states.Except(await StatesAsync(story)));
        // Had all been refused, nothing would have been tried.
        Assert.True(market.Acknowledged > Steps / 4, $"{market.Acknowledged} of {Steps}");
        Figures.Say($"{Steps} random steps of {Callers} callers on {kind}: {market.Acknowledged} done, the others refused; log, states, numbers and evidence agree");
    }

    private static async Task<string[]> StatesAsync(MarketStory story) =>
        [.. (await story.Store.ReadAsync(context => context.Set<LoggedEvent>().Where(e => e.SubjectKind == IdPrefix.Order).Select(e => e.ToState).Distinct().ToListAsync())).OfType<string>()];

    private sealed record Roll(int Dice, int Order, int Choice);

    /// <summary>The orders that all work on, and what each caller was told to be done.</summary>
    private sealed class SharedMarket(MarketStory story)
    {
        private static readonly OrderState[] Ended = [OrderState.Terminated, OrderState.Withdrawn, OrderState.Rejected, OrderState.Expired];

        private readonly ConcurrentDictionary<int, Guid> orders = new();
        private readonly ConcurrentDictionary<Guid, int> done = new();

        public int Acknowledged => done.Values.Sum();

        /// <summary>Puts a new order into a place: ordered directly, or asked for without obligation.</summary>
        public async Task BeginAsync(int place, int choice)
        {
            string who = Orderers[choice % Orderers.Length];
            Guid[]? users = who != SmallMarket.Aggregator ? null : [story.Organisation(choice % 3 == 0 ? SmallMarket.Pappenheim : SmallMarket.Solnhofen)];
            OperationResult begun = choice / 4 % 2 == 0
                ? await RunAsync(new ExpressInterest(), new ExpressInterest.Input(story.Market.Offers[SmallMarket.Coordinated], story.Organisation(who), users, null), story.As(who))
                : await RunAsync(new PlaceOrder(), await story.InputAsync(SmallMarket.Uses, who, i => i with { UsedByIds = users }), story.As(who));
            if (Acknowledge(begun) is { } id) orders[place] = id;
        }

        public async Task StepAsync(Roll roll)
        {
            int place = roll.Order % SharedOrders;
            if (!orders.TryGetValue(place, out Guid id) || roll.Dice >= 95)
            {
                await BeginAsync(place, roll.Choice);
                return;
            }
            Order order = await story.OrderAsync(id);
            if (Ended.Contains(order.State)) await BeginAsync(place, roll.Choice);
            else if (roll.Dice < 60) await TakeAsync(order, Open(order, awaited: true), roll.Choice);
            else if (roll.Dice < 75) await TakeAsync(order, Open(order, awaited: false), roll.Choice);
            else if (roll.Dice < 85) await TakeAsync(order, Anything(order), roll.Choice);
            else if (roll.Dice < 90) await ReportAsync(order, roll.Choice);
            else await NameContactsAsync(order);
        }

        /// <summary>The log has no gap; each order and contract is as its last event says, has every acknowledged change once, and no other; numbers, receipts and the audit tree fit.</summary>
        public Task CheckAsync() => story.Store.ReadAsync(async context =>
        {
            LoggedEvent[] log = await context.Set<LoggedEvent>().AsNoTracking().OrderBy(e => e.Position).ToArrayAsync();
            Assert.Equal(Enumerable.Range(1, log.Length).Select(p => (long)p), log.Select(e => e.Position));
            Order[] all = await context.OrdersVisibleTo(Caller.System).ToArrayAsync();
            Concluded[] contracts = await context.ContractsVisibleTo(Caller.System).ToArrayAsync();
            ILookup<Guid, LoggedEvent> history = log.ToLookup(e => e.SubjectId);
            foreach (Order order in all)
            {
                LoggedEvent[] events = [.. history[order.Id]];
                Assert.Equal(Enumerable.Range(1, order.Version), events.Select(e => e.SubjectVersion));
                int expired = events.Count(e => e.Type == "order.expired");
                Assert.InRange(expired, 0, 1);
                Assert.Equal((done[order.Id] + expired, ApiName.Of(order.State)), (order.Version, events[^1].ToState));
                Assert.Equal([null, .. events.SkipLast(1).Select(e => e.ToState)], events.Select(e => e.FromState));
                Assert.All(events, e => Assert.True(e.FromState is null || e.FromState == e.ToState || IsStep(e.FromState, e.ToState!), $"{e.Type} {e.FromState} {e.ToState}"));
                bool accepted = events.Any(e => e.Type == "order.accepted");
                Assert.Equal(accepted ? order.OrderedById == story.Organisation(SmallMarket.Aggregator) ? 3 : 2 : 0, contracts.Count(c => c.OrderId == order.Id));
            }
            Assert.All(contracts, c => Assert.Equal(1 + (c.EndsOn is null ? 0 : 1) + done.GetValueOrDefault(c.Id), c.Version));

            string[] bound = [.. all.Where(o => o.PlacedAt is not null).Select(o => o.Number!).Order(StringComparer.Ordinal)];
            Assert.Equal(Enumerable.Range(1, bound.Length).Select(n => $"GD-2026-{n:D6}"), bound);
            Assert.Equal(Enumerable.Range(1, contracts.Length).Select(n => $"GD-V-2026-{n:D6}"), contracts.Select(c => c.Number).Order(StringComparer.Ordinal));
            Assert.Equal(all.Where(o => o.PlacedAt is not null).Select(o => o.Id).Order(), (await context.Set<Receipt>().Select(r => r.SubjectId).ToArrayAsync()).Order());
            Dictionary<string, ECDsa> keys = (await story.Store.Get<EvidenceKeys>().PublicAsync(CancellationToken.None)).ToDictionary(k => k.Id, k => k.Key);
            AuditReport report = await AuditCheck.RunAsync(context, keys.GetValueOrDefault, CancellationToken.None);
            Assert.Equal(new AuditReport(log.Length, 0, bound.Length, null), report);
            return report;
        });

        private static bool IsStep(string from, string to) =>
            to == ApiName.Of(OrderState.Expired) || to == ApiName.Of(OrderState.AwaitingApproval) || OrderTransitions.All.Any(t => ApiName.Of(t.From) == from && ApiName.Of(t.To) == to);

        private async Task TakeAsync(Order order, (string Mutation, Caller Caller)[] steps, int choice)
        {
            if (steps.Length == 0) return;
            (string mutation, Caller caller) = steps[choice % steps.Length];
            OperationResult result = await story.TakeAsync(mutation, order, caller);
            // The server tells nobody which of those that wait too long it has ended.
            if (mutation != OrderMoves.Expire) Acknowledge(result);
        }

        private async Task ReportAsync(Order order, int uses) =>
            Acknowledge(await RunAsync(new ReportUsage(), new ReportUsage.Input([new(order.Id, 2026, uses)], BatchMode.Partial), story.As(SmallMarket.Supplier)));

        private async Task NameContactsAsync(Order order)
        {
            Concluded? contract = await story.Store.ReadAsync(context => context.ContractsVisibleTo(Caller.System).FirstOrDefaultAsync(c => c.OrderId == order.Id && c.ContractKind == ContractKind.Reuse));
            if (contract is null) return;
            var desk = new ContactData("Vertragsstelle", "vertrag@stelle.example", null, ContactPurpose.General);
            OperationResult named = await RunAsync(new UpdateContractContacts(), new UpdateContractContacts.Input(contract.Id, contract.Version, [desk]), story.As(SmallMarket.Govdigital));
            Acknowledge(named);
        }

        private Guid? Acknowledge(OperationResult result)
        {
            Guid? id = result.Refusals.Count > 0 ? null : result.Subject ?? result.Rows?[0].Subject;
            if (id is { } known) done.AddOrUpdate(known, 1, (_, times) => times + 1);
            return id;
        }

        /// <summary>Steps that are open to the order as it was read, each with one who may take it.</summary>
        private (string, Caller)[] Open(Order order, bool awaited)
        {
            OrderTransition[] steps = [.. OrderTransitions.From(order).Where(t => !awaited || t.IsAwaited)];
            return [.. (steps.Length == 0 ? OrderTransitions.From(order) : steps).Select(t => (t.Mutation, Of(story.KeyOf(order.Party(t.By)), t.Mutation)))];
        }

        // Who approves is another than who has placed it.
        private Caller Of(string key, string mutation) => mutation == OrderTransitions.Approve ? story.As(key) with { Id = "colleague" } : story.As(key);

        /// <summary>Every step by everybody, and the server's own.</summary>
        private (string, Caller)[] Anything(Order order)
        {
            Caller[] everybody = [story.As(story.KeyOf(order.OrderedById)), story.As(SmallMarket.Govdigital), story.As(SmallMarket.Supplier), story.As(SmallMarket.Wismar), story.As(SmallMarket.Pappenheim)];
            return [.. OrderMoves.Mutations.SelectMany(m => everybody.Select(c => (m, c))), .. Enumerable.Repeat((OrderMoves.Expire, Caller.System), everybody.Length)];
        }

        private Task<OperationResult> RunAsync<TInput>(Operation<TInput> operation, TInput input, Caller caller)
            where TInput : notnull => story.Store.Runner.RunAsync(operation, input, caller, Guid.NewGuid().ToString(), CancellationToken.None);
    }
}

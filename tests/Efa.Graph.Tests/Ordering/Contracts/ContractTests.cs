using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Ordering.Contracts;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Concluded = Efa.Marketplace.Ordering.Contracts.Contract;

namespace Efa.Graph.Tests.Ordering.Contracts;

public sealed class ContractTests
{
    private static readonly ContactData Desk = new("Vertragsstelle Musterfrau", "vertrag@aachen.example", "+49 241 5550101", ContactPurpose.Commercial);

    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task The_seller_concludes_supply_and_reuse_back_to_back(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        Assert.Empty(await ContractsAsync(story, order.Id));

        await story.DoAsync(new AcceptOrder(), new AcceptOrder.Input(order.Id, 1), story.As(SmallMarket.Govdigital));

        Concluded[] contracts = await ContractsAsync(story, order.Id);
        Assert.Equal(
            ["GD-V-2026-000001 Supply supplier-govdigital", "GD-V-2026-000002 Reuse govdigital-aachen"],
            contracts.Select(c => $"{c.Number} {c.ContractKind} {story.KeyOf(c.GrantedById)}-{story.KeyOf(c.GrantedToId)}"));
        Assert.Equal([null, contracts[0].Id], contracts.Select(c => c.ParentId));
        Assert.All(contracts, c => Assert.Equal((order.StartsOn!.Value, (DateOnly?)null, 1), (c.StartsOn, c.EndsOn, c.Version)));
        ILookup<Guid, Document> documents = await story.Store.ReadAsync(context => context.DocumentsOfContractsAsync([.. contracts.Select(c => c.Id)], CancellationToken.None));
        Assert.All(contracts, c => Assert.Equal(["GeneralTerms AGB", "ServiceLevel Service-Level"], documents[c.Id].Select(d => $"{d.Kind} {d.Title}")));
        ILookup<Guid, TermsAcceptance> accepted = await story.Store.ReadAsync(context => context.AcceptancesOfOrdersAsync([order.Id], CancellationToken.None));
        Assert.Equal(accepted[order.Id].Select(a => a.Sha256), documents[contracts[0].Id].Select(d => d.Sha256));
        Assert.Equal(
            ["order.placed", "contract.concluded", "contract.concluded", "order.accepted"],
            await story.Store.ReadAsync(context => context.Set<LoggedEvent>().OrderBy(e => e.Position).Select(e => e.Type).ToListAsync()));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_the_seller_rejects_has_no_contract_and_takes_no_number(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order rejected = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.DoAsync(new RejectOrder(), new RejectOrder.Input(rejected.Id, 1, "Nein."), story.As(SmallMarket.Govdigital));
        Order accepted = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Lippe);
        await story.DoAsync(new AcceptOrder(), new AcceptOrder.Input(accepted.Id, 1), story.As(SmallMarket.Govdigital));

        Assert.Empty(await ContractsAsync(story, rejected.Id));
        Assert.Equal(["GD-V-2026-000001", "GD-V-2026-000002"], (await ContractsAsync(story, accepted.Id)).Select(c => c.Number));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Below_the_aggregator_grants_to_its_clients_and_these_to_theirs(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Guid solnhofen = story.Organisation(SmallMarket.Solnhofen), eichstaett = story.Organisation(SmallMarket.Eichstaett);
        await story.Store.ChangeAsync(context =>
        {
            context.Add(new ClientLink { AggregatorId = solnhofen, ClientId = eichstaett, ValidFrom = story.Store.Today, ClientAgreed = true });
            return Task.CompletedTask;
        });
        Guid[] users = [eichstaett, story.Organisation(SmallMarket.Pappenheim), story.Organisation(SmallMarket.Aggregator)];
        Order order = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aggregator, i => i with { UsedByIds = users });
        await story.DoAsync(new AcceptOrder(), new AcceptOrder.Input(order.Id, 1), story.As(SmallMarket.Govdigital));

        Concluded[] contracts = await ContractsAsync(story, order.Id);
        Assert.Equal(
            ["Supply supplier-govdigital", "Reuse govdigital-aggregator", "SubReuse aggregator-solnhofen", "SubSubReuse solnhofen-eichstaett", "SubReuse aggregator-pappenheim"],
            contracts.Select(c => $"{c.ContractKind} {story.KeyOf(c.GrantedById)}-{story.KeyOf(c.GrantedToId)}"));
        Assert.Equal([null, contracts[0].Id, contracts[1].Id, contracts[2].Id, contracts[1].Id], contracts.Select(c => c.ParentId));
        int[] documents = await DocumentCountsAsync(story, contracts);
        Assert.Equal([2, 2, 0, 0, 0], documents);
        foreach ((string who, ContractKind[] seen) in new[]
        {
            (SmallMarket.Supplier, [ContractKind.Supply]), (SmallMarket.Govdigital, [ContractKind.Supply, ContractKind.Reuse]),
            (SmallMarket.Aggregator, [ContractKind.Reuse, ContractKind.SubReuse, ContractKind.SubReuse]), (SmallMarket.Solnhofen, [ContractKind.SubReuse, ContractKind.SubSubReuse]),
            (SmallMarket.Eichstaett, [ContractKind.SubSubReuse]), (SmallMarket.Pappenheim, [ContractKind.SubReuse]), (SmallMarket.Wismar, Array.Empty<ContractKind>()),
        })
            Assert.Equal(seen, await story.Store.ReadAsync(context => context.ContractsVisibleTo(story.As(who)).OrderBy(c => c.Number).Select(c => c.ContractKind).ToArrayAsync()));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Contracts_end_with_their_order(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.OrderInAsync(OrderState.TerminationRequested);
        Assert.All(await ContractsAsync(story, order.Id), c => Assert.Null(c.EndsOn));

        Assert.Empty((await story.TakeAsync(OrderTransitions.ConfirmTermination, order)).Refusals);

        DateOnly last = (await story.OrderAsync(order.Id)).EndsOn!.Value;
        Concluded[] contracts = await ContractsAsync(story, order.Id);
        Assert.Equal([last, last], contracts.Select(c => c.EndsOn!.Value));
        Assert.Equal(2, await story.Store.ReadAsync(context => context.ContractsVisibleTo(Caller.System).Matching(new ContractFilter { ActiveOn = last }).CountAsync()));
        Assert.Equal(0, await story.Store.ReadAsync(context => context.ContractsVisibleTo(Caller.System).Matching(new ContractFilter { ActiveOn = last.AddDays(1) }).CountAsync()));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Contacts_change_at_once_and_leave_no_trace_in_logs(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Concluded reuse = await ReuseAsync(story);
        await NameAsync(story, reuse, SmallMarket.Aachen, Desk, Desk with { Email = "zweite@aachen.example" });
        Contact[] named = await ContactsAsync(story, reuse.Id);
        Assert.Equal(["vertrag@aachen.example", "zweite@aachen.example"], named.Select(c => c.Email));

        OperationResult stale = await story.Store.UnchangedAsync(() => RunAsync(story, new UpdateContractContacts(), new(reuse.Id, 1, []), SmallMarket.Govdigital));
        Assert.Equal(["contacts"], Assert.IsType<StaleVersion>(Assert.Single(stale.Refusals)).ChangedFields);
        foreach (string other in new[] { SmallMarket.Supplier, SmallMarket.Wismar })
            Assert.IsType<NotFound>(Assert.Single((await story.Store.UnchangedAsync(() => RunAsync(story, new UpdateContractContacts(), new(reuse.Id, 2, []), other))).Refusals));
        OperationResult bad = await story.Store.UnchangedAsync(() => RunAsync(story, new UpdateContractContacts(), new(reuse.Id, 2, [Desk with { Email = "keine" }]), SmallMarket.Aachen));
        Assert.Equal(["input", "contacts", "0", "email"], Assert.Single(bad.Refusals).Path);

        // By the other party, and a person is forgotten by either.
        await NameAsync(story, reuse, SmallMarket.Govdigital, Desk);
        Guid person = Assert.Single(await ContactsAsync(story, reuse.Id)).Id;
        OperationResult strange = await story.Store.UnchangedAsync(() => RunAsync(story, new EraseContact(), new(person), SmallMarket.Supplier, "organisations:write"));
        Assert.IsType<NotFound>(Assert.Single(strange.Refusals));
        Assert.Empty((await RunAsync(story, new EraseContact(), new EraseContact.Input(person), SmallMarket.Aachen, "organisations:write")).Refusals);
        Assert.Empty(await ContactsAsync(story, reuse.Id));
        Assert.Empty(await story.Store.ReadAsync(context => context.Set<ContractContact>().ToListAsync()));

        string[] logs = await story.Store.ReadAsync(async context => new[]
        {
            CanonicalJson.Write(await context.Set<LoggedEvent>().ToListAsync()), CanonicalJson.Write(await context.Set<AuditEntry>().ToListAsync()),
            CanonicalJson.Write(await context.Set<EventNote>().ToListAsync()), CanonicalJson.Write(await context.Set<Call>().ToListAsync()),
        });
        Assert.All(logs, log => Assert.DoesNotContain("aachen.example", log, StringComparison.OrdinalIgnoreCase));
        Assert.All(logs, log => Assert.DoesNotContain("Musterfrau", log, StringComparison.OrdinalIgnoreCase));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_contract_that_has_ended_names_nobody_new(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.OrderInAsync(OrderState.Terminated);
        Concluded reuse = (await ContractsAsync(story, order.Id))[1];
        story.Store.Clock.SetUtcNow(new DateTimeOffset(reuse.EndsOn!.Value.AddDays(1), new TimeOnly(12, 0), TimeSpan.Zero));

        OperationResult refused = await story.Store.UnchangedAsync(() => RunAsync(story, new UpdateContractContacts(), new(reuse.Id, reuse.Version, [Desk]), SmallMarket.Aachen));

        Assert.Equal(ContractRefusals.Ended, Assert.Single(refused.Refusals).Code);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Documents_are_added_by_hash_and_never_taken_out(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Concluded reuse = await ReuseAsync(story);
        Document level = (await story.Store.ReadAsync(context => context.DocumentsOfContractsAsync([reuse.Id], CancellationToken.None)))[reuse.Id].Last();
        var added = new NamedDocument(DocumentKind.DataProcessingAgreement, "AVV", level.Sha256);

        OperationResult unknown = await story.Store.UnchangedAsync(() =>
            RunAsync(story, new AddContractDocument(), new(reuse.Id, 1, added with { Sha256 = new string('0', 64) }), SmallMarket.Aachen));
        Assert.Equal(("DOCUMENT_UNKNOWN", "input.document.sha256"), (unknown.Refusals[0].Code.Name, string.Join('.', unknown.Refusals[0].Path)));
        Assert.Empty((await RunAsync(story, new AddContractDocument(), new AddContractDocument.Input(reuse.Id, 1, added), SmallMarket.Aachen)).Refusals);
        OperationResult late = await story.Store.UnchangedAsync(() => RunAsync(story, new AddContractDocument(), new(reuse.Id, 1, added), SmallMarket.Govdigital));
        Assert.Equal(2, Assert.IsType<StaleVersion>(Assert.Single(late.Refusals)).CurrentVersion);

        Document[] documents = [.. (await story.Store.ReadAsync(context => context.DocumentsOfContractsAsync([reuse.Id], CancellationToken.None)))[reuse.Id]];
        Assert.Equal(["AGB", "Service-Level", "AVV"], documents.Select(d => d.Title));
        await Assert.ThrowsAnyAsync<Exception>(() => story.Store.ChangeAsync(context => context.Set<ContractDocument>().ExecuteDeleteAsync()));
    }

    private static async Task<Concluded> ReuseAsync(MarketStory story)
    {
        Order order = await story.OrderInAsync(OrderState.Accepted);
        return (await ContractsAsync(story, order.Id))[1];
    }

    private static async Task NameAsync(MarketStory story, Concluded contract, string who, params ContactData[] contacts)
    {
        int version = (await ContractsAsync(story, contract.OrderId)).Single(c => c.Id == contract.Id).Version;
        Assert.Empty((await RunAsync(story, new UpdateContractContacts(), new UpdateContractContacts.Input(contract.Id, version, contacts), who)).Refusals);
    }

    private static Task<OperationResult> RunAsync<TInput>(MarketStory story, Operation<TInput> operation, TInput input, string who, params string[] scopes)
        where TInput : notnull => story.Store.Runner.RunAsync(operation, input, story.As(who, scopes), Guid.NewGuid().ToString(), CancellationToken.None);

    private static Task<Concluded[]> ContractsAsync(MarketStory story, Guid orderId) => story.Store.ReadAsync(context =>
        context.ContractsVisibleTo(Caller.System).Where(c => c.OrderId == orderId).OrderBy(c => c.Number).ToArrayAsync());

    private static async Task<Contact[]> ContactsAsync(MarketStory story, Guid contractId) =>
        [.. (await story.Store.ReadAsync(context => context.ContactsOfContractsAsync([contractId], CancellationToken.None)))[contractId]];

    private static async Task<int[]> DocumentCountsAsync(MarketStory story, Concluded[] contracts)
    {
        ILookup<Guid, Document> documents = await story.Store.ReadAsync(context => context.DocumentsOfContractsAsync([.. contracts.Select(c => c.Id)], CancellationToken.None));
        return [.. contracts.Select(c => documents[c.Id].Count())];
    }
}

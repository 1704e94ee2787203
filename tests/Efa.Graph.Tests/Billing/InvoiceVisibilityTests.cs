using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Billing;

public sealed class InvoiceVisibilityTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task An_invoice_and_its_run_are_seen_by_those_whom_they_concern(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.BillAsync(SmallMarket.Govdigital, 2026);
        (Caller Caller, int Invoices, int Runs)[] expected =
        [
            (story.As(SmallMarket.Govdigital), 1, 1),
            (story.As(SmallMarket.Aachen), 1, 0),
            (story.As(SmallMarket.Wismar) with { IsOperator = true }, 1, 1),
            (story.As(SmallMarket.Supplier), 0, 0),
            (story.As(SmallMarket.Fitko), 0, 0),
            (story.As(SmallMarket.Wismar), 0, 0),
            (Caller.Anonymous, 0, 0),
        ];
        foreach ((Caller caller, int invoices, int runs) in expected)
        {
            Assert.Equal(invoices, await story.Store.ReadAsync(context => context.InvoicesVisibleTo(caller).CountAsync()));
            Assert.Equal(runs, await story.Store.ReadAsync(context => context.BillingRunsVisibleTo(caller).CountAsync()));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Invoices_are_filtered_summed_and_paged_newest_first(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, new DateTimeOffset(2025, 1, 1, 9, 0, 0, TimeSpan.Zero));
        Order aachen = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.ActiveAsync(SmallMarket.Residence, SmallMarket.Brandenburg);
        BillingRun run = await story.BillAsync(SmallMarket.Govdigital, 2025);
        story.Store.Clock.SetUtcNow(new DateTimeOffset(2026, 2, 15, 9, 0, 0, TimeSpan.Zero));
        await story.BillAsync(SmallMarket.Govdigital, 2026);
        story.Store.Clock.Advance(TimeSpan.FromSeconds(1));
        await story.BillAsync(SmallMarket.Fitko, 2025);

        Task<List<string>> NumbersAsync(InvoiceFilter filter) => story.Store.ReadAsync(context =>
            context.InvoicesVisibleTo(Caller.System).Matching(filter).OrderBy(i => i.Number).Select(i => i.Number).ToListAsync());
        Assert.Equal(["FITKO-R-2026-000001", "GD-R-2025-000001", "GD-R-2026-000001"], await NumbersAsync(new InvoiceFilter()));
        Assert.Equal(["GD-R-2025-000001", "GD-R-2026-000001"], await NumbersAsync(new InvoiceFilter { SellerIds = [story.Organisation(SmallMarket.Govdigital)] }));
        Assert.Equal(["FITKO-R-2026-000001"], await NumbersAsync(new InvoiceFilter { BuyerIds = [story.Organisation(SmallMarket.Brandenburg)] }));
        Assert.Equal(["GD-R-2025-000001", "GD-R-2026-000001"], await NumbersAsync(new InvoiceFilter { OrderIds = [aachen.Id] }));
        Assert.Equal(["GD-R-2025-000001"], await NumbersAsync(new InvoiceFilter { RunIds = [run.Id] }));
        Assert.Equal(["FITKO-R-2026-000001", "GD-R-2026-000001"], await NumbersAsync(new InvoiceFilter { IssuedFrom = new DateOnly(2026, 2, 15), IssuedTo = new DateOnly(2026, 2, 15) }));
        Assert.Empty(await NumbersAsync(new InvoiceFilter { Kinds = [InvoiceKind.CreditNote] }));

        Assert.Equal(new InvoiceTotals(30_600m, 4_902m, 35_502m, 0m, 35_502m), await story.Store.ReadAsync(context => context.InvoicesVisibleTo(Caller.System).TotalsAsync(CancellationToken.None)));
        Assert.Equal(InvoiceTotals.Zero, await story.Store.ReadAsync(context => context.InvoicesVisibleTo(Caller.Anonymous).TotalsAsync(CancellationToken.None)));

        Page<Invoice> first = await story.Store.ReadAsync(context =>
            context.InvoicesVisibleTo(Caller.System).PageAsync(InvoiceVisibility.NewestFirst, new PageRequest(2), CancellationToken.None));
        Page<Invoice> second = await story.Store.ReadAsync(context =>
            context.InvoicesVisibleTo(Caller.System).PageAsync(InvoiceVisibility.NewestFirst, new PageRequest(2, PageCursor.Parse(first.Cursors[1])), CancellationToken.None));
        Assert.Equal(["FITKO-R-2026-000001", "GD-R-2026-000001", "GD-R-2025-000001"], first.Items.Concat(second.Items).Select(i => i.Number));
        Assert.Equal((true, false), (first.HasNext, second.HasNext));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Parts_of_many_invoices_are_read_with_one_command_each(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order portal = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        Order mixed = await story.ActiveAsync(SmallMarket.Mixed, SmallMarket.Aachen);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Unreachable);
        BillingRun run = await story.BillAsync(SmallMarket.Govdigital, 2026);
        List<Invoice> invoices = await story.InvoicesAsync();
        Guid[] ids = [.. invoices.Select(i => i.Id)];

        await story.Store.ReadAsync(async context =>
        {
            ILookup<Guid, InvoiceLine> lines = await context.LinesOfInvoicesAsync(ids, afterPosition: 1, count: 1, CancellationToken.None);
            Assert.Equal([2], lines[ids[0]].Select(l => l.Position));
            Assert.Empty(lines[ids[1]]);
            IReadOnlyDictionary<Guid, int> counts = await context.LineCountsAsync(ids, CancellationToken.None);
            Assert.Equal([3, 1], ids.Select(id => counts[id]));
            ILookup<Guid, InvoiceTax> taxes = await context.TaxesOfInvoicesAsync(ids, CancellationToken.None);
            Assert.Equal([19m, null], ids.Select(id => taxes[id].Single().Rate));
            ILookup<Guid, Guid> orders = await context.OrdersOfInvoicesAsync(ids, CancellationToken.None);
            Assert.Equal(new[] { portal.Id, mixed.Id }.Order(), orders[ids[0]]);
            Assert.Equal([mixed.Id], orders[ids[1]]);
            Assert.Single((await context.BlockedOfRunsAsync([run.Id], CancellationToken.None))[run.Id]);
            return true;
        });

        int commands = await story.Store.Commands.OfAsync(() => story.Store.ReadAsync(context => context.LinesOfInvoicesAsync(ids, 0, 50, CancellationToken.None)));
        Assert.Equal(1, commands);
    }
}

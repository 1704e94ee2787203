using System.Globalization;
using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Pricing;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Billing;

public sealed class EndedContractTests
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    /// <summary>12,000.00 of a leap year, ended with 30 September: 92 of 366 days come back.</summary>
    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task The_next_run_credits_the_days_after_the_end_once(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2024, 1, 1));
        Order order = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        Order other = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Lippe);
        await story.BillAsync(SmallMarket.Govdigital, 2024);
        Invoice invoice = (await story.InvoicesAsync()).Single(i => i.BuyerId == order.BillToId);
        await EndAsync(story, order, new DateOnly(2024, 9, 30));

        BillingRun run = await story.BillAsync(SmallMarket.Govdigital, 2024);
        BillingRun again = await story.BillAsync(SmallMarket.Govdigital, 2024);

        Invoice note = Assert.Single(await NotesAsync(story));
        Assert.Equal((run.Id, invoice.Id, "GD-R-2024-000003"), (note.RunId!.Value, note.CorrectsId!.Value, note.Number));
        Assert.Equal((3_016.39m, 573.11m, 3_589.50m), (note.Net, note.Tax, note.Gross));
        InvoiceLine line = Assert.Single(note.Lines);
        Assert.Equal((1, 92m, "DAY", 12_000m, 366m), (line.Position, line.Quantity, line.UnitCode, line.UnitPrice, line.BaseQuantity));
        Assert.Equal((new DateOnly(2024, 10, 1), new DateOnly(2024, 12, 31)), (line.PeriodFrom, line.PeriodTo));
        Assert.Equal([("CREDIT_USED", "12.000,00 EUR × 274 / 366", 8_983.61m), ("CREDIT_ENDED", "12.000,00 EUR − 8.983,61 EUR", 3_016.39m)], line.Steps.Select(s => (s.Code, s.Formula, s.Result)));
        EInvoice document = await story.DocumentAsync(note);
        Assert.Empty(InvoiceRules.Check(document));
        Assert.Equal($"Rechnungskorrektur zur Rechnung {invoice.Number} vom 01.01.2024. Grund: Vertragsende am 30.09.2024; die Tage danach waren im Voraus abgerechnet.", Assert.Single(document.Notes).Text);
        InvoiceAccount account = await story.AccountAsync(invoice.Id);
        Assert.Equal((3_589.50m, 12_832.50m, PaymentState.Open), (account.Credited, account.Outstanding, account.PaymentState));
        Assert.Equal((BillingRunState.Finished, BillingRunState.Finished), (run.State, again.State));
        Assert.Equal(0m, (await story.AccountAsync((await story.InvoicesAsync()).Single(i => i.BuyerId == other.BillToId).Id)).Credited);

        // What is left can be credited by hand, and leaves nothing.
        Invoice rest = await story.CreditAsync(invoice.Id);
        Assert.Equal((invoice.Net, invoice.Tax), (note.Net + rest.Net, note.Tax + rest.Tax));
        Assert.Equal(PaymentState.Cancelled, (await story.AccountAsync(invoice.Id)).PaymentState);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_run_that_is_cut_off_credits_each_invoice_once_and_cancelled_ones_never(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 1, 1));
        string[] buyers = [SmallMarket.Aachen, SmallMarket.Lippe, SmallMarket.Aggregator];
        var orders = new List<Order>();
        foreach (string buyer in buyers) orders.Add(await story.ActiveAsync(SmallMarket.Portal, buyer));
        await story.BillAsync(SmallMarket.Govdigital, 2026);
        Invoice cancelled = (await story.InvoicesAsync()).Single(i => i.BuyerId == orders[2].BillToId);
        await story.CreditAsync(cancelled.Id);
        foreach (Order order in orders) await EndAsync(story, order, new DateOnly(2026, 6, 30));

        Guid run = await story.BeginRunAsync(SmallMarket.Govdigital, 2026);
        for (int step = 0; step < 2; step++)
        {
            int version = (await story.RunAsync(run)).Version;
            foreach (int repeated in new[] { 1, 2 })
                await story.DoAsync(new AdvanceBillingRun(), new AdvanceBillingRun.Input(run, version), Caller.System);
        }

        Assert.Equal(BillingRunState.Finished, (await story.RunAsync(run)).State);
        List<Invoice> notes = (await NotesAsync(story)).FindAll(n => n.RunId == run);
        // 184 of 365 days.
        Assert.Equal([6_049.32m, 6_049.32m], notes.Select(n => n.Net));
        Assert.Equal(orders.Take(2).Select(o => o.BillToId).Order(), notes.Select(n => n.BuyerId).Order());
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_contract_that_ended_before_the_period_is_credited_whole_but_for_what_was_due_once(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 1, 1));
        Order order = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.BillAsync(SmallMarket.Govdigital, 2026);
        await EndAsync(story, order, new DateOnly(2025, 12, 31));

        await story.BillAsync(SmallMarket.Govdigital, 2026);

        Invoice note = Assert.Single(await NotesAsync(story));
        Assert.Equal((12_000m, 2_280m, 365m, "DAY"), (note.Net, note.Tax, note.Lines[0].Quantity, note.Lines[0].UnitCode));
        Assert.Equal(1_800m + 342m, (await story.AccountAsync(note.CorrectsId!.Value)).Outstanding);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_was_credited_by_hand_is_not_credited_again(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 1, 1));
        Order order = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.BillAsync(SmallMarket.Govdigital, 2026);
        Invoice invoice = Assert.Single(await story.InvoicesAsync());
        await story.CreditAsync(invoice.Id, new CreditInvoice.Line(1, 0.9m));
        await EndAsync(story, order, new DateOnly(2026, 6, 30));

        await story.BillAsync(SmallMarket.Govdigital, 2026);

        List<Invoice> notes = await NotesAsync(story);
        Assert.Equal([10_800m, 1_200m], notes.Select(n => n.Net));
        Assert.Equal("CREDIT_MOST", notes[1].Lines[0].Steps[^1].Code);
        Assert.All(notes[1].Lines[0].Steps, s => Assert.Equal(s.Result, FormulaReader.ResultOf(s)));
        Assert.Empty(InvoiceRules.Check(await story.DocumentAsync(notes[1])));
    }

    [Theory]
    [InlineData("MON", "100", "1", "2026-01-01", "2026-12-31", "2026-03-10", "200.00 32.26")]
    [InlineData("MON", "300", "3", "2026-01-01", "2026-12-31", "2026-07-01", "600.00 3.26")]
    [InlineData("DAY", "100", "31", "2026-01-10", "2026-01-31", "2026-01-20", "35.48")]
    [InlineData("DAY", "300", "90", "2026-02-01", "2026-03-31", "2026-02-28", "93.33")]
    [InlineData("DAY", "12000", "365", "2026-02-15", "2026-12-31", "2026-12-30", "10487.67")]
    [InlineData("DAY", "1000", "108", "2026-09-15", "2026-12-31", "2026-10-31", "435.19")]
    [InlineData("ANN", "1000", "1", "2026-09-15", "2026-12-31", "2026-10-31", "435.19")]
    [InlineData("C62", "1000", "1", "2026-09-15", "2026-12-31", "2026-10-31", "435.19")]
    [InlineData("ANN", "12000", "1", "2026-01-01", "2026-12-31", "2025-12-31", "")]
    public void What_is_used_is_priced_by_day_or_as_a_run_of_that_period_would(string unit, string price, string baseQuantity, string from, string to, string lastDay, string used)
    {
        IReadOnlyList<PriceStep> steps = ShortenedLine.Used(unit, D(price), D(baseQuantity), Day(from), Day(to), Day(lastDay));

        Assert.Equal(used, string.Join(' ', steps.Select(s => s.Result.ToString("0.00", Invariant))));
        Assert.All(steps, s => Assert.Equal(s.Result, FormulaReader.ResultOf(s)));
    }

    [Fact]
    public async Task The_preview_shows_the_credits_page_by_page_and_leaves_no_trace()
    {
        const string preview =
            """
            query($sellerId: ID!, $after: Cursor) {
              billingPreview(sellerId: $sellerId, year: 2026) {
                gross { amount }
                credits(first: 1, after: $after) {
                  pageInfo { hasNextPage endCursor }
                  nodes { net { amount } tax { amount } gross { amount } taxes { rate } corrects { number } lines { totalCount nodes { position quantity unitCode explanation { formula } } } }
                }
              }
            }
            """;
        await using TradeHost trade = await TradeHost.StartAsync();
        await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Lippe);
        await trade.BillAsync();
        await using (MarketContext context = await trade.Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync())
            Assert.Equal(2, await context.Set<Order>().ExecuteUpdateAsync(o => o.SetProperty(x => x.EndsOn, new DateOnly(2026, 6, 30))));
        long head = await trade.HeadAsync();

        JsonElement first = (await trade.AskAsync(preview, new { sellerId = trade.Organisation(SmallMarket.Govdigital) }, SmallMarket.Govdigital)).Data.GetProperty("billingPreview");
        JsonElement second = (await trade.AskAsync(preview, new { sellerId = trade.Organisation(SmallMarket.Govdigital), after = first.At("credits", "pageInfo", "endCursor").GetString() }, SmallMarket.Govdigital)).Data.GetProperty("billingPreview");

        string[] numbers = [.. new[] { first, second }.Select(p => Assert.Single(p.At("credits", "nodes").EnumerateArray()).At("corrects", "number").GetString()!)];
        Assert.Equal(["GD-R-2026-000001", "GD-R-2026-000002"], numbers.Order());
        // 184 of 365 days.
        Assert.Equal(
            """[{"net":{"amount":"6049.32"},"tax":{"amount":"1149.37"},"gross":{"amount":"7198.69"},"taxes":[{"rate":"19"}],"corrects":{"number":"NUMBER"},"lines":{"totalCount":1,"nodes":[{"position":1,"quantity":"184","unitCode":"DAY","explanation":[{"formula":"12.000,00 EUR × 136 / 365"},{"formula":"10.520,55 EUR − 4.471,23 EUR"}]}]}}]""",
            first.At("credits", "nodes").ToString().Replace(numbers[0], "NUMBER", StringComparison.Ordinal));
        Assert.Equal((true, false), (first.At("credits", "pageInfo", "hasNextPage").GetBoolean(), second.At("credits", "pageInfo", "hasNextPage").GetBoolean()));
        Assert.Equal("0.00", first.At("gross", "amount").GetString());
        Assert.Equal(head, await trade.HeadAsync());

        await trade.BillAsync();
        string[] credited = [.. (await trade.AskAsync("{ invoices(filter: { kinds: [CREDIT_NOTE] }) { nodes { gross { amount } } } }", client: SmallMarket.Govdigital)).Data.At("invoices", "nodes").EnumerateArray().Select(n => n.At("gross", "amount").GetString()!)];
        Assert.Equal(["7198.69", "7198.69"], credited);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", Invariant);

    private static decimal D(string text) => decimal.Parse(text, Invariant);

    private static DateTimeOffset At(int year, int month, int day) => new(year, month, day, 9, 0, 0, TimeSpan.Zero);

    private static async Task<List<Invoice>> NotesAsync(MarketStory story) => (await story.InvoicesAsync()).FindAll(i => i.InvoiceKind == InvoiceKind.CreditNote);

    private static Task EndAsync(MarketStory story, Order order, DateOnly lastDay) =>
        story.Store.ChangeAsync(context => context.Set<Order>().Where(o => o.Id == order.Id).ExecuteUpdateAsync(o => o.SetProperty(x => x.EndsOn, lastDay)));
}

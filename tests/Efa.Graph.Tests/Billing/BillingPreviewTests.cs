using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Billing;

public sealed class BillingPreviewTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task The_preview_shows_what_the_run_then_issues(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.ActiveAsync(SmallMarket.Mixed, SmallMarket.Aachen);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Lippe);
        await story.ActiveAsync(SmallMarket.Free, SmallMarket.Aggregator);
        Guid blocked = (await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Unreachable)).Id;
        BillingPreviews previews = story.Store.Get<BillingPreviews>();

        (BillingPreview preview, BillingSums sums, IReadOnlyList<PreviewedInvoice> drafts, IReadOnlyList<PreviewedBlock> blocks) = await story.Store.UnchangedAsync(async () =>
        {
            BillingPreview found = (await previews.FindAsync(story.As(SmallMarket.Govdigital), story.Organisation(SmallMarket.Govdigital), 2026, CancellationToken.None))!;
            return (found, await previews.SumsAsync(found, CancellationToken.None), await previews.InvoicesAsync(found, null, 10, CancellationToken.None),
                await previews.BlockedAsync(found, null, 10, CancellationToken.None));
        });
        BillingRun run = await story.BillAsync(SmallMarket.Govdigital, 2026);
        List<Invoice> invoices = await story.InvoicesAsync();

        Assert.Equal(new DateOnly(2026, 9, 30), preview.FeeChangesUntil);
        Assert.Equal(new BillingSums(invoices.Sum(i => i.Net), invoices.Sum(i => i.Tax), invoices.Sum(i => i.Gross), 3, 1), sums);
        Assert.Equal(invoices.Select(i => (i.BuyerId, i.Net, i.Tax, i.Gross)), drafts.Select(d => (d.Draft.BuyerId, d.Draft.Net, d.Draft.Tax, d.Draft.Gross)));
        Assert.Equal(invoices.SelectMany(i => i.Lines).Select(l => (l.Description, l.Net)), drafts.SelectMany(d => d.Draft.Lines).Select(l => (l.Description, l.Price.Net)));
        PreviewedBlock block = Assert.Single(blocks);
        Assert.Equal([blocked], block.OrderIds);
        Assert.Equal(Assert.Single(run.Blocked).Reasons, block.Reasons);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task The_preview_is_read_in_pages(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        foreach (string buyer in new[] { SmallMarket.Aachen, SmallMarket.Lippe, SmallMarket.Aggregator, SmallMarket.Brandenburg }) await story.ActiveAsync(SmallMarket.Mixed, buyer);
        BillingPreviews previews = story.Store.Get<BillingPreviews>();
        BillingPreview preview = (await previews.FindAsync(story.As(SmallMarket.Govdigital), story.Organisation(SmallMarket.Govdigital), 2026, CancellationToken.None))!;

        IReadOnlyList<PreviewedInvoice> all = await previews.InvoicesAsync(preview, null, 100, CancellationToken.None);
        var paged = new List<PreviewedInvoice>();
        for (int page = 0; page < 3; page++) paged.AddRange(await previews.InvoicesAsync(preview, paged is [.., var last] ? last.Position : null, 3, CancellationToken.None));

        Assert.Equal(8, all.Count);
        Assert.Equal(all.Select(i => i.Position), paged.Select(i => i.Position));
        Assert.Equal([1, 2], all.Select(i => i.Position.Number).Distinct());
        Assert.Empty(await previews.InvoicesAsync(preview, paged[^1].Position, 3, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_page_takes_the_same_commands_for_one_order_and_for_many(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        int one = await CountAsync(story);
        foreach (string buyer in new[] { SmallMarket.Aachen, SmallMarket.Lippe, SmallMarket.Aggregator, SmallMarket.Brandenburg }) await story.ActiveAsync(SmallMarket.Mixed, buyer);

        Assert.Equal(8, one);
        Assert.Equal(8, await CountAsync(story));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Only_seller_and_operator_see_a_preview(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        BillingPreviews previews = story.Store.Get<BillingPreviews>();
        Guid seller = story.Organisation(SmallMarket.Govdigital);

        Assert.NotNull(await previews.FindAsync(story.As(SmallMarket.Wismar) with { IsOperator = true }, seller, 2026, CancellationToken.None));
        Assert.Null(await previews.FindAsync(story.As(SmallMarket.Fitko), seller, 2026, CancellationToken.None));
        Assert.Null(await previews.FindAsync(story.As(SmallMarket.Aachen), story.Organisation(SmallMarket.Aachen), 2026, CancellationToken.None));
    }

    private static Task<int> CountAsync(MarketStory story) => story.Store.Commands.OfAsync(async () =>
    {
        await using MarketContext context = await story.Store.Contexts.CreateDbContextAsync();
        var seller = new Organisation { Id = story.Organisation(SmallMarket.Govdigital), Name = "", NameKey = "" };
        Assert.NotEmpty((await context.BillingPageAsync(seller, 2026, new IssueTerms(null, story.Store.Today, story.Store.Today, MarketStore.FifteenthOfFebruary), after: null, CancellationToken.None)).Bills);
    });
}

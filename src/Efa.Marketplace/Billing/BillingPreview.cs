using System.Runtime.CompilerServices;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>What a preview comes to, without the buyers who cannot be billed.</summary>
public sealed record BillingSums(decimal Net, decimal Tax, decimal Gross, int Invoices, int BlockedBuyers);

/// <summary>Where an invoice stands in a preview: which of its buyer's invoices it is, from 1.</summary>
public readonly record struct DraftPosition(Guid BuyerId, int Number);

/// <summary>An invoice that a run would issue today, at its place in the preview.</summary>
public sealed record PreviewedInvoice(DraftPosition Position, DraftInvoice Draft);

/// <summary>A buyer whom a run could not bill today.</summary>
public sealed record PreviewedBlock(Guid BuyerId, IReadOnlyList<BlockReason> Reasons, IReadOnlyList<Guid> OrderIds);

/// <summary>What the run of a year would do today: the same plan, without numbers and without a trace.</summary>
/// <param name="FeeChangesUntil">Last day on which fee changes still reach the year.</param>
public sealed record BillingPreview(Guid SellerId, int Year, DateOnly FeeChangesUntil);

/// <summary>Reads previews for sellers. Plans are read page by page and never held whole.</summary>
public sealed class BillingPreviews(IDbContextFactory<MarketContext> contexts, TimeProvider clock)
{
    /// <summary>Null where the caller does not act for the seller.</summary>
    public async Task<BillingPreview?> FindAsync(Caller caller, Guid sellerId, int year, CancellationToken cancellationToken)
    {
        if (!caller.SeesEverything && !caller.ActsFor(sellerId)) return null;
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        Selling? selling = await context.Set<Organisation>().Where(o => o.Id == sellerId).Select(o => o.Selling).SingleOrDefaultAsync(cancellationToken);
        return selling is null ? null : new BillingPreview(sellerId, year, selling.FeeChangesUntil(year));
    }

    public async Task<BillingSums> SumsAsync(BillingPreview preview, CancellationToken cancellationToken)
    {
        var sums = new BillingSums(0, 0, 0, 0, 0);
        Guid? blocked = null;
        await foreach (BuyerBill bill in BillsAsync(preview, after: null, cancellationToken))
        {
            if (bill.NotBilled.Count > 0)
            {
                if (blocked != bill.Buyer.Id) sums = sums with { BlockedBuyers = sums.BlockedBuyers + 1 };
                blocked = bill.Buyer.Id;
            }
            if (bill.IsBlocked) continue;
            foreach (DraftInvoice draft in bill.Invoices)
                sums = sums with { Net = sums.Net + draft.Net, Tax = sums.Tax + draft.Tax, Gross = sums.Gross + draft.Gross, Invoices = sums.Invoices + 1 };
        }
        return sums;
    }

    /// <summary>The invoices after a position, by buyer; reads no further than it must.</summary>
    public async Task<IReadOnlyList<PreviewedInvoice>> InvoicesAsync(BillingPreview preview, DraftPosition? after, int count, CancellationToken cancellationToken)
    {
        var invoices = new List<PreviewedInvoice>();
        BillingPosition? start = after is { } position ? new BillingPosition(position.BuyerId, Guid.Empty) : null;
        DraftPosition last = default;
        await foreach (BuyerBill bill in BillsAsync(preview, start, cancellationToken))
        {
            if (bill.IsBlocked) continue;
            foreach (DraftInvoice draft in bill.Invoices)
            {
                last = new DraftPosition(draft.BuyerId, draft.BuyerId == last.BuyerId ? last.Number + 1 : 1);
                if (after is { } passed && passed.BuyerId == last.BuyerId && last.Number <= passed.Number) continue;
                invoices.Add(new PreviewedInvoice(last, draft));
                if (invoices.Count == count) return invoices;
            }
        }
        return invoices;
    }

    /// <summary>The buyers after one who cannot be billed, each with all orders concerned.</summary>
    public async Task<IReadOnlyList<PreviewedBlock>> BlockedAsync(BillingPreview preview, Guid? afterBuyerId, int count, CancellationToken cancellationToken)
    {
        var blocks = new List<PreviewedBlock>();
        BillingPosition? start = afterBuyerId is { } buyer ? new BillingPosition(buyer, Guid.AllBitsSet) : null;
        await foreach (BuyerBill bill in BillsAsync(preview, start, cancellationToken))
        {
            if (bill.NotBilled is not { Count: > 0 } orders) continue;
            if (blocks is [.., var last] && last.BuyerId == bill.Buyer.Id)
                blocks[^1] = last with { Reasons = [.. last.Reasons.Union(bill.AllReasons)], OrderIds = [.. last.OrderIds, .. orders] };
            else if (blocks.Count == count) return blocks;
            else blocks.Add(new PreviewedBlock(bill.Buyer.Id, bill.AllReasons, orders));
        }
        return blocks;
    }

    /// <summary>What would be credited because contracts ended, by credited invoice; the notes have no numbers.</summary>
    public async Task<IReadOnlyList<Invoice>> CreditsAsync(BillingPreview preview, Guid? afterInvoiceId, int count, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        var terms = new IssueTerms(RunId: null, clock.Today(), clock.Today(), clock.GetUtcNow());
        var notes = new List<Invoice>();
        Guid? after = afterInvoiceId;
        while (true)
        {
            List<Guid> ids = await context.InvoicesBeyondEnd(preview.SellerId, after).Take(count).ToListAsync(cancellationToken);
            foreach (EndedCredit credit in ids.Count == 0 ? [] : await context.EndedCreditsAsync(preview.SellerId, ids, terms, cancellationToken))
                if (credit is { Note: { } note, IsBlocked: false })
                    notes.Add(note);
            if (notes.Count >= count || ids.Count < count) return [.. notes.Take(count)];
            after = ids[^1];
        }
    }

    private async IAsyncEnumerable<BuyerBill> BillsAsync(BillingPreview preview, BillingPosition? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        Organisation seller = await context.Set<Organisation>().AsNoTracking().Include(o => o.Contacts).SingleAsync(o => o.Id == preview.SellerId, cancellationToken);
        var terms = new IssueTerms(RunId: null, clock.Today(), clock.Today().AddDays(seller.Selling?.PaymentDays ?? 0), clock.GetUtcNow());
        BuyerBill? blocked = null;
        BillingPage page;
        do
        {
            page = await context.BillingPageAsync(seller, preview.Year, terms, after, cancellationToken);
            foreach (BuyerBill planned in page.Bills)
            {
                // As in a run: what blocks some of a buyer's orders blocks those that come on further pages.
                BuyerBill bill = planned.Invoices.Count > 0 && blocked?.Buyer.Id == planned.Buyer.Id ? planned with { Reasons = blocked.Reasons } : planned;
                if (bill.IsBlocked) blocked = bill;
                yield return bill;
            }
            after = page.Last;
        }
        while (page.HasMore);
    }
}

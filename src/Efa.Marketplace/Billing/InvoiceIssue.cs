using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing;

/// <summary>Makes an invoice of a draft, with both parties as they are today.</summary>
internal static class InvoiceIssue
{
    public static Invoice Make(DraftInvoice draft, Organisation buyer, BillingRun run, Organisation seller, DateTimeOffset now)
    {
        Guid id = Guid.CreateVersion7(now);
        var invoice = new Invoice
        {
            Id = id,
            InvoiceKind = InvoiceKind.Invoice,
            RunId = run.Id,
            SellerId = seller.Id,
            BuyerId = buyer.Id,
            SellerParty = InvoiceParty.Of(seller),
            BuyerParty = InvoiceParty.Of(buyer),
            BuyerReference = buyer.LeitwegId ?? throw new InvalidOperationException($"Buyer {buyer.Id} has no Leitweg-ID."),
            IssuedOn = run.IssueOn,
            DueOn = run.DueOn,
            PeriodFrom = draft.PeriodFrom,
            PeriodTo = draft.PeriodTo,
            Net = draft.Net,
            Tax = draft.Tax,
            Gross = draft.Gross,
            CreatedAt = now,
            Lines = [.. draft.Lines.Select((line, i) => Line(id, i + 1, line))],
            Taxes = [.. draft.Taxes.Select((tax, i) => Tax(id, i + 1, tax))],
        };
        invoice.Issue();
        return invoice;
    }

    private static InvoiceLine Line(Guid invoiceId, int position, DraftLine line) => new()
    {
        InvoiceId = invoiceId,
        Position = position,
        Description = line.Description,
        Quantity = line.Price.Quantity,
        UnitCode = line.Price.UnitCode,
        UnitPrice = line.Price.UnitPrice,
        BaseQuantity = line.Price.BaseQuantity,
        Net = line.Price.Net,
        TaxTreatment = line.Price.TaxTreatment,
        TaxRate = line.Price.TaxRate,
        ExemptionReason = line.Price.ExemptionReason,
        OrderId = line.OrderId,
        UsedById = line.Price.UsedById,
        PeriodFrom = line.Price.PeriodFrom,
        PeriodTo = line.Price.PeriodTo,
        Steps = line.Price.Steps,
    };

    private static InvoiceTax Tax(Guid invoiceId, int position, TaxAmount tax) => new()
    {
        InvoiceId = invoiceId,
        Position = position,
        Treatment = tax.Treatment,
        Rate = tax.Rate,
        ExemptionReason = tax.ExemptionReason,
        Taxable = tax.Taxable,
        Tax = tax.Tax,
    };
}

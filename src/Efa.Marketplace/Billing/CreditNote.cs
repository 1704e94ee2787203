using System.Globalization;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing;

/// <summary>Makes the document that takes back an invoice or a part of it: a mirror of it, with the parties as they stand there.</summary>
internal static class CreditNote
{
    /// <param name="issueOn">The invoice's own date where that is later.</param>
    public static Invoice Make(InvoiceRest rest, IReadOnlyList<LineCredit> credits, string reason, Guid? runId, DateOnly issueOn, DateTimeOffset at)
    {
        Invoice invoice = rest.Invoice;
        Guid id = Guid.CreateVersion7(at);
        InvoiceTax[] taxes = [.. rest.TaxesOf(id, credits)];
        decimal net = credits.Sum(c => c.Net), tax = taxes.Sum(t => t.Tax);
        DateOnly issuedOn = issueOn > invoice.IssuedOn ? issueOn : invoice.IssuedOn;
        bool whole = rest.IsWhole && net == invoice.Net;
        return new Invoice
        {
            Id = id,
            InvoiceKind = InvoiceKind.CreditNote,
            RunId = runId,
            SellerId = invoice.SellerId,
            BuyerId = invoice.BuyerId,
            CorrectsId = invoice.Id,
            Corrects = new PrecedingInvoice(invoice.Number, invoice.IssuedOn),
            Note = NoteOf(invoice, whole, reason),
            SellerParty = invoice.SellerParty,
            BuyerParty = invoice.BuyerParty,
            BuyerReference = invoice.BuyerReference,
            OrderNumbers = invoice.OrderNumbers,
            IssuedOn = issuedOn,
            DueOn = issuedOn,
            PeriodFrom = credits.Min(c => c.PeriodFrom),
            PeriodTo = credits.Max(c => c.PeriodTo),
            Net = net,
            Tax = tax,
            Gross = net + tax,
            CreatedAt = at,
            Lines = [.. credits.OrderBy(c => c.Line.Position).Select(c => Line(id, c))],
            Taxes = [.. taxes],
        };
    }

    private static string NoteOf(Invoice invoice, bool whole, string reason) => whole
        ? string.Create(CultureInfo.InvariantCulture, $"Stornorechnung: Die Rechnung {invoice.Number} vom {invoice.IssuedOn:dd.MM.yyyy} wird vollständig storniert. Grund: {reason}")
        : string.Create(CultureInfo.InvariantCulture, $"Rechnungskorrektur zur Rechnung {invoice.Number} vom {invoice.IssuedOn:dd.MM.yyyy}. Grund: {reason}");

    private static InvoiceLine Line(Guid id, LineCredit credit)
    {
        InvoiceLine line = credit.Line;
        // Where the share of the price is not the sum to the cent, because others were rounded before, the sum is the price of the quantity.
        bool priced = Cents.Round(credit.Quantity * line.UnitPrice / credit.BaseQuantity) == credit.Net;
        return new InvoiceLine
        {
            InvoiceId = id,
            Position = line.Position,
            Description = line.Description,
            Quantity = credit.Quantity,
            UnitCode = credit.UnitCode,
            UnitPrice = priced ? line.UnitPrice : credit.Net,
            BaseQuantity = priced ? credit.BaseQuantity : credit.Quantity,
            Net = credit.Net,
            TaxTreatment = line.TaxTreatment,
            TaxRate = line.TaxRate,
            ExemptionReason = line.ExemptionReason,
            OrderId = line.OrderId,
            Part = line.Part,
            UsedById = line.UsedById,
            PeriodFrom = credit.PeriodFrom,
            PeriodTo = credit.PeriodTo,
            Attributes = line.Attributes,
            Steps = credit.Steps,
        };
    }
}

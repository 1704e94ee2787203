using System.Globalization;
using Efa.Marketplace.Billing.Delivery;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing;

/// <summary>Under which run and days invoices are made.</summary>
/// <param name="RunId">Null where they are made to be looked at and not issued.</param>
public sealed record IssueTerms(Guid? RunId, DateOnly IssueOn, DateOnly DueOn, DateTimeOffset At);

/// <summary>Makes an invoice of a draft, and issues it.</summary>
internal static class InvoiceIssue
{
    /// <summary>With both parties as they are today; what they lack is lacking, for the rules to say so.</summary>
    public static Invoice Make(DraftInvoice draft, Organisation seller, Organisation buyer, IssueTerms terms)
    {
        Guid id = Guid.CreateVersion7(terms.At);
        string? salesOrder = draft.AsAll(o => o.Number);
        return new Invoice
        {
            Id = id,
            InvoiceKind = InvoiceKind.Invoice,
            RunId = terms.RunId,
            SellerId = seller.Id,
            BuyerId = buyer.Id,
            SellerParty = InvoiceParty.Of(seller) with { Contact = InvoiceContact.OfSeller(seller), Identifier = draft.AsAll(o => o.SellerNumber) },
            BuyerParty = InvoiceParty.Of(buyer) with { Contact = InvoiceContact.OfBuyer(buyer) },
            BuyerReference = buyer.LeitwegId ?? "",
            OrderNumbers = new OrderNumbers(salesOrder, draft.AsAll(o => o.PurchaseOrderNumber), Contract: salesOrder),
            IssuedOn = terms.IssueOn,
            DueOn = terms.DueOn,
            PeriodFrom = draft.PeriodFrom,
            PeriodTo = draft.PeriodTo,
            Net = draft.Net,
            Tax = draft.Tax,
            Gross = draft.Gross,
            CreatedAt = terms.At,
            Lines = [.. draft.Lines.Select((line, i) => Line(id, i + 1, line))],
            Taxes = [.. draft.Taxes.Select((tax, i) => Tax(id, i + 1, tax))],
        };
    }

    /// <summary>The correction of an invoice: the same lines and sums, and both parties as they are today.</summary>
    public static Invoice Anew(Invoice invoice, Organisation seller, Organisation buyer, IssueTerms terms, string reason)
    {
        Guid id = Guid.CreateVersion7(terms.At);
        return new Invoice
        {
            Id = id,
            InvoiceKind = InvoiceKind.Correction,
            RunId = terms.RunId,
            SellerId = invoice.SellerId,
            BuyerId = invoice.BuyerId,
            CorrectsId = invoice.Id,
            Corrects = new PrecedingInvoice(invoice.Number, invoice.IssuedOn),
            Note = string.Create(CultureInfo.InvariantCulture, $"Diese Rechnung ersetzt die Rechnung {invoice.Number} vom {invoice.IssuedOn:dd.MM.yyyy}. Grund: {reason}"),
            SellerParty = InvoiceParty.Of(seller) with { Contact = InvoiceContact.OfSeller(seller), Identifier = invoice.SellerParty.Identifier },
            BuyerParty = InvoiceParty.Of(buyer) with { Contact = InvoiceContact.OfBuyer(buyer) },
            BuyerReference = buyer.LeitwegId ?? "",
            OrderNumbers = invoice.OrderNumbers,
            IssuedOn = terms.IssueOn,
            DueOn = terms.DueOn,
            PeriodFrom = invoice.PeriodFrom,
            PeriodTo = invoice.PeriodTo,
            Net = invoice.Net,
            Tax = invoice.Tax,
            Gross = invoice.Gross,
            CreatedAt = terms.At,
            Lines = [.. invoice.Lines.OrderBy(l => l.Position).Select(l => l.For(id))],
            Taxes = [.. invoice.Taxes.OrderBy(t => t.Position).Select(t => t.For(id))],
        };
    }

    /// <summary>Issues an invoice against which nothing stands: it gets the seller's next number, its document is written once and kept with it, and it will be delivered.</summary>
    /// <returns>Its account.</returns>
    public static InvoiceAccount Issue(this Work work, Invoice invoice, Organisation seller)
    {
        var account = InvoiceAccount.Open(invoice);
        work.Context.AddRange(invoice, account, InvoiceDeliveryJob.Of(invoice, work.Now));
        int year = invoice.IssuedOn.Year;
        string prefix = seller.Selling?.NumberPrefix ?? throw new InvalidOperationException($"Seller {seller.Id} has no selling settings.");
        work.Number(string.Create(CultureInfo.InvariantCulture, $"invoices/{seller.Id:N}/{year}"), number =>
        {
            invoice.NumberAs(string.Create(CultureInfo.InvariantCulture, $"{prefix}-R-{year}-{number:D6}"));
            // Within the commit, because the document names the number: it must take far less time than the commit itself.
            InvoiceDocument document = InvoiceDocument.Of(invoice);
            invoice.KeepAs(document);
            account.Keep(document);
            work.Context.Add(document);
        });
        return account;
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
        Part = line.Part,
        UsedById = line.Price.UsedById,
        PeriodFrom = line.Price.PeriodFrom,
        PeriodTo = line.Price.PeriodTo,
        Attributes = line.Attributes,
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

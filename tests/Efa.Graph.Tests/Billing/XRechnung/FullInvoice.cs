using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;

namespace Efa.Graph.Tests.Billing.XRechnung;

/// <summary>An invoice that says everything that the model can say.</summary>
internal static class FullInvoice
{
    public static EInvoice Build()
    {
        EInvoice invoice = ExampleInvoices.AnnualSubscription();
        EInvoice other = ExampleInvoices.Mixed();
        return InvoiceSums.Complete(
            invoice with
            {
                Kind = InvoiceKind.Correction,
                Notes = [.. invoice.Notes, new("Ersetzt die Rechnung MP-2027-000000.", DocumentNote.Reason)],
                Corrects = new("MP-2027-000000", new(2027, 1, 2)),
                Attachments = [.. ExampleInvoices.PartialYear().Attachments, new("Anlage 2", "zwei.csv", new byte[] { 1 })],
                Seller = invoice.Seller with { TaxNumber = "026 815 08155" },
                Buyer = invoice.Buyer with { VatId = "DE987654321", RegisterNumber = "HRB 1", Contact = new("Kämmerei", "+49 30 1", "kaemmerei@stadt.example") },
                Payment = invoice.Payment! with { Bic = "COBADEFFXXX" },
                PaymentTerms = "#SKONTO#TAGE=14#PROZENT=2.00#\nDanach ohne Abzug.",
                Lines = [.. invoice.Lines, other.Lines[2] with { Id = "5", Period = invoice.Period, Note = "Einmalig", Description = "Anbindung" }],
                Allowances = [],
            },
            Discount.OfPercent(7.5m, "Verbundrabatt"),
            Discount.OfAmount(10.01m, "Treuerabatt", DocumentAllowance.SpecialRebate));
    }

    public static EInvoice Credit() => Build() with { Kind = InvoiceKind.CreditNote };
}

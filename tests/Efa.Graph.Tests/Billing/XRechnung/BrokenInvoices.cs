using Efa.Marketplace.Billing.XRechnung;

namespace Efa.Graph.Tests.Billing.XRechnung;

/// <summary>Good invoices with one fault each, and the rule that must find it.</summary>
/// <remarks>
/// These faults the model cannot express: no or another BT-23 or BT-24, a type other than 380, 381 and 384, 381 in an Invoice, no date of issue,
/// another or no currency, a decimal comma, elements out of order or empty, a base quantity in another unit than the quantity (R130) and a
/// breakdown without a rate (BR-DE-14). What needs other invoices, such as a number given twice, is not a matter of one record.
/// </remarks>
internal static class BrokenInvoices
{
    public static readonly IReadOnlyList<(string Fault, string Rule, Func<EInvoice> Invoice)> All =
    [
        // The header.
        ("no number", "BR-02", () => Good() with { Number = null }),
        ("no Leitweg-ID", "BR-DE-15", () => Good() with { BuyerReference = null }),
        ("wrong check digits in the Leitweg-ID", "EFA-LEITWEG-ID", () => Good() with { BuyerReference = "05999024-12345-94" }),
        ("no due date nor terms", "BR-CO-25", () => Good() with { DueOn = null, PaymentTerms = null }),
        ("due before issue", "EFA-DUE-DATE", () => Good() with { DueOn = new(2027, 1, 3) }),
        ("unknown subject of a note", "BR-CL-08", () => Good() with { Notes = [new("Text", "XXX")] }),
        ("note without text", "PEPPOL-EN16931-R008", () => Good() with { Notes = [new(" ")] }),
        ("no period of service", "BR-DE-TMP-32", () => Good() with { Period = null, Lines = [Good().Lines[0] with { Period = null }, .. Good().Lines.Skip(1)] }),
        ("period ends before it begins", "BR-29", () => Good() with { Period = new(new(2027, 12, 31), new(2027, 1, 1)) }),
        ("credit note without reference", "EFA-CREDIT-REFERENCE", () => ExampleInvoices.PartialCredit() with { Corrects = null }),
        ("384 without reference", "BR-DE-26", () => ExampleInvoices.Correction() with { Corrects = null }),
        ("reference without number", "BR-55", () => ExampleInvoices.Correction() with { Corrects = new("", new(2027, 1, 4)) }),
        ("reference to a later invoice", "EFA-REFERENCE-DATE", () => ExampleInvoices.Correction() with { Corrects = new("AOER-2027-000017", new(2027, 2, 11)) }),
        ("reference to itself", "EFA-REFERENCE-ITSELF", () => ExampleInvoices.Correction() with { Corrects = new("AOER-2027-000023", new(2027, 1, 4)) }),

        // Attachments.
        ("XML attachment", "BR-CL-24", () => Attached(new Attachment("A", "a.xml", new byte[] { 1 }, null, "application/xml"))),
        ("same file name", "BR-DE-22", () => Attached(new("A", "a.csv", new byte[] { 1 }), new("B", "A.csv", new byte[] { 1 }))),
        ("attachment without id", "BR-52", () => Attached(new Attachment("", "a.csv", new byte[] { 1 }))),
        ("empty attachment", "PEPPOL-EN16931-R008", () => Attached(new Attachment("A", "a.csv", default))),

        // The seller.
        ("no seller name", "BR-06", () => Seller(s => s with { Name = " " })),
        ("no seller address", "BR-08", () => Seller(s => s with { Address = null })),
        ("no seller street", "EFA-SELLER-STREET", () => Seller(s => s with { Address = s.Address! with { Street = "" } })),
        ("no seller city", "BR-DE-3", () => Seller(s => s with { Address = s.Address! with { City = "" } })),
        ("no seller post code", "BR-DE-4", () => Seller(s => s with { Address = s.Address! with { PostalCode = "" } })),
        ("no seller country", "BR-09", () => Seller(s => s with { Address = s.Address! with { CountryCode = "D" } })),
        ("no BT-34", "PEPPOL-EN16931-R020", () => Seller(s => s with { Endpoint = null })),
        ("bad EAS of the seller", "BR-CL-25", () => Seller(s => s with { Endpoint = new("9999", "1") })),
        ("seller's mail address without domain", "EFA-ELECTRONIC-ADDRESS", () => Seller(s => s with { Endpoint = new(Endpoint.Email, "rechnung@marktplatz") })),
        ("seller not identified", "BR-CO-26", () => Seller(s => s with { Identifier = null, RegisterNumber = null, VatId = null, TaxNumber = "026 815 08155" })),
        ("VAT id without DE", "BR-CO-09", () => Seller(s => s with { VatId = "123456789" })),
        ("no contact", "BR-DE-2", () => Seller(s => s with { Contact = null })),
        ("no contact name", "BR-DE-5", () => Seller(s => s with { Contact = s.Contact! with { Name = null } })),
        ("no phone", "BR-DE-6", () => Seller(s => s with { Contact = s.Contact! with { Phone = null } })),
        ("no e-mail", "BR-DE-7", () => Seller(s => s with { Contact = s.Contact! with { Email = null } })),
        ("phone without digits", "BR-DE-27", () => Seller(s => s with { Contact = s.Contact! with { Phone = "auf Anfrage" } })),
        ("e-mail with two @", "BR-DE-28", () => Seller(s => s with { Contact = s.Contact! with { Email = "a@b@c.de" } })),

        // The buyer.
        ("no buyer name", "BR-07", () => Buyer(b => b with { Name = "" })),
        ("no buyer address", "BR-10", () => Buyer(b => b with { Address = null })),
        ("no buyer street", "EFA-BUYER-STREET", () => Buyer(b => b with { Address = b.Address! with { Street = "" } })),
        ("no buyer city", "BR-DE-8", () => Buyer(b => b with { Address = b.Address! with { City = "" } })),
        ("no buyer post code", "BR-DE-9", () => Buyer(b => b with { Address = b.Address! with { PostalCode = "" } })),
        ("no buyer country", "BR-11", () => Buyer(b => b with { Address = b.Address! with { CountryCode = "XX" } })),
        ("no BT-49", "PEPPOL-EN16931-R010", () => Buyer(b => b with { Endpoint = null })),
        ("bad EAS of the buyer", "BR-CL-25", () => Buyer(b => b with { Endpoint = new("EMAIL", "a@b.de") })),
        ("wrong check digits in BT-49", "EFA-ELECTRONIC-ADDRESS", () => Buyer(b => b with { Endpoint = new(Endpoint.LeitwegId, "05999024-12345-96") })),
        ("buyer's VAT id without country", "BR-CO-09", () => Buyer(b => b with { VatId = "987654321" })),

        // Payment.
        ("no payment", "BR-DE-1", () => Good() with { Payment = null }),
        ("unknown means of payment", "BR-CL-16", () => Pay(p => p with { Code = "999" })),
        ("58 without account", "BR-61", () => Pay(p => p with { Iban = null })),
        ("59 without mandate", "PEPPOL-EN16931-R061", () => Pay(p => p with { Code = PaymentMeans.SepaDebit })),
        ("wrong IBAN", "BR-DE-19", () => Pay(p => p with { Iban = "DE89370400440532013001" })),
        ("IBAN with spaces", "BR-DE-19", () => Pay(p => p with { Iban = "DE89 3704 0044 0532 0130 00" })),
        ("wrong BIC", "EFA-BIC", () => Pay(p => p with { Bic = "COBADE" })),
        ("Skonto without line break", "BR-DE-18", () => Good() with { PaymentTerms = "#SKONTO#TAGE=14#PROZENT=2.00#" }),
        ("Skonto in words", "BR-DE-18", () => Good() with { PaymentTerms = "#2 % Skonto\n" }),

        // Lines.
        ("no line", "BR-16", () => Good() with { Lines = [] }),
        ("line without id", "BR-21", () => Line(l => l with { Id = "" })),
        ("two lines with one id", "EFA-LINE-ID", () => Line(l => l with { Id = "2" })),
        ("line without name", "BR-25", () => Line(l => l with { Name = "\t" })),
        ("unknown unit", "BR-CL-23", () => Line(l => l with { UnitCode = "STK" })),
        ("negative quantity", "EFA-QUANTITY", () => InvoiceSums.Complete(Line(l => l with { Quantity = -1 }))),
        ("credit note with negative amounts", "EFA-QUANTITY", () => InvoiceSums.Complete(ExampleInvoices.PartialCredit() with { Lines = [ExampleInvoices.PartialCredit().Lines[0] with { Quantity = -1500 }] })),
        ("negative price", "BR-27", () => InvoiceSums.Complete(Line(l => l with { Price = -1 }))),
        ("base 0", "PEPPOL-EN16931-R121", () => Line(l => l with { BaseQuantity = 0 })),
        ("line period reversed", "BR-30", () => Line(l => l with { Period = new(new(2027, 6, 2), new(2027, 6, 1)) })),
        ("line period too early", "PEPPOL-EN16931-R110", () => Line(l => l with { Period = new(new(2026, 12, 31), new(2027, 6, 1)) })),
        ("line period too late", "PEPPOL-EN16931-R111", () => Line(l => l with { Period = new(new(2027, 1, 1), new(2028, 1, 1)) })),
        ("attribute without value", "BR-54", () => Line(l => l with { Attributes = [new("Einwohner", "")] })),
        ("S without rate", "BR-S-05", () => Line(l => l with { Tax = new(VatCategory.S, null) })),
        ("S with rate 0", "BR-S-05", () => Line(l => l with { Tax = new(VatCategory.S, 0) })),
        ("E with a rate", "BR-E-05", () => Line(l => l with { Tax = new(VatCategory.E, 19, null, "Grund") })),
        ("AE with a rate", "BR-AE-05", () => Line(l => l with { Tax = new(VatCategory.AE, 19, LineTax.ReverseChargeCode) })),
        ("O line with rate", "BR-O-05", () => ExampleInvoices.NotTaxable() with { Lines = [ExampleInvoices.NotTaxable().Lines[0] with { Tax = new(VatCategory.O, 0) }] }),
        ("a rate that is none", "EFA-TAX-RATE", () => InvoiceSums.Complete(Rated(18))),
        ("a rate of another time", "EFA-TAX-RATE", () => InvoiceSums.Complete(Rated(16))),
        ("line too large", "EFA-RANGE", () => InvoiceSums.Complete(Line(l => l with { Quantity = 1_000_000_000_000m }))),
        ("total too large", "EFA-RANGE", () => Totals(t => t with { Payable = 10_000_000_000_000_000m })),
        ("line net with 3 decimals", "BR-DEC-23", () => Line(l => l with { Net = 1200.001m })),
        ("line net off by 5 EUR", "PEPPOL-EN16931-R120", () => Line(l => l with { Net = 1205 })),
        ("line net off by 1 cent", "PEPPOL-EN16931-R120", () => Line(l => l with { Net = 1200.01m })),

        // Allowances.
        ("negative allowance", "EFA-ALLOWANCE", () => InvoiceSums.Complete(Allowance(a => a with { Amount = -1, Percent = null, Base = null }))),
        ("allowance with 3 decimals", "BR-DEC-01", () => Allowance(a => a with { Amount = 372.404m })),
        ("allowance base with 3 decimals", "BR-DEC-02", () => Allowance(a => a with { Base = 7448.081m })),
        ("allowance without reason", "BR-33", () => Allowance(a => a with { Reason = null, ReasonCode = null })),
        ("unknown code of an allowance", "BR-CL-19", () => Allowance(a => a with { ReasonCode = "7" })),
        ("allowance percentage without base", "PEPPOL-EN16931-R041", () => Allowance(a => a with { Base = null })),
        ("allowance base without percentage", "PEPPOL-EN16931-R042", () => Allowance(a => a with { Percent = null })),
        ("allowance not its percentage", "PEPPOL-EN16931-R040", () => InvoiceSums.Complete(Allowance(a => a with { Amount = 372.41m }))),
        ("allowance on S without rate", "BR-S-06", () => Allowance(a => a with { Rate = null })),
        ("allowance on E with a rate", "BR-E-06", () => Allowance(a => a with { Category = VatCategory.E })),
        ("allowance on AE with a rate", "BR-AE-06", () => Allowance(a => a with { Category = VatCategory.AE })),
        ("allowance on O with a rate", "BR-O-06", () => Allowance(a => a with { Category = VatCategory.O })),

        // Tax.
        ("no breakdown", "BR-CO-18", () => Good() with { Taxes = [] }),
        ("no tax id", "BR-S-02", () => Seller(s => s with { VatId = null })),
        ("no tax id with E", "BR-E-02", () => ExampleInvoices.Mixed() is var mixed ? mixed with { Seller = mixed.Seller with { VatId = null } } : mixed),
        ("no tax id with AE", "BR-AE-02", () => ExampleInvoices.ReverseCharge() is var at ? at with { Seller = at.Seller with { VatId = null } } : at),
        ("AE without the buyer's VAT id", "BR-AE-02", () => ExampleInvoices.ReverseCharge() is var at ? at with { Buyer = at.Buyer with { VatId = null } } : at),
        ("O with VAT id", "BR-O-02", () => ExampleInvoices.NotTaxable() is var free ? free with { Seller = free.Seller with { VatId = "DE123456789" } } : free),
        ("O with the buyer's VAT id", "BR-O-02", () => ExampleInvoices.NotTaxable() is var free ? free with { Buyer = free.Buyer with { VatId = "DE123456789" } } : free),
        ("S + O", "BR-O-11", () => InvoiceSums.Complete(Line(l => l with { Tax = new(VatCategory.O, null, LineTax.NotTaxableCode) }))),
        ("taxable amount with 3 decimals", "BR-DEC-19", () => Tax(t => t with { Taxable = 7075.681m })),
        ("VAT with 3 decimals", "BR-DEC-20", () => Tax(t => t with { Tax = 1344.379m })),
        ("VAT +1.50", "BR-CO-17", () => Consistent(1.50m)),
        ("VAT off by 1 cent with consistent totals", "BR-CO-17", () => Consistent(0.01m)),
        ("unknown code of an exemption", "BR-CL-22", () => Tax(t => t with { ExemptionCode = "VATEX-EU-999" })),
        ("doubled subtotal", "BR-CO-14", () => Good() with { Taxes = [Good().Taxes[0], Good().Taxes[0]] }),
        ("S subtotal twice", "BR-S-01", () => Good() with { Taxes = [Good().Taxes[0], Good().Taxes[0]] }),
        ("E subtotal missing", "BR-E-01", () => ExampleInvoices.Mixed() is var mixed ? mixed with { Taxes = [mixed.Taxes[0]] } : mixed),
        ("AE subtotal twice", "BR-AE-01", () => ExampleInvoices.ReverseCharge() is var at ? at with { Taxes = [at.Taxes[0], at.Taxes[0]] } : at),
        ("O subtotal twice", "BR-O-01", () => ExampleInvoices.NotTaxable() is var free ? free with { Taxes = [free.Taxes[0], free.Taxes[0]] } : free),
        ("S sum off by 1 cent", "BR-S-08", () => Tax(t => t with { Taxable = 7075.69m })),
        ("E sum off by 1 cent", "BR-E-08", () => ExampleInvoices.Mixed() is var mixed ? mixed with { Taxes = [mixed.Taxes[0], mixed.Taxes[1] with { Taxable = 450.01m }] } : mixed),
        ("AE sum off by 1 cent", "BR-AE-08", () => ExampleInvoices.ReverseCharge() is var at ? at with { Taxes = [at.Taxes[0] with { Taxable = 2246.41m }] } : at),
        ("O sum off by 1 cent", "BR-O-08", () => ExampleInvoices.NotTaxable() is var free ? free with { Taxes = [free.Taxes[0] with { Taxable = 2246.41m }] } : free),
        ("S with a reason", "BR-S-10", () => Tax(t => t with { ExemptionReason = "Grund" })),
        ("E without reason", "BR-E-10", () => InvoiceSums.Complete(ExampleInvoices.Mixed() is var mixed ? mixed with { Lines = [mixed.Lines[2] with { Tax = new(VatCategory.E, 0) }] } : mixed)),
        ("AE without reason", "BR-AE-10", () => ExampleInvoices.ReverseCharge() is var at ? at with { Taxes = [at.Taxes[0] with { ExemptionCode = null, ExemptionReason = "" }] } : at),
        ("O without reason", "BR-O-10", () => ExampleInvoices.NotTaxable() is var free ? free with { Taxes = [free.Taxes[0] with { ExemptionCode = null, ExemptionReason = null }] } : free),

        // Sums.
        ("line sum +0.01", "BR-CO-10", () => Totals(t => t with { Lines = t.Lines + 0.01m })),
        ("allowance sum +0.01", "BR-CO-11", () => Totals(t => t with { Allowances = t.Allowances + 0.01m })),
        ("net +0.01", "BR-CO-13", () => Totals(t => t with { Net = t.Net + 0.01m })),
        ("VAT total is not the sum", "BR-CO-14", () => Totals(t => t with { Tax = t.Tax + 0.01m })),
        ("gross +0.01", "BR-CO-15", () => Totals(t => t with { Gross = t.Gross + 0.01m })),
        ("payable +0.01", "BR-CO-16", () => Totals(t => t with { Payable = t.Payable + 0.01m })),
        ("nothing payable", "EFA-NOTHING-PAYABLE", () => InvoiceSums.Complete(Good() with { Lines = [Good().Lines[0] with { Price = 0 }], Allowances = [] })),
        ("line sum with 3 decimals", "BR-DEC-09", () => Totals(t => t with { Lines = t.Lines + 0.001m })),
        ("allowance sum with 3 decimals", "BR-DEC-10", () => Totals(t => t with { Allowances = t.Allowances + 0.001m })),
        ("net with 3 decimals", "BR-DEC-12", () => Totals(t => t with { Net = t.Net + 0.001m })),
        ("VAT total with 3 decimals", "BR-DEC-13", () => Totals(t => t with { Tax = t.Tax + 0.001m })),
        ("gross with 3 decimals", "BR-DEC-14", () => Totals(t => t with { Gross = t.Gross + 0.001m })),
        ("payable with 3 decimals", "BR-DEC-18", () => Totals(t => t with { Payable = t.Payable + 0.001m })),

        // Texts.
        ("a character that XML forbids", "EFA-CHARACTERS", () => Line(l => l with { Name = "Grund\u0000gebühr" })),
        ("5,000 characters of name", "EFA-LENGTH", () => Line(l => l with { Name = new string('x', 5000) })),
    ];

    private static EInvoice Good() => ExampleInvoices.AnnualSubscription();

    private static EInvoice Attached(params Attachment[] files) => Good() with { Attachments = files };

    private static EInvoice Seller(Func<EInvoiceParty, EInvoiceParty> change) => Good() with { Seller = change(Good().Seller) };

    private static EInvoice Buyer(Func<EInvoiceParty, EInvoiceParty> change) => Good() with { Buyer = change(Good().Buyer) };

    private static EInvoice Pay(Func<PaymentMeans, PaymentMeans> change) => Good() with { Payment = change(Good().Payment!) };

    private static EInvoice Line(Func<EInvoiceLine, EInvoiceLine> change) => Good() with { Lines = [change(Good().Lines[0]), .. Good().Lines.Skip(1)] };

    private static EInvoice Rated(decimal percent) =>
        Good() with { Lines = [.. Good().Lines.Select(l => l with { Tax = new(VatCategory.S, percent) })], Allowances = [] };

    private static EInvoice Allowance(Func<DocumentAllowance, DocumentAllowance> change) => Good() with { Allowances = [change(Good().Allowances[0])] };

    private static EInvoice Tax(Func<TaxSubtotal, TaxSubtotal> change) => Good() with { Taxes = [change(Good().Taxes[0])] };

    private static EInvoice Totals(Func<DocumentTotals, DocumentTotals> change) => Good() with { Totals = change(Good().Totals) };

    private static EInvoice Consistent(decimal more)
    {
        EInvoice invoice = Tax(t => t with { Tax = t.Tax + more });
        DocumentTotals totals = invoice.Totals;
        return invoice with { Totals = totals with { Tax = totals.Tax + more, Gross = totals.Gross + more, Payable = totals.Payable + more } };
    }
}

using System.Text;
using Efa.Graph.Tests.Contract;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;

namespace Efa.Graph.Tests.Billing.XRechnung;

/// <summary>The eight documents of examples/, built as the marketplace would: parties, lines and discounts in, sums computed.</summary>
internal static class ExampleInvoices
{
    public static readonly IReadOnlyDictionary<string, Func<EInvoice>> All = new Dictionary<string, Func<EInvoice>>
    {
        ["01-annual-subscription-19"] = AnnualSubscription,
        ["02-non-taxable-2b"] = NotTaxable,
        ["03-credit-note"] = PartialCredit,
        ["04-prorated-partial-year"] = PartialYear,
        ["05-full-cancellation"] = FullCancellation,
        ["06-corrected-invoice-384"] = Correction,
        ["07-mixed-S-and-E"] = Mixed,
        ["08-reverse-charge-AE"] = ReverseCharge,
    };

    private static readonly LineTax Standard = new(VatCategory.S, 19);
    private static readonly ServicePeriod Year2027 = new(new(2027, 1, 1), new(2027, 12, 31));
    private static readonly ServicePeriod RestOf2026 = new(new(2026, 9, 15), new(2026, 12, 31));
    private static readonly Discount GroupRebate = Discount.OfPercent(5, "Verbundrabatt interkommunale Zusammenarbeit");

    public static string PathOf(string name) => Repository.PathOf($"tests/Efa.Graph.Tests/Billing/XRechnung/examples/{name}.xml");

    public static EInvoice AnnualSubscription() => InvoiceSums.Complete(
        new EInvoice
        {
            Kind = InvoiceKind.Invoice,
            Number = "MP-2027-000001",
            IssuedOn = new(2027, 1, 4),
            DueOn = new(2027, 2, 3),
            Notes = [new("Jahresabrechnung 2027. Einwohnerzahl nach amtlicher Fortschreibung zum 30.06.2026: 48312.")],
            BuyerReference = "05999024-12345-95",
            ContractReference = "SUB-000123",
            PurchaseOrder = "BEST-2026-4711",
            SalesOrder = "ORD-2026-000815",
            BookingReference = "1110-5431000",
            Period = Year2027,
            Seller = Marketplace with
            {
                Endpoint = new(Endpoint.Email, "rechnung@marktplatz.example"),
                Identifier = "LIEF-70815",
                RegisterNumber = "GnR 1234 Amtsgericht Musterstadt",
                LegalInformation = "Eingetragene Genossenschaft, Sitz Musterstadt, Vorstand: Erika Muster",
            },
            Buyer = Town with { Contact = new("Amt für Digitalisierung") },
            Payment = new(PaymentMeans.SepaTransfer, "MP-2027-000001", "DE89370400440532013000", "Muster-Marktplatz für Verwaltungsleistungen eG"),
            PaymentTerms = "Zahlbar ohne Abzug innerhalb von 30 Tagen nach Rechnungsdatum.",
            Lines =
            [
                new EInvoiceLine
                {
                    Id = "1", Quantity = 1, UnitCode = "ANN", Price = 1200, Period = Year2027, Tax = Standard, ItemNumber = "SVC-EWA-BASE",
                    Name = "EfA-Onlinedienst Wohnsitzanmeldung – Grundgebühr", Description = "Jährliche Grundgebühr für Betrieb und Pflege des EfA-Onlinedienstes",
                },
                Tier(1, 10000, 180, "1. bis 10.000. Einwohner") with { Attributes = [new("Einwohner gesamt", "48312")] },
                Tier(2, 20000, 140, "10.001. bis 30.000. Einwohner"),
                Tier(3, 18312, 90, "ab dem 30.001. Einwohner"),
            ],
        },
        GroupRebate);

    public static EInvoice NotTaxable() => InvoiceSums.Complete(new EInvoice
    {
        Kind = InvoiceKind.Invoice,
        Number = "AOER-2027-000017",
        IssuedOn = new(2027, 1, 4),
        DueOn = new(2027, 2, 3),
        Notes = [new("Nutzungsentgelt auf Grundlage der öffentlich-rechtlichen Vereinbarung ÖRV-2026-031.")],
        BuyerReference = "06999012-MP4711-58",
        ContractReference = "ÖRV-2026-031",
        Period = Year2027,
        Seller = Agency,
        Buyer = Village,
        Payment = new(PaymentMeans.SepaTransfer, "AOER-2027-000017", "DE02120300000000202051", "Digitale Dienste Beispiel AöR"),
        PaymentTerms = "Zahlbar ohne Abzug bis zum 03.02.2027.",
        Lines =
        [
            new EInvoiceLine
            {
                Id = "1", Quantity = 12480, UnitCode = "IE", Price = 0.18m, Period = Year2027, ItemNumber = "SVC-UV-EW",
                Name = "Mitnutzung EfA-Onlinedienst Unterhaltsvorschuss, je Einwohner und Jahr",
                Tax = new(VatCategory.O, null, LineTax.NotTaxableCode, "Nicht steuerbare Leistung einer juristischen Person des öffentlichen Rechts im Rahmen öffentlicher Gewalt (§ 2b Abs. 1 UStG)"),
            },
        ],
    });

    public static EInvoice PartialCredit()
    {
        EInvoice invoice = AnnualSubscription();
        return InvoiceSums.Complete(
            invoice with
            {
                Kind = InvoiceKind.CreditNote,
                Number = "MP-2027-000042",
                IssuedOn = new(2027, 2, 15),
                DueOn = null,
                Notes = [new("Rechnungskorrektur zur Rechnung MP-2027-000001 vom 04.01.2027: berichtigte Einwohnerzahl 46812 statt 48312.", DocumentNote.Reason)],
                Corrects = new(invoice.Number!, invoice.IssuedOn),
                SalesOrder = null,
                BookingReference = null,
                Seller = invoice.Seller with { LegalInformation = null },
                Buyer = Town,
                Payment = new(PaymentMeans.SetOff, "MP-2027-000042"),
                PaymentTerms = "Der Korrekturbetrag wird mit der offenen Rechnung MP-2027-000001 verrechnet, ein Überschuss binnen 14 Tagen erstattet.",
                Lines = [invoice.Lines[3] with { Quantity = 1500, Note = "Korrektur der Position 4 der Rechnung MP-2027-000001" }],
                Allowances = [],
            },
            GroupRebate);
    }

    public static EInvoice PartialYear() => InvoiceSums.Complete(new EInvoice
    {
        Kind = InvoiceKind.Invoice,
        Number = "MP-2026-000977",
        IssuedOn = new(2026, 9, 16),
        DueOn = new(2026, 10, 16),
        Notes = [new("Anteilige Abrechnung 15.09.2026 bis 31.12.2026 (108 von 365 Tagen, taggenau).")],
        BuyerReference = "08999-9900101-03",
        ContractReference = "SUB-000456",
        PurchaseOrder = "4500012345",
        Period = RestOf2026,
        Attachments =
        [
            new(
                "Berechnungsnachweis",
                "MP-2026-000977-berechnung.csv",
                Encoding.UTF8.GetBytes("Position;Jahresbetrag_netto_EUR;Tage_genutzt;Tage_Jahr;Netto_EUR\r\n1;2400.00;108;365;710.14\r\n2;2246.40;108;365;664.69\r\n"),
                "Taggenaue Berechnung der anteiligen Jahresentgelte"),
        ],
        Seller = Marketplace,
        Buyer = District,
        Payment = new(PaymentMeans.SepaTransfer, "MP-2026-000977", "DE89370400440532013000", "Muster-Marktplatz für Verwaltungsleistungen eG"),
        PaymentTerms = "Zahlbar ohne Abzug innerhalb von 30 Tagen nach Rechnungsdatum.",
        Lines =
        [
            new EInvoiceLine
            {
                Id = "1", Quantity = 108, UnitCode = "DAY", Price = 2400, BaseQuantity = 365, Period = RestOf2026, Tax = Standard, ItemNumber = "SVC-BAU-BASE",
                Name = "EfA-Onlinedienst Bauantrag – Grundgebühr (anteilig)", Description = "Jahresentgelt 2.400,00 EUR, anteilig 108 von 365 Tagen",
            },
            new EInvoiceLine
            {
                Id = "2", Quantity = 108, UnitCode = "DAY", Price = 2246.40m, BaseQuantity = 365, Period = RestOf2026, Tax = Standard, ItemNumber = "SVC-BAU-EW",
                Name = "EfA-Onlinedienst Bauantrag – Einwohnerentgelt (anteilig)",
                Description = "12480 Einwohner x 0,18 EUR = 2.246,40 EUR Jahresentgelt, anteilig 108 von 365 Tagen",
                Attributes = [new("Einwohner", "12480"), new("Preis je Einwohner und Jahr EUR", "0.18")],
            },
            new EInvoiceLine
            {
                Id = "3", Quantity = 1, UnitCode = "C62", Price = 450, Period = new(RestOf2026.From, RestOf2026.From), Tax = Standard, ItemNumber = "SVC-SETUP",
                Name = "Einmalige Bereitstellung und Anbindung",
            },
        ],
    });

    public static EInvoice FullCancellation()
    {
        EInvoice invoice = PartialYear();
        return InvoiceSums.Complete(invoice with
        {
            Kind = InvoiceKind.CreditNote,
            Number = "MP-2026-000981",
            IssuedOn = new(2026, 10, 1),
            DueOn = new(2026, 10, 15),
            Notes = [new("Stornorechnung: Die Rechnung MP-2026-000977 vom 16.09.2026 wird vollständig storniert.", DocumentNote.Reason)],
            Corrects = new(invoice.Number!, invoice.IssuedOn),
            Attachments = [],
            Payment = new(PaymentMeans.SepaTransfer, "MP-2026-000981", "DE02100100100006820101", "Landkreis Musterkreis"),
            PaymentTerms = "Der Betrag wird bis zum 15.10.2026 erstattet, soweit die Rechnung bereits bezahlt wurde.",
        });
    }

    public static EInvoice Correction()
    {
        EInvoice invoice = NotTaxable();
        return InvoiceSums.Complete(invoice with
        {
            Kind = InvoiceKind.Correction,
            Number = "AOER-2027-000023",
            IssuedOn = new(2027, 2, 10),
            DueOn = new(2027, 3, 12),
            Notes =
            [
                new(
                    "Korrigierte Rechnung, ersetzt die stornierte Rechnung AOER-2027-000017 vom 04.01.2027. Nutzungsentgelt auf Grundlage der öffentlich-rechtlichen Vereinbarung ÖRV-2026-031.",
                    DocumentNote.Reason),
            ],
            Corrects = new(invoice.Number!, invoice.IssuedOn),
            Payment = invoice.Payment! with { Reference = "AOER-2027-000023" },
            PaymentTerms = "Zahlbar ohne Abzug bis zum 12.03.2027.",
            Lines = [invoice.Lines[0] with { Quantity = 12390 }],
        });
    }

    public static EInvoice Mixed()
    {
        EInvoice invoice = PartialYear();
        return InvoiceSums.Complete(invoice with
        {
            Number = "MP-2026-000978",
            Attachments = [],
            Payment = invoice.Payment! with { Reference = "MP-2026-000978" },
            Lines =
            [
                .. invoice.Lines.Take(2),
                invoice.Lines[2] with { Tax = new(VatCategory.E, 0, "VATEX-EU-132-1F", "Steuerfrei nach § 4 Nr. 29 UStG (Personenzusammenschluss)") },
            ],
        });
    }

    public static EInvoice ReverseCharge()
    {
        EInvoice invoice = NotTaxable();
        return InvoiceSums.Complete(invoice with
        {
            Number = "AT-2027-000003",
            Notes = [new("Nutzungsentgelt.")],
            Seller = Agency with { Name = "Beispiel Software GmbH", Address = new("Behördenweg 7", "1010", "Wien", "AT"), TaxNumber = null, VatId = "ATU12345678" },
            Buyer = Village with { VatId = "DE987654321" },
            Payment = new(PaymentMeans.SepaTransfer, "AT-2027-000003", "AT611904300234573201", "Beispiel Software GmbH"),
            Lines = [invoice.Lines[0] with { Tax = LineTax.Of(TaxTreatment.ReverseCharge, 0, null) }],
        });
    }

    private static readonly EInvoiceParty Marketplace = new()
    {
        Name = "Muster-Marktplatz für Verwaltungsleistungen eG",
        Endpoint = new(Endpoint.GermanVatId, "DE123456789"),
        Address = new PostalAddress("Musterallee 1", "12345", "Musterstadt"),
        VatId = "DE123456789",
        Contact = new("Abrechnungsservice", "+49 30 1234567", "abrechnung@marktplatz.example"),
    };

    private static readonly EInvoiceParty Agency = new()
    {
        Name = "Digitale Dienste Beispiel AöR",
        Endpoint = new(Endpoint.Email, "rechnung@dienste-aoer.example"),
        Identifier = "LIEF-70900",
        Address = new PostalAddress("Behördenweg 7", "34567", "Beispielstadt"),
        TaxNumber = "026 815 08155",
        Contact = new("Team Abrechnung", "+49 611 1234567", "abrechnung@dienste-aoer.example"),
    };

    private static readonly EInvoiceParty Town = new()
    {
        Name = "Stadt Musterhausen",
        Endpoint = new(Endpoint.LeitwegId, "05999024-12345-95"),
        Identifier = "KD-05999024",
        Address = new PostalAddress("Rathausplatz 1", "54321", "Musterhausen"),
    };

    private static readonly EInvoiceParty District = new()
    {
        Name = "Landkreis Musterkreis",
        Endpoint = new(Endpoint.LeitwegId, "08999-9900101-03"),
        Address = new PostalAddress("Kreisstraße 10", "78901", "Kreisstadt"),
    };

    private static readonly EInvoiceParty Village = new()
    {
        Name = "Gemeinde Beispielheim",
        Endpoint = new(Endpoint.Email, "rechnungseingang@beispielheim.example"),
        Address = new PostalAddress("Marktplatz 3", "34599", "Beispielheim"),
    };

    private static EInvoiceLine Tier(int number, decimal inhabitants, decimal price, string range) => new()
    {
        Id = (number + 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
        Quantity = inhabitants,
        UnitCode = "IE",
        Price = price,
        BaseQuantity = 1000,
        Period = Year2027,
        Tax = Standard,
        ItemNumber = $"SVC-EWA-T{number}",
        Name = $"EfA-Onlinedienst Wohnsitzanmeldung – Einwohnerstaffel {number}",
        Description = $"Staffel {number}: {range}, Preis je 1.000 Einwohner und Jahr",
    };
}

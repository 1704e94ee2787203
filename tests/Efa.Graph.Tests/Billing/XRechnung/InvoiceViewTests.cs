using System.Xml;
using System.Xml.Linq;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Pricing;

namespace Efa.Graph.Tests.Billing.XRechnung;

public sealed class InvoiceViewTests
{
    public static TheoryData<string> Names => [.. ExampleInvoices.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_is_german_has_one_heading_and_loads_nothing(string name)
    {
        string html = InvoiceView.Html(ExampleInvoices.All[name]());
        XElement page = Parse(html);

        Assert.StartsWith("<!DOCTYPE html><html lang=\"de\">", html, StringComparison.Ordinal);
        Assert.Single(page.Descendants("h1"));
        Assert.Equal(page.Descendants("h1").Single().Value, page.Descendants("title").Single().Value);
        Assert.Single(page.Descendants("main"));
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "img" or "iframe" or "a" or "form");
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName is "src" or "href" or "style" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.Contains("@media print", page.Descendants("style").Single().Value, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_table_has_a_caption_and_headers_for_columns_and_rows(string name) =>
        Assert.All(Parse(InvoiceView.Html(ExampleInvoices.All[name]())).Descendants("table"), table =>
        {
            Assert.NotEqual("", table.Element("caption")!.Value);
            int columns = table.Element("thead")!.Descendants("th").Count(th => (string?)th.Attribute("scope") == "col");
            Assert.All(table.Element("tbody")!.Elements("tr"), row =>
            {
                Assert.Equal(columns, row.Elements().Count());
                Assert.Equal("row", (string?)row.Elements().First().Attribute("scope"));
            });
        });

    [Fact]
    public void The_page_says_what_the_law_asks_for()
    {
        string text = TextOf(ExampleInvoices.AnnualSubscription());

        Assert.All(
            new[]
            {
                "Rechnung MP-2027-000001", "Muster-Marktplatz für Verwaltungsleistungen eG", "Musterallee 1", "12345 Musterstadt", "DE123456789", "Stadt Musterhausen", "Rathausplatz 1",
                "54321 Musterhausen", "04.01.2027", "03.02.2027", "01.01.2027 bis 31.12.2027", "05999024-12345-95", "BEST-2026-4711", "SUB-000123", "18.312", "90,00 EUR je 1.000 Einwohner",
                "1.648,08 EUR", "Verbundrabatt interkommunale Zusammenarbeit", "-372,40 EUR", "19 %", "7.075,68 EUR", "1.344,38 EUR", "8.420,06 EUR", "DE89370400440532013000", "Einwohner gesamt: 48312",
            },
            part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("02-non-taxable-2b", "nicht steuerbar", "§ 2b Abs. 1 UStG", "Steuernummer026 815 08155")]
    [InlineData("03-credit-note", "Rechnungskorrektur MP-2027-000042", "Rechnung MP-2027-000001 vom 04.01.2027", "Korrekturbetrag zu Ihren Gunsten152,62 EUR")]
    [InlineData("05-full-cancellation", "Stornorechnung", "Rechnung MP-2026-000977 vom 16.09.2026", "2.171,55 EUR")]
    [InlineData("06-corrected-invoice-384", "Korrigierte Rechnung AOER-2027-000023", "Rechnung AOER-2027-000017 vom 04.01.2027", "2.230,20 EUR")]
    [InlineData("07-mixed-S-and-E", "steuerfrei", "§ 4 Nr. 29 UStG", "261,22 EUR")]
    [InlineData("08-reverse-charge-AE", "Steuerschuldnerschaft des Leistungsempfängers", "ATU12345678", "DE987654321")]
    public void Each_kind_says_what_it_is(string name, params string[] parts)
    {
        string text = TextOf(ExampleInvoices.All[name]());

        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.DoesNotContain("Gutschrift", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_explained_where_their_steps_are_known()
    {
        EInvoice invoice = ExampleInvoices.PartialYear();
        EInvoiceLine explained = invoice.Lines[0] with { Steps = [new(PriceStepCodes.Flat, "2.400,00 EUR", 2400), new(PriceStepCodes.Days, "2.400,00 EUR × 108/365", 710.14m)] };
        XElement page = Parse(InvoiceView.Html(invoice with { Lines = [explained, .. invoice.Lines.Skip(1)] }));

        Assert.Equal(["Fester Betrag: 2.400,00 EUR = 2.400", "Anteil nach Tagen, auf Cent gerundet: 2.400,00 EUR × 108/365 = 710,14"], page.Descendants("ol").Single().Elements("li").Select(li => li.Value));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\" onload=\"x\" '&amp;</td></table>")]
    [InlineData("😀 & Söhne <GmbH>")]
    [Trait("attack", "V27")]
    public void Texts_never_become_markup(string text)
    {
        EInvoice invoice = FullInvoice.Build();
        EInvoiceParty party = invoice.Seller with { Name = text, Address = invoice.Seller.Address! with { City = text }, LegalInformation = text, Contact = new(text, text, text) };
        EInvoice nasty = invoice with
        {
            Number = text,
            ContractReference = text,
            Seller = party,
            Buyer = party,
            Notes = [new(text)],
            PaymentTerms = text,
            Attachments = [invoice.Attachments[0] with { FileName = text }],
            Allowances = [invoice.Allowances[0] with { Reason = text }],
            Taxes = [invoice.Taxes[0] with { ExemptionReason = text }],
            Lines = [invoice.Lines[0] with { Id = text, Name = text, Description = text, UnitCode = text, Attributes = [new(text, text)] }],
        };
        XElement page = Parse(InvoiceView.Html(nasty));

        Assert.Empty(page.Descendants("script"));
        Assert.Equal(text, page.Descendants("td").First().Element("strong")!.Value);
        Assert.Equal(
            Parse(InvoiceView.Html(nasty with { Number = "1" })).Descendants().Select(e => e.Name.LocalName),
            page.Descendants().Select(e => e.Name.LocalName));
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName == "onload");
    }

    [Fact]
    public void A_draft_says_that_it_is_one() => Assert.Contains("Rechnung (Entwurf)", TextOf(ExampleInvoices.Mixed() with { Number = null }), StringComparison.Ordinal);

    // The page closes every element, so that it reads as XML as well.
    private static XElement Parse(string html)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader).Root!;
    }

    private static string TextOf(EInvoice invoice) => Parse(InvoiceView.Html(invoice)).Element("body")!.Value.Replace('\u00a0', ' ');
}

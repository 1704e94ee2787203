using System.Text;
using Efa.Marketplace.Billing.XRechnung;

namespace Efa.Graph.Tests.Billing.XRechnung;

public sealed class InvoiceTextTests
{
    [Theory]
    [InlineData("A & B <GmbH> \"Köln\" 'x' ]]> &amp;")]
    [InlineData("Straße 😀 漢字 עברית\u200b")]
    [InlineData("Zeile 1\nZeile 2\r\nZeile 3\tTab")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("  führende und folgende Leerzeichen  ")]
    [Trait("attack", "V18")]
    public void Any_text_comes_back_as_it_was(string text)
    {
        EInvoice invoice = ExampleInvoices.AnnualSubscription();
        invoice = invoice with { Lines = [invoice.Lines[0] with { Name = text }, .. invoice.Lines.Skip(1)], Seller = invoice.Seller with { Name = text } };

        Assert.Empty(InvoiceRules.Check(invoice));
        WrittenXml xml = WrittenXml.Of(invoice);
        Assert.Equal(text, xml.Lines.First().Element(WrittenXml.Cac + "Item")!.Element(WrittenXml.Cbc + "Name")!.Value);
        Assert.Equal(text, xml.Text("AccountingSupplierParty", "Party", "PartyLegalEntity", "RegistrationName"));
    }

    [Theory]
    [InlineData(0x00, 6)]
    [InlineData(0x01, 6)]
    [InlineData(0x08, 6)]
    [InlineData(0x0B, 6)]
    [InlineData(0x1F, 6)]
    [InlineData(0xFFFE, 6)]
    [InlineData(0xFFFF, 6)]
    [InlineData(0xD83D, 6)]
    [InlineData(0xDE00, 6)]
    [Trait("attack", "V18")]
    public void Forbidden_characters_are_refused_in_every_text_and_never_written(int code, int position)
    {
        string text = $"Stadt{(char)code}!";
        EInvoice good = FullInvoice.Build();
        (string Field, EInvoice Invoice)[] places =
        [
            ("number", good with { Number = text }),
            ("leitwegId", good with { BuyerReference = text }),
            ("contractReference", good with { ContractReference = text }),
            ("purchaseOrder", good with { PurchaseOrder = text }),
            ("salesOrder", good with { SalesOrder = text }),
            ("bookingReference", good with { BookingReference = text }),
            ("corrects.number", good with { Corrects = new(text, good.IssuedOn) }),
            ("paymentTerms", good with { PaymentTerms = text }),
            ("paymentReference", good with { Payment = good.Payment! with { Reference = text } }),
            ("accountName", good with { Payment = good.Payment! with { AccountName = text } }),
            ("bic", good with { Payment = good.Payment! with { Bic = text } }),
            ("iban", good with { Payment = good.Payment! with { Iban = text } }),
            ("notes", good with { Notes = [new(text)] }),
            ("attachments", good with { Attachments = [good.Attachments[0] with { Description = text }] }),
            ("attachments", good with { Attachments = [good.Attachments[0] with { FileName = text }] }),
            ("allowances", good with { Allowances = [good.Allowances[0] with { Reason = text }] }),
            ("taxes", good with { Taxes = [good.Taxes[0] with { ExemptionReason = text }] }),
            ("name", good with { Seller = good.Seller with { Name = text } }),
            ("registerNumber", good with { Seller = good.Seller with { RegisterNumber = text } }),
            ("legalInformation", good with { Seller = good.Seller with { LegalInformation = text } }),
            ("taxNumber", good with { Seller = good.Seller with { TaxNumber = text } }),
            ("contacts.name", good with { Seller = good.Seller with { Contact = good.Seller.Contact! with { Name = text } } }),
            ("address.city", good with { Buyer = good.Buyer with { Address = good.Buyer.Address! with { City = text } } }),
            ("address.street", good with { Buyer = good.Buyer with { Address = good.Buyer.Address! with { Street = text } } }),
            ("identifier", good with { Buyer = good.Buyer with { Identifier = text } }),
            ("description", good with { Lines = [good.Lines[0] with { Description = text }] }),
            ("note", good with { Lines = [good.Lines[0] with { Note = text }] }),
            ("itemNumber", good with { Lines = [good.Lines[0] with { ItemNumber = text }] }),
            ("attributes", good with { Lines = [good.Lines[0] with { Attributes = [new("Einwohner", text)] }] }),
        ];

        Assert.All(places, place =>
        {
            RuleBreach breach = Assert.Single(InvoiceRules.Check(place.Invoice), b => b.Rule.Id == "EFA-CHARACTERS");
            Assert.Equal((place.Field, position), (breach.Field, (int)breach.Values[1]!));
            Assert.ThrowsAny<ArgumentException>(() => XRechnungWriter.Write(place.Invoice));
        });
    }

    [Fact]
    public void Blank_texts_leave_no_empty_element()
    {
        EInvoice invoice = ExampleInvoices.AnnualSubscription();
        invoice = invoice with
        {
            ContractReference = "",
            PurchaseOrder = " ",
            SalesOrder = "",
            BookingReference = "\t",
            PaymentTerms = "\n",
            Buyer = invoice.Buyer with { Identifier = "", VatId = " ", RegisterNumber = "", Contact = new("", " ") },
            Payment = invoice.Payment! with { AccountName = "", Bic = " ", Reference = "" },
            Lines = [invoice.Lines[0] with { Description = "", Note = " ", ItemNumber = "" }, .. invoice.Lines.Skip(1)],
        };

        Assert.All(WrittenXml.Of(invoice).Root.Descendants(), element => Assert.False(string.IsNullOrWhiteSpace(element.Value), element.Name.LocalName));
        Assert.Empty(InvoiceRules.Check(invoice));
    }

    [Fact]
    public void Long_descriptions_pass_and_endless_ones_do_not()
    {
        EInvoice invoice = ExampleInvoices.AnnualSubscription();
        EInvoice With(int length) => invoice with { Lines = [invoice.Lines[0] with { Description = new string('ü', length) }, .. invoice.Lines.Skip(1)] };

        Assert.Empty(InvoiceRules.Check(With(5000)));
        Assert.Contains(new string('ü', 5000), Encoding.UTF8.GetString(XRechnungWriter.Write(With(5000))), StringComparison.Ordinal);
        Assert.Equal("EFA-LENGTH", Assert.Single(InvoiceRules.Check(With(8001))).Rule.Id);
    }

    [Fact]
    public void Parts_of_a_cent_are_never_written()
    {
        EInvoice invoice = ExampleInvoices.AnnualSubscription();

        Assert.Throws<ArgumentOutOfRangeException>(() => XRechnungWriter.Write(invoice with { Totals = invoice.Totals with { Payable = 8420.061m } }));
    }
}

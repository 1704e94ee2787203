using Efa.Marketplace;
using Efa.Marketplace.Billing.XRechnung;

namespace Efa.Graph.Tests.Billing.XRechnung;

public sealed class InvoiceRulesTests
{
    public static TheoryData<string> Faults => [.. BrokenInvoices.All.Select(b => b.Fault)];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_found_under_its_rule(string fault)
    {
        (_, string rule, Func<EInvoice> invoice) = BrokenInvoices.All.Single(b => b.Fault == fault);

        Assert.Contains(rule, InvoiceRules.Check(invoice()).Select(b => b.Rule.Id));
    }

    [Fact]
    public void Every_rule_finds_a_fault()
    {
        HashSet<InvoiceRule> broken = [.. BrokenInvoices.All.SelectMany(b => InvoiceRules.Check(b.Invoice())).Select(b => b.Rule)];

        Assert.Equal([], InvoiceRules.All.Where(r => !broken.Contains(r)).Select(r => $"{r.Id} {r.Subject} {r.Field}"));
        Assert.True(InvoiceRules.All.Count > 100, InvoiceRules.All.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_breach_says_in_both_languages_what_is_wrong_and_where()
    {
        RuleBreach[] breaches = [.. BrokenInvoices.All.SelectMany(b => InvoiceRules.Check(b.Invoice()))];

        Assert.All(breaches, breach =>
        {
            Assert.DoesNotContain("{", breach.Message(Language.German), StringComparison.Ordinal);
            Assert.DoesNotContain("{", breach.Message(Language.English), StringComparison.Ordinal);
            Assert.NotEqual(breach.Message(Language.German), breach.Message(Language.English));
            Assert.NotEqual("", breach.Field);
        });
    }

    [Fact]
    public void A_breach_names_who_can_mend_what()
    {
        RuleBreach city = Assert.Single(Check(i => i with { Buyer = i.Buyer with { Address = i.Buyer.Address! with { City = "" } } }));
        Assert.Equal(("BR-DE-8", RuleSubject.Buyer, "address.city", null), (city.Rule.Id, city.Subject, city.Field, city.LineId));

        RuleBreach unit = Assert.Single(Check(i => i with { Lines = [.. i.Lines.Select(l => l.Id == "3" ? l with { UnitCode = "STK" } : l)] }));
        Assert.Equal(("BR-CL-23", RuleSubject.Line, "unitCode", "3"), (unit.Rule.Id, unit.Subject, unit.Field, unit.LineId));
        Assert.Equal("Unbekannte Einheit: STK.", unit.Message(Language.German));
    }

    [Fact]
    public void Sums_are_told_in_the_reader_s_figures()
    {
        RuleBreach breach = Assert.Single(Check(i => i with { Totals = i.Totals with { Payable = 8420.05m } }));

        Assert.Equal("Zu zahlen ist 8420,06, angegeben ist 8420,05.", breach.Message(Language.German));
        Assert.Equal("Payable is 8420.06, stated is 8420.05.", breach.Message(Language.English));
    }

    [Fact]
    public void A_draft_needs_no_number()
    {
        EInvoice draft = ExampleInvoices.AnnualSubscription() with { Number = null };

        Assert.Empty(InvoiceRules.CheckDraft(draft));
        Assert.Equal("BR-02", Assert.Single(InvoiceRules.Check(draft)).Rule.Id);
        Assert.Equal("BR-DE-15", Assert.Single(InvoiceRules.CheckDraft(draft with { BuyerReference = "" })).Rule.Id);
    }

    [Fact]
    public void An_invoice_that_says_everything_keeps_all_rules()
    {
        Assert.Empty(InvoiceRules.Check(FullInvoice.Build()));
        Assert.Empty(InvoiceRules.Check(FullInvoice.Credit()));
    }

    [Fact]
    public void Numbers_beyond_all_columns_are_refused_and_do_not_overflow()
    {
        EInvoice invoice = ExampleInvoices.AnnualSubscription();
        EInvoiceLine line = invoice.Lines[0] with { Quantity = decimal.MaxValue, Price = decimal.MaxValue, Net = decimal.MaxValue };

        Assert.Contains(InvoiceRules.Check(invoice with { Lines = [line, .. invoice.Lines.Skip(1)] }), b => b.Rule.Id == "EFA-RANGE" && b.LineId == "1");
    }

    [Theory]
    [InlineData("0088", "4012345000009", true)]
    [InlineData("0088", "4012345000008", false)]
    [InlineData("0088", "401234500000", false)]
    [InlineData("0204", "991-33333TEST-33", true)]
    [InlineData("0204", "991-33333TEST-34", false)]
    [InlineData("9930", "DE123456789", true)]
    [InlineData("9930", "ATU12345678", false)]
    [InlineData("9914", "ATU12345678", true)]
    [InlineData("9914", "DE123456789", false)]
    [InlineData("EM", "rechnung@stadt.example", true)]
    [InlineData("EM", "rechnung.@stadt.example", false)]
    [InlineData("EM", ".rechnung@stadt.example", false)]
    [InlineData("EM", "rechnung@stadt.example ", false)]
    [InlineData("EM", "rechnung@.example", false)]
    public void Electronic_addresses_fit_their_scheme(string scheme, string value, bool fits) =>
        Assert.Equal(fits ? [] : ["EFA-ELECTRONIC-ADDRESS"], Check(i => i with { Buyer = i.Buyer with { Endpoint = new(scheme, value) } }).Select(b => b.Rule.Id));

    private static IReadOnlyList<RuleBreach> Check(Func<EInvoice, EInvoice> change) => InvoiceRules.Check(change(ExampleInvoices.AnnualSubscription()));
}

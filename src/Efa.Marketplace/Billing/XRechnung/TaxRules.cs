using System.Collections.Frozen;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Rules for tax: who must show which number, and that each category and rate is summed once and taxed to the cent.</summary>
internal static class TaxRules
{
    public static readonly InvoiceRule NoSubtotal = new("BR-CO-18", RuleSubject.Invoice, "taxes",
        "Eine Aufschlüsselung der Steuer fehlt.", "There is no breakdown of tax.");

    public static readonly InvoiceRule SellerOfTaxed = OfSeller("BR-S-02");
    public static readonly InvoiceRule SellerOfExempt = OfSeller("BR-E-02");
    public static readonly InvoiceRule SellerOfReverseCharge = OfSeller("BR-AE-02");

    public static readonly InvoiceRule BuyerOfReverseCharge = new("BR-AE-02", RuleSubject.Buyer, "vatId",
        "Wer die Steuer als Empfänger schuldet, braucht eine USt-IdNr. oder Registernummer.", "A buyer that owes the tax needs a VAT id or a register number.");

    public static readonly InvoiceRule SellerVatId = new("BR-O-02", RuleSubject.Seller, "vatId",
        "Eine Rechnung über nicht Steuerbares nennt keine USt-IdNr. des Anbieters.", "An invoice on what is not taxable names no VAT id of the seller.")
    { AlsoBreaks = ["BR-O-03"] };

    public static readonly InvoiceRule BuyerVatId = new("BR-O-02", RuleSubject.Buyer, "vatId",
        "Eine Rechnung über nicht Steuerbares nennt keine USt-IdNr. der Empfängerin.", "An invoice on what is not taxable names no VAT id of the buyer.")
    { AlsoBreaks = ["BR-O-03"] };

    public static readonly InvoiceRule Mixed = new("BR-O-11", RuleSubject.Invoice, "taxes",
        "Nicht Steuerbares steht nicht mit anderem auf einer Rechnung.", "What is not taxable does not share an invoice with anything else.")
    { AlsoBreaks = ["BR-O-12", "BR-O-13"] };

    public static readonly InvoiceRule Decimals = new("BR-DEC-19", RuleSubject.Invoice, "taxes",
        "Ein besteuerter Betrag hat mehr als zwei Nachkommastellen.", "A taxable amount has more than two decimal places.");

    public static readonly InvoiceRule TaxDecimals = new("BR-DEC-20", RuleSubject.Invoice, "taxes",
        "Ein Steuerbetrag hat mehr als zwei Nachkommastellen.", "A tax amount has more than two decimal places.");

    // The official rules tolerate 1 EUR in category S. A credit note may be a cent off: it says what the tax of its invoice becomes less, and so
    // all credits together take back neither more nor less than was charged.
    public static readonly InvoiceRule Amount = new("BR-CO-17", RuleSubject.Invoice, "tax",
        "{0} % von {1} sind {2}, angegeben ist {3}.", "{0} % of {1} is {2}, stated is {3}.")
    { AlsoBreaks = ["BR-S-09", "BR-E-09", "BR-AE-09", "BR-O-09"] };

    public static readonly InvoiceRule ExemptionCode = new("BR-CL-22", RuleSubject.Invoice, "taxes",
        "Unbekannter Code eines Befreiungsgrunds: {0}.", "Unknown code of an exemption: {0}.");

    public static readonly InvoiceRule OnceTaxed = Once("BR-S-01");
    public static readonly InvoiceRule OnceExempt = Once("BR-E-01");
    public static readonly InvoiceRule OnceReverseCharge = Once("BR-AE-01");
    public static readonly InvoiceRule OnceNotTaxable = Once("BR-O-01");

    public static readonly InvoiceRule SumTaxed = Sum("BR-S-08");
    public static readonly InvoiceRule SumExempt = Sum("BR-E-08");
    public static readonly InvoiceRule SumReverseCharge = Sum("BR-AE-08");
    public static readonly InvoiceRule SumNotTaxable = Sum("BR-O-08");

    public static readonly InvoiceRule NoReason = new("BR-S-10", RuleSubject.Invoice, "taxes",
        "Steuerpflichtiges hat keinen Befreiungsgrund.", "What is taxed has no reason for exemption.");

    public static readonly InvoiceRule ReasonOfExempt = Reason("BR-E-10");
    public static readonly InvoiceRule ReasonOfReverseCharge = Reason("BR-AE-10");
    public static readonly InvoiceRule ReasonOfNotTaxable = Reason("BR-O-10");

    private static readonly FrozenSet<string> ExemptionCodes =
        new[] { LineTax.NotTaxableCode, LineTax.ReverseChargeCode, "VATEX-EU-79-C", "VATEX-EU-132" }
            .Concat("ABCDEFGHIJKLMNOPQ".Select(letter => $"VATEX-EU-132-1{letter}")).ToFrozenSet(StringComparer.Ordinal);

    public static IEnumerable<RuleBreach> Check(EInvoice invoice) =>
        [.. OfParties(invoice), .. invoice.Taxes.SelectMany(tax => OfSubtotal(tax, invoice.Kind == InvoiceKind.CreditNote ? 0.01m : 0)), .. OfGroups(invoice)];

    private static IEnumerable<RuleBreach> OfParties(EInvoice invoice)
    {
        VatCategory[] used = [.. Used(invoice).Select(u => u.Category).Distinct()];
        bool sellerIsKnown = !string.IsNullOrWhiteSpace(invoice.Seller.VatId) || !string.IsNullOrWhiteSpace(invoice.Seller.TaxNumber);
        foreach (VatCategory category in used)
        {
            InvoiceRule? rule = category switch
            {
                VatCategory.S => SellerOfTaxed,
                VatCategory.E => SellerOfExempt,
                VatCategory.AE => SellerOfReverseCharge,
                VatCategory.O => null,
            };
            if (rule is not null && !sellerIsKnown) yield return rule.Broken();
        }
        if (used.Contains(VatCategory.AE) && string.IsNullOrWhiteSpace(invoice.Buyer.VatId) && string.IsNullOrWhiteSpace(invoice.Buyer.RegisterNumber))
            yield return BuyerOfReverseCharge.Broken();
        if (!used.Contains(VatCategory.O)) yield break;
        if (!string.IsNullOrWhiteSpace(invoice.Seller.VatId)) yield return SellerVatId.Broken();
        if (!string.IsNullOrWhiteSpace(invoice.Buyer.VatId)) yield return BuyerVatId.Broken();
        if (used.Length > 1 || invoice.Taxes.Any(t => t.Category != VatCategory.O)) yield return Mixed.Broken();
    }

    private static IEnumerable<RuleBreach> OfSubtotal(TaxSubtotal tax, decimal tolerance)
    {
        if (Math.Round(tax.Taxable, 2) != tax.Taxable) yield return Decimals.Broken();
        if (Math.Round(tax.Tax, 2) != tax.Tax) yield return TaxDecimals.Broken();
        decimal right = InvoiceSums.TaxOn(tax.Taxable, tax.Rate);
        if (Math.Abs(tax.Tax - right) > tolerance) yield return Amount.Broken(tax.Rate, tax.Taxable, right, tax.Tax);
        if (!string.IsNullOrWhiteSpace(tax.ExemptionCode) && !ExemptionCodes.Contains(tax.ExemptionCode)) yield return ExemptionCode.Broken(tax.ExemptionCode);
        bool reasoned = !string.IsNullOrWhiteSpace(tax.ExemptionCode) || !string.IsNullOrWhiteSpace(tax.ExemptionReason);
        InvoiceRule? rule = tax.Category switch
        {
            VatCategory.S => reasoned ? NoReason : null,
            VatCategory.E => reasoned ? null : ReasonOfExempt,
            VatCategory.AE => reasoned ? null : ReasonOfReverseCharge,
            VatCategory.O => reasoned ? null : ReasonOfNotTaxable,
        };
        if (rule is not null) yield return rule.Broken();
    }

    private static IEnumerable<RuleBreach> OfGroups(EInvoice invoice)
    {
        if (invoice.Taxes.Count == 0) yield return NoSubtotal.Broken();
        ILookup<(VatCategory Category, decimal Rate), TaxSubtotal> stated = invoice.Taxes.ToLookup(t => (t.Category, t.Rate));
        foreach ((VatCategory category, decimal rate) in Used(invoice).Concat(stated.Select(s => s.Key)).Distinct())
        {
            (InvoiceRule once, InvoiceRule sum) = category switch
            {
                VatCategory.S => (OnceTaxed, SumTaxed),
                VatCategory.E => (OnceExempt, SumExempt),
                VatCategory.AE => (OnceReverseCharge, SumReverseCharge),
                VatCategory.O => (OnceNotTaxable, SumNotTaxable),
            };
            TaxSubtotal[] subtotals = [.. stated[(category, rate)]];
            if (subtotals.Length != 1) yield return once.Broken(category, rate);
            decimal right = invoice.Lines.Where(l => l.Tax.Category == category && (l.Tax.Rate ?? 0) == rate).Sum(l => l.Net)
                - invoice.Allowances.Where(a => a.Category == category && (a.Rate ?? 0) == rate).Sum(a => a.Amount);
            if (subtotals.Any(t => t.Taxable != right)) yield return sum.Broken(category, rate, right);
        }
    }

    private static IEnumerable<(VatCategory Category, decimal Rate)> Used(EInvoice invoice) =>
        invoice.Lines.Select(l => (l.Tax.Category, l.Tax.Rate ?? 0)).Concat(invoice.Allowances.Select(a => (a.Category, a.Rate ?? 0))).Distinct();

    private static InvoiceRule OfSeller(string id) => new(id, RuleSubject.Seller, "taxNumber",
        "Dem Anbieter fehlen Steuernummer und USt-IdNr. (§ 14 Abs. 4 Nr. 2 UStG).", "The seller has neither tax number nor VAT id (§ 14 (4) no. 2 UStG).")
    { AlsoBreaks = ["BR-DE-16"] };

    private static InvoiceRule Once(string id) => new(id, RuleSubject.Invoice, "taxes",
        "Für {0} mit {1} % gibt es nicht genau eine Steuersumme.", "There is not exactly one tax subtotal for {0} at {1} %.");

    private static InvoiceRule Sum(string id) => new(id, RuleSubject.Invoice, "taxes",
        "Positionen und Nachlässe mit {0} und {1} % ergeben {2}; die Steuersumme sagt anderes.", "Lines and allowances in {0} at {1} % are {2}; the tax subtotal says otherwise.");

    private static InvoiceRule Reason(string id) => new(id, RuleSubject.Line, "exemptionReason",
        "Der Grund, aus dem keine Steuer berechnet wird, fehlt.", "The reason why no tax is charged is missing.");
}

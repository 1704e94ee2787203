using System.Collections.Frozen;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Rules for allowances on the whole invoice.</summary>
internal static class AllowanceRules
{
    public static readonly InvoiceRule Amount = new("EFA-ALLOWANCE", RuleSubject.Invoice, "allowances",
        "Ein Nachlass ist größer als 0.", "An allowance is above 0.");

    public static readonly InvoiceRule Decimals = new("BR-DEC-01", RuleSubject.Invoice, "allowances",
        "Ein Nachlass hat mehr als zwei Nachkommastellen.", "An allowance has more than two decimal places.");

    public static readonly InvoiceRule DecimalsOfBase = new("BR-DEC-02", RuleSubject.Invoice, "allowances",
        "Der Grundbetrag eines Nachlasses hat mehr als zwei Nachkommastellen.", "The base of an allowance has more than two decimal places.");

    public static readonly InvoiceRule Reason = new("BR-33", RuleSubject.Invoice, "allowances",
        "Ein Nachlass hat keinen Grund.", "An allowance has no reason.")
    { AlsoBreaks = ["BR-CO-21"] };

    public static readonly InvoiceRule ReasonCode = new("BR-CL-19", RuleSubject.Invoice, "allowances",
        "Unbekannter Code eines Nachlasses: {0}.", "Unknown code of an allowance: {0}.");

    public static readonly InvoiceRule PercentWithoutBase = new("PEPPOL-EN16931-R041", RuleSubject.Invoice, "allowances",
        "Ein Nachlass in Prozent braucht einen Grundbetrag.", "An allowance in percent needs a base.");

    public static readonly InvoiceRule BaseWithoutPercent = new("PEPPOL-EN16931-R042", RuleSubject.Invoice, "allowances",
        "Ein Nachlass mit Grundbetrag braucht einen Prozentsatz.", "An allowance with a base needs a percentage.");

    public static readonly InvoiceRule Share = new("PEPPOL-EN16931-R040", RuleSubject.Invoice, "allowances",
        "{0} % von {1} ist nicht {2}.", "{0} % of {1} is not {2}.");

    public static readonly InvoiceRule StandardRate = new("BR-S-06", RuleSubject.Invoice, "allowances",
        "Ein Nachlass auf Steuerpflichtiges hat einen Steuersatz über 0.", "An allowance on what is taxed has a rate above 0.");

    public static readonly InvoiceRule ExemptRate = new("BR-E-06", RuleSubject.Invoice, "allowances",
        "Ein Nachlass auf Steuerfreies hat den Steuersatz 0.", "An allowance on what is exempt has the rate 0.");

    public static readonly InvoiceRule ReverseChargeRate = new("BR-AE-06", RuleSubject.Invoice, "allowances",
        "Ein Nachlass auf das, wofür der Empfänger die Steuer schuldet, hat den Steuersatz 0.", "An allowance on what the buyer owes the tax for has the rate 0.");

    public static readonly InvoiceRule NotTaxableRate = new("BR-O-06", RuleSubject.Invoice, "allowances",
        "Ein Nachlass auf nicht Steuerbares hat keinen Steuersatz.", "An allowance on what is not taxable has no rate.");

    // Of R040: parts of one discount are rounded together, so each may be off by parts of a cent, but not their sum.
    private const decimal ShareTolerance = 0.02m;

    private static readonly FrozenSet<string> ReasonCodes = new[]
    {
        "41", "42", "60", "62", "63", "64", "65", "66", "67", "68", "70", "71", "88", "95", "100", "102", "103", "104", "105",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static IEnumerable<RuleBreach> Check(EInvoice invoice)
    {
        foreach (DocumentAllowance allowance in invoice.Allowances)
        {
            if (allowance.Amount <= 0) yield return Amount.Broken();
            if (Math.Round(allowance.Amount, 2) != allowance.Amount) yield return Decimals.Broken();
            if (allowance.Base is { } basis && Math.Round(basis, 2) != basis) yield return DecimalsOfBase.Broken();
            if (string.IsNullOrWhiteSpace(allowance.Reason) && string.IsNullOrWhiteSpace(allowance.ReasonCode)) yield return Reason.Broken();
            if (!string.IsNullOrWhiteSpace(allowance.ReasonCode) && !ReasonCodes.Contains(allowance.ReasonCode)) yield return ReasonCode.Broken(allowance.ReasonCode);
            if (allowance is { Percent: not null, Base: null }) yield return PercentWithoutBase.Broken();
            if (allowance is { Percent: null, Base: not null }) yield return BaseWithoutPercent.Broken();
            if (OfRate(allowance) is { } rule) yield return rule.Broken();
        }
    }

    /// <summary>That percentages and amounts fit; only for numbers within <see cref="RangeRules"/>.</summary>
    public static IEnumerable<RuleBreach> CheckShares(EInvoice invoice)
    {
        int groups = invoice.Lines.Select(l => (l.Tax.Category, l.Tax.Rate)).Distinct().Count();
        foreach (IGrouping<(decimal Percent, string? Reason, string? ReasonCode), DocumentAllowance> discount in invoice.Allowances
            .Where(a => a is { Percent: not null, Base: not null }).GroupBy(a => (a.Percent!.Value, a.Reason, a.ReasonCode)))
        {
            decimal from = discount.Sum(a => a.Base!.Value);
            decimal amount = discount.Sum(a => a.Amount);
            // A group too small for a cent has no allowance; its part of the percentage stands with the others.
            decimal tolerance = discount.Count() < groups ? ShareTolerance : 0;
            bool fits = Math.Abs(Cents.Round(from * discount.Key.Percent / 100m) - amount) <= tolerance
                && discount.All(a => Math.Abs((a.Base!.Value * discount.Key.Percent / 100m) - a.Amount) <= ShareTolerance);
            if (!fits) yield return Share.Broken(discount.Key.Percent, from, amount);
        }
    }

    private static InvoiceRule? OfRate(DocumentAllowance allowance) => allowance.Category switch
    {
        VatCategory.S when allowance.Rate is not > 0 => StandardRate,
        VatCategory.E when allowance.Rate != 0 => ExemptRate,
        VatCategory.AE when allowance.Rate != 0 => ReverseChargeRate,
        VatCategory.O when allowance.Rate is not null => NotTaxableRate,
        _ => null,
    };
}

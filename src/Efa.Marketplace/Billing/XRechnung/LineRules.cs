using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Rules for what each line says; its sum is the matter of <see cref="LineSumRules"/>.</summary>
internal static class LineRules
{
    public static readonly InvoiceRule None = new("BR-16", RuleSubject.Invoice, "lines",
        "Die Rechnung hat keine Position.", "The invoice has no line.");

    public static readonly InvoiceRule Id = new("BR-21", RuleSubject.Line, "position",
        "Eine Position hat keine Nummer.", "A line has no id.");

    public static readonly InvoiceRule IdTwice = new("EFA-LINE-ID", RuleSubject.Line, "position",
        "Zwei Positionen haben dieselbe Nummer.", "Two lines have the same id.");

    public static readonly InvoiceRule Name = new("BR-25", RuleSubject.Line, "description",
        "Der Position fehlt die Bezeichnung (BT-153).", "The line does not name what is billed (BT-153).");

    public static readonly InvoiceRule Unit = new("BR-CL-23", RuleSubject.Line, "unitCode",
        "Unbekannte Einheit: {0}.", "Unknown unit: {0}.")
    { AlsoBreaks = ["BR-23"] };

    public static readonly InvoiceRule Quantity = new("EFA-QUANTITY", RuleSubject.Line, "quantity",
        "Mengen sind nie negativ, auch nicht in einer Rechnungskorrektur.", "Quantities are never negative, not even in a credit note.");

    public static readonly InvoiceRule Price = new("BR-27", RuleSubject.Line, "unitPrice",
        "Preise sind nie negativ.", "Prices are never negative.");

    public static readonly InvoiceRule BaseQuantity = new("PEPPOL-EN16931-R121", RuleSubject.Line, "baseQuantity",
        "Die Bezugsmenge des Preises ist größer als 0.", "The base quantity of a price is above 0.");

    public static readonly InvoiceRule PeriodReversed = new("BR-30", RuleSubject.Line, "periodTo",
        "Der Leistungszeitraum der Position endet vor seinem Beginn.", "The line's period of service ends before it begins.");

    public static readonly InvoiceRule PeriodTooEarly = new("PEPPOL-EN16931-R110", RuleSubject.Line, "periodFrom",
        "Die Position beginnt vor dem Leistungszeitraum der Rechnung.", "The line begins before the invoice's period of service.");

    public static readonly InvoiceRule PeriodTooLate = new("PEPPOL-EN16931-R111", RuleSubject.Line, "periodTo",
        "Die Position endet nach dem Leistungszeitraum der Rechnung.", "The line ends after the invoice's period of service.");

    public static readonly InvoiceRule Attribute = new("BR-54", RuleSubject.Line, "attributes",
        "Eine Angabe zur Position braucht Namen und Wert.", "An attribute of a line needs a name and a value.");

    public static readonly InvoiceRule StandardRate = new("BR-S-05", RuleSubject.Line, "taxRate",
        "Steuerpflichtiges hat einen Steuersatz über 0.", "What is taxed has a rate above 0.");

    public static readonly InvoiceRule ExemptRate = new("BR-E-05", RuleSubject.Line, "taxRate",
        "Steuerfreies hat den Steuersatz 0.", "What is exempt has the rate 0.");

    public static readonly InvoiceRule ReverseChargeRate = new("BR-AE-05", RuleSubject.Line, "taxRate",
        "Wofür der Empfänger die Steuer schuldet, hat den Steuersatz 0.", "What the buyer owes the tax for has the rate 0.");

    public static readonly InvoiceRule NotTaxableRate = new("BR-O-05", RuleSubject.Line, "taxRate",
        "Nicht Steuerbares hat keinen Steuersatz.", "What is not taxable has no rate.");

    public static readonly InvoiceRule RateInForce = new("EFA-TAX-RATE", RuleSubject.Line, "taxRate",
        "{0} % ist im Leistungszeitraum der Position kein deutscher Umsatzsteuersatz.", "{0} % is no German rate of value-added tax in the line's period of service.");

    public static IEnumerable<RuleBreach> Check(EInvoice invoice)
    {
        if (invoice.Lines.Count == 0) yield return None.Broken();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (EInvoiceLine line in invoice.Lines)
        {
            if (string.IsNullOrWhiteSpace(line.Id)) yield return Id.BrokenBy(line);
            else if (!ids.Add(line.Id)) yield return IdTwice.BrokenBy(line);
            if (string.IsNullOrWhiteSpace(line.Name)) yield return Name.BrokenBy(line);
            if (!UnitCodes.IsKnown(line.UnitCode)) yield return Unit.BrokenBy(line, line.UnitCode);
            if (line.Quantity < 0) yield return Quantity.BrokenBy(line);
            if (line.Price < 0) yield return Price.BrokenBy(line);
            if (line.BaseQuantity <= 0) yield return BaseQuantity.BrokenBy(line);
            if (line.Attributes.Any(a => string.IsNullOrWhiteSpace(a.Name) || string.IsNullOrWhiteSpace(a.Value))) yield return Attribute.BrokenBy(line);
            foreach (InvoiceRule rule in OfPeriod(line.Period, invoice.Period)) yield return rule.BrokenBy(line);
            if (OfRate(line, invoice) is { } breach) yield return breach;
        }
    }

    private static IEnumerable<InvoiceRule> OfPeriod(ServicePeriod? line, ServicePeriod? whole)
    {
        if (line is null) yield break;
        if (line.To < line.From) yield return PeriodReversed;
        if (whole is null) yield break;
        if (line.From < whole.From) yield return PeriodTooEarly;
        if (line.To > whole.To) yield return PeriodTooLate;
    }

    private static RuleBreach? OfRate(EInvoiceLine line, EInvoice invoice) => line.Tax.Category switch
    {
        VatCategory.S when line.Tax.Rate is not > 0 => StandardRate.BrokenBy(line),
        VatCategory.S when !IsInForce(line.Tax.Rate.Value, line.Period ?? invoice.Period ?? new ServicePeriod(invoice.IssuedOn, invoice.IssuedOn)) => RateInForce.BrokenBy(line, line.Tax.Rate),
        VatCategory.E when line.Tax.Rate != 0 => ExemptRate.BrokenBy(line),
        VatCategory.AE when line.Tax.Rate != 0 => ReverseChargeRate.BrokenBy(line),
        VatCategory.O when line.Tax.Rate is not null => NotTaxableRate.BrokenBy(line),
        _ => null,
    };

    private static bool IsInForce(decimal percent, ServicePeriod period) =>
        TaxRates.All.Any(r => r.Percent == percent && r.ValidFrom <= period.From && period.To <= r.ValidTo);
}

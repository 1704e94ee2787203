using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>UNCL 5305, as far as the marketplace bills it; a name is its code.</summary>
public enum VatCategory
{
    /// <summary>Taxed at a rate.</summary>
    S,

    /// <summary>Exempt, for example by § 4 no. 29 UStG.</summary>
    E,

    /// <summary>Not taxable, § 2b UStG.</summary>
    O,

    /// <summary>The buyer owes the tax, § 13b UStG.</summary>
    AE,
}

/// <summary>How a line is taxed (BG-30), and why it is not.</summary>
/// <param name="Rate">Percent: above 0 for S, 0 for E and AE, null for O.</param>
/// <param name="ExemptionCode">VATEX.</param>
public sealed record LineTax(VatCategory Category, decimal? Rate, string? ExemptionCode = null, string? ExemptionReason = null)
{
    public const string NotTaxableCode = "VATEX-EU-O";
    public const string ReverseChargeCode = "VATEX-EU-AE";

    // § 14a (5) UStG prescribes this word; § 2b UStG prescribes none.
    private const string ReverseChargeReason = "Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG)";
    private const string NotTaxableReason = "Nicht steuerbare Leistung";

    public static LineTax Of(TaxTreatment treatment, decimal? rate, string? exemptionReason) => treatment switch
    {
        TaxTreatment.Standard or TaxTreatment.Reduced => new LineTax(VatCategory.S, rate),
        TaxTreatment.Exempt => new LineTax(VatCategory.E, 0, null, exemptionReason),
        TaxTreatment.NotTaxable => new LineTax(VatCategory.O, null, NotTaxableCode, exemptionReason ?? NotTaxableReason),
        TaxTreatment.ReverseCharge => new LineTax(VatCategory.AE, 0, ReverseChargeCode, exemptionReason ?? ReverseChargeReason),
    };
}

/// <summary>Tax of all that is in one category and at one rate (BG-23).</summary>
/// <param name="Rate">Percent; 0 also for O, where lines have none (BR-DE-14).</param>
/// <param name="Taxable">BT-116.</param>
/// <param name="Tax">BT-117.</param>
public sealed record TaxSubtotal(VatCategory Category, decimal Rate, decimal Taxable, decimal Tax, string? ExemptionCode = null, string? ExemptionReason = null);

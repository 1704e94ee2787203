namespace Efa.Marketplace.Pricing;

/// <summary>Fees that the parties of an order agreed to: net sums for a bill, and how they are taxed.</summary>
/// <param name="AnnualFee">For a calendar year; also where the service begins within one, because for that there is the next amount.</param>
/// <param name="NextBillingAmount">Stands in place of the annual fee once: for a part of a year, for what was carried over, or to settle.</param>
/// <param name="Taxes">Empty where nobody has said how the fees are taxed; then they cannot be billed.</param>
public sealed record AgreedFees(decimal AnnualFee, decimal? NextBillingAmount, decimal OneTimeFee, IReadOnlyList<TaxRegime> Taxes)
{
    // No code of a component has a colon.
    public const string AnnualCode = "agreed:annual-fee";
    public const string NextCode = "agreed:next-billing-amount";
    public const string OneTimeCode = "agreed:one-time-fee";

    /// <summary>What a line bills, in the language of invoices; null where it bills a component.</summary>
    public static string? LabelOf(string code) => code switch
    {
        AnnualCode => "Kalenderjährliches Entgelt",
        NextCode => "Abweichendes Entgelt dieser Abrechnung",
        OneTimeCode => "Einmaliges Entgelt",
        _ => null,
    };

    /// <summary>Whether they can be billed; what costs nothing needs no tax.</summary>
    public bool AreTaxed => Taxes.Count > 0 || (AnnualFee == 0 && (NextBillingAmount ?? 0) == 0 && OneTimeFee == 0);

    /// <summary>The sum of a yearly bill.</summary>
    /// <param name="next">Whether the next amount is still to be used.</param>
    public decimal Sum(bool next) => next ? NextBillingAmount ?? AnnualFee : AnnualFee;

    /// <summary>The lines of a yearly bill. The sum is for all days up to the end of its year; where the service ends before, for the days up to then.</summary>
    /// <param name="year">The year of the bill; days of the year before come with it where they were carried over.</param>
    /// <param name="next">Whether the next amount is still to be used.</param>
    /// <param name="from">First day that is billed.</param>
    /// <param name="last">Last day of service, at most the end of the year.</param>
    public IReadOnlyList<PriceLine> Yearly(int year, bool next, DateOnly from, DateOnly last)
    {
        DateOnly to = new(year, 12, 31);
        return next && NextBillingAmount is { } amount
            ? [.. WholeSum.Lines(NextCode, Agreed(amount), "C62", Taxes, from, to, last)]
            : [.. WholeSum.Lines(AnnualCode, Agreed(AnnualFee), "ANN", Taxes, from, to, last)];
    }

    public IReadOnlyList<PriceLine> OneTime(DateOnly on) => [.. WholeSum.Lines(OneTimeCode, Agreed(OneTimeFee), "C62", Taxes, on, on, on)];

    private static PeriodPrice Agreed(decimal amount) => new(null, amount, [new PriceStep(PriceStepCodes.Agreed, Figures.Sum(amount), amount)]);
}

namespace Efa.Marketplace.Pricing;

/// <summary>Figures of formulas, which are kept in German, and of texts.</summary>
internal static class Figures
{
    public static string Sum(decimal amount) => SumIn(Language.German, amount);

    /// <summary>An amount with at least two decimal places: 0,0333 EUR.</summary>
    public static string SumIn(Language language, decimal amount) => amount.ToString("#,##0.00####", language.Culture()) + " EUR";

    public static string Number(decimal number) => NumberIn(Language.German, number);

    /// <summary>A number without trailing zeros: 347.514.</summary>
    public static string NumberIn(Language language, decimal number) => number.ToString("#,##0.######", language.Culture());
}

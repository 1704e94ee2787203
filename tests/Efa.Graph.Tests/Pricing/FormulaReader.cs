using System.Globalization;
using Efa.Marketplace.Pricing;

namespace Efa.Graph.Tests.Pricing;

/// <summary>Computes a formula again, as somebody with a pocket calculator would.</summary>
internal sealed class FormulaReader
{
    private readonly string text;
    private int at;

    private FormulaReader(string formula) => text = formula.Replace(" EUR", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>The result that a step must have: its formula, rounded as its text says.</summary>
    public static decimal ResultOf(PriceStep step)
    {
        var reader = new FormulaReader(step.Formula);
        decimal exact = reader.Sum();
        Assert.Equal(reader.text.Length, reader.at);
        return step.Code switch
        {
            PriceStepCodes.Share => Math.Floor(exact * 100) / 100,
            PriceStepCodes.ShareUpToEuro => Math.Ceiling(exact),
            PriceStepCodes.UsageDependent or PriceStepCodes.Days or PriceStepCodes.Months or PriceStepCodes.Rounded or PriceStepCodes.Rest
                or PriceStepCodes.CreditShare or PriceStepCodes.CreditUsed => Math.Round(exact, 2, MidpointRounding.AwayFromZero),
            _ => exact,
        };
    }

    private decimal Sum()
    {
        decimal sum = Product();
        while (at < text.Length && (text[at] is '+' or '−')) sum += text[at++] == '+' ? Product() : -Product();
        return sum;
    }

    private decimal Product()
    {
        decimal product = Number();
        while (at < text.Length && (text[at] is '×' or '/')) product = text[at++] == '×' ? product * Number() : product / Number();
        return product;
    }

    private decimal Number()
    {
        if (text.AsSpan(at).StartsWith("min(", StringComparison.Ordinal)) return Of(Math.Min);
        if (text.AsSpan(at).StartsWith("max(", StringComparison.Ordinal)) return Of(Math.Max);
        int start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '.' or ',')) at++;
        return decimal.Parse(text[start..at], CultureInfo.GetCultureInfo("de-DE"));
    }

    private decimal Of(Func<decimal, decimal, decimal> function)
    {
        at += "min(".Length;
        decimal first = Sum();
        Assert.Equal(';', text[at++]);
        decimal second = Sum();
        Assert.Equal(')', text[at++]);
        return function(first, second);
    }
}

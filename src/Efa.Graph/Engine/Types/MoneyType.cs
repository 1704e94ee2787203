using System.Globalization;
using GraphQL.Types;

namespace Efa.Graph.Engine.Types;

/// <summary>The only currency.</summary>
public enum CurrencyCode { Eur }

/// <summary>An amount of money, from a decimal.</summary>
public sealed class MoneyType : ObjectGraphType<decimal>
{
    public MoneyType()
    {
        Name = "Money";
        Description = "Unit prices have up to 6 decimal places, sums exactly 2.";
        Field<NonNullGraphType<DecimalType>>("amount").Resolve(context => context.Source.ToString("0.00####", CultureInfo.InvariantCulture));
        Field<NonNullGraphType<EnumType<CurrencyCode>>>("currency").Resolve(_ => CurrencyCode.Eur);
    }
}

namespace Efa.Marketplace.Pricing;

/// <summary>Commercial rounding to cents: half away from zero, so that a credit mirrors its invoice.</summary>
public static class Cents
{
    public static decimal Round(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);
}

namespace Efa.Marketplace.Pricing;

/// <summary>The words of <see cref="PriceText"/>.</summary>
internal static class PriceWords
{
    public static readonly Text Between = new("; ", "; ");
    public static readonly Text Plus = new(" und ", " plus ");
    public static readonly Text Minimum = new(", mindestens {0}", ", at least {0}");
    public static readonly Text Maximum = new(", höchstens {0}", ", at most {0}");
    public static readonly Text IncludedUses = new(", {0} je Kalenderjahr enthalten", ", {0} in a calendar year included");
    public static readonly Text UpTo = new("bis {0}:", "up to {0}:");
    public static readonly Text Above = new("darüber:", "above:");
    public static readonly Text Any = new("jede Menge:", "any quantity:");
    public static readonly Text Graduated = new("gestaffelt nach {0}, jede Stufe für ihren Teil", "tiers by {0}, each for its part");
    public static readonly Text Volume = new("gestaffelt nach {0}, eine Stufe für alle", "tiers by {0}, one for all");
    public static readonly Text PercentOf = new("{0} % von {1}", "{0} % of {1}");
    public static readonly Text Shared = new("Anteil an {0}, verteilt {1}", "share of {0}, divided {1}");
    public static readonly Text UpToEuro = new(", auf volle Euro aufgerundet", ", up to the full euro");

    public static Text Each(BillingPeriod period) => period switch
    {
        BillingPeriod.OneTime => new("einmalig", "once"),
        BillingPeriod.Month => new("je Monat", "per month"),
        BillingPeriod.Quarter => new("je Quartal", "per quarter"),
        BillingPeriod.Year => new("je Jahr", "per year"),
    };

    public static Text And(BillingPeriod period) => period switch
    {
        BillingPeriod.OneTime => new("einmalig", "once"),
        BillingPeriod.Month => new("und Monat", "and month"),
        BillingPeriod.Quarter => new("und Quartal", "and quarter"),
        BillingPeriod.Year => new("und Jahr", "and year"),
    };

    public static Text PerUnit(QuantityBasis basis) => basis switch
    {
        QuantityBasis.Inhabitants => new("je Einwohner", "per inhabitant"),
        QuantityBasis.Uses => new("je Vorgang", "per use"),
        QuantityBasis.TargetGroup => new("je Person der Zielgruppe", "per person of the target group"),
        QuantityBasis.Bodies => new("je Stelle", "per body"),
    };

    public static Text Plural(QuantityBasis basis) => basis switch
    {
        QuantityBasis.Inhabitants => new("Einwohnern", "inhabitants"),
        QuantityBasis.Uses => new("Vorgängen eines Kalenderjahres", "uses in a calendar year"),
        QuantityBasis.TargetGroup => new("Personen der Zielgruppe", "persons of the target group"),
        QuantityBasis.Bodies => new("Stellen", "bodies"),
    };

    public static Text Of(AllocationKey key) => key switch
    {
        AllocationKey.Population => new("nach Einwohnern", "by inhabitants"),
        AllocationKey.ActualUse => new("nach tatsächlicher Nutzung", "by actual use"),
        AllocationKey.TargetGroup => new("nach Größe der Zielgruppe", "by size of the target group"),
        AllocationKey.Koenigstein => new("nach dem Königsteiner Schlüssel", "by the Königstein key"),
        AllocationKey.AdjustedKoenigstein => new("nach dem Königsteiner Schlüssel der Beteiligten", "by the participants' Königstein key"),
        AllocationKey.NumberOfBodies => new("nach Zahl der Stellen", "by number of bodies"),
        AllocationKey.Flat => new("zu gleichen Teilen", "equally"),
    };
}

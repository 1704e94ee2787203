namespace Efa.Marketplace.Pricing;

/// <summary>Prices and the steps that explain them, in words.</summary>
public static class PriceText
{
    private static readonly Dictionary<string, Text> Steps = new(StringComparer.Ordinal)
    {
        [PriceStepCodes.Flat] = new("Fester Betrag", "Fixed amount"),
        [PriceStepCodes.Package] = new("Preis des Pakets", "Price of the package"),
        [PriceStepCodes.Inhabitants] = new("Einwohner mal Preis je Einwohner", "Inhabitants times price for each"),
        [PriceStepCodes.Minimum] = new("Mindestens der Mindestbetrag", "At least the minimum"),
        [PriceStepCodes.Maximum] = new("Höchstens der Höchstbetrag", "At most the maximum"),
        [PriceStepCodes.UsesNotStated] = new("Keine erwarteten Vorgänge angegeben: gerechnet wird mit 0", "No expected uses were stated: 0 are assumed"),
        [PriceStepCodes.UsesCharged] = new("Vorgänge eines Jahres über die enthaltenen hinaus", "Uses of a year beyond those included"),
        [PriceStepCodes.Uses] = new("Vorgänge mal Preis je Vorgang", "Uses times price for each"),
        [PriceStepCodes.TierQuantity] = new("Menge in dieser Stufe", "Quantity in this tier"),
        [PriceStepCodes.TierUnits] = new("Menge mal Stückpreis der Stufe", "Quantity times the tier's unit price"),
        [PriceStepCodes.TierAmount] = new("Festbetrag der Stufe", "Fixed amount of the tier"),
        [PriceStepCodes.UsageDependent] = new("Nutzungsabhängiger Teil der Kosten", "Usage-dependent part of the cost"),
        [PriceStepCodes.Share] = new("Anteil nach Gewicht, auf Cent gekürzt", "Share by weight, cut to cents"),
        [PriceStepCodes.Remainder] = new("Cent aus dem Rest, damit die Anteile die Summe ergeben", "Cent of the remainder, so that the shares add up"),
        [PriceStepCodes.ShareUpToEuro] = new("Anteil nach Gewicht, auf volle Euro aufgerundet", "Share by weight, up to the full euro"),
        [PriceStepCodes.Days] = new("Anteil nach Tagen, auf Cent gerundet", "Share by days, rounded to cents"),
        [PriceStepCodes.Months] = new("Mal ganze Monate, auf Cent gerundet", "Times whole months, rounded to cents"),
        [PriceStepCodes.Rounded] = new("Auf Cent gerundet", "Rounded to cents"),
        [PriceStepCodes.CreditRest] = new("Betrag der Position ohne das, was schon korrigiert ist", "Amount of the line without what is credited already"),
        [PriceStepCodes.CreditShare] = new("Korrigierte Menge zum Preis der Position, auf Cent gerundet", "Credited quantity at the line's price, rounded to cents"),
        [PriceStepCodes.CreditMost] = new("Höchstens, was von der Position noch nicht korrigiert ist", "At most what of the line is not credited yet"),
        [PriceStepCodes.CreditUsed] = new("Entgelt bis zum Vertragsende, auf Cent gerundet", "Fee up to the end of the contract, rounded to cents"),
        [PriceStepCodes.CreditEnded] = new("Abgerechnet, aber nach dem Vertragsende", "Billed, but after the end of the contract"),
        [PriceStepCodes.Agreed] = new("Vereinbarter Betrag", "Amount as agreed"),
        [PriceStepCodes.Rest] = new("Anteil nach Tagen bis hierher, auf Cent gerundet, ohne den Anteil davor", "Share by days up to here, rounded to cents, less the share before"),
    };

    /// <summary>All codes of steps.</summary>
    public static IReadOnlyCollection<string> StepCodes => Steps.Keys;

    /// <summary>What a step does.</summary>
    public static string OfStep(string code, Language language) => Steps[code].In(language);

    /// <summary>A step's formula, which is kept in German figures.</summary>
    public static string OfFormula(string formula, Language language) =>
        language == Language.German ? formula : string.Create(formula.Length, formula, static (text, kept) =>
        {
            for (int i = 0; i < kept.Length; i++)
                text[i] = kept[i] switch { '.' => ',', ',' => '.', _ => kept[i] };
        });

    /// <summary>The price in words, ready to show: 0,0333 EUR je Einwohner und Jahr.</summary>
    public static string Of(PriceComponent price, Language language) => price switch
    {
        FlatPrice flat => $"{Sum(flat.Amount, language)} {Each(flat.Period, language)}",
        PerInhabitantPrice each => Inhabitants(each, language),
        TieredPrice tiered => Tiered(tiered, language),
        PerUsePrice each => Uses(each, language),
        SharedCostPrice shared => Shared(shared, language),
        PackagePrice package => $"{string.Join(PriceWords.Between.In(language), package.Packages.Select(p => $"{p.Label}: {Sum(p.Amount, language)}"))} ({Each(package.Period, language)})",
        _ => throw new NotSupportedException($"{price.GetType().Name} of {price.Code} has no words."),
    };

    private static string Inhabitants(PerInhabitantPrice price, Language language)
    {
        string text = $"{Sum(price.PerInhabitant, language)} {Unit(QuantityBasis.Inhabitants, language)} {And(price.Period, language)}";
        if (price.Minimum is { } minimum) text += PriceWords.Minimum.In(language, Sum(minimum, language));
        if (price.Maximum is { } maximum) text += PriceWords.Maximum.In(language, Sum(maximum, language));
        return text;
    }

    private static string Uses(PerUsePrice price, Language language)
    {
        string text = $"{Sum(price.PerUse, language)} {Unit(QuantityBasis.Uses, language)}";
        return price.IncludedUses == 0 ? text : text + PriceWords.IncludedUses.In(language, Number(price.IncludedUses, language));
    }

    private static string Tiered(TieredPrice price, Language language)
    {
        IEnumerable<string> tiers = price.Tiers.Select((tier, i) => $"{Range(i)} {Tier(tier)}");
        Text kind = price.Graduated ? PriceWords.Graduated : PriceWords.Volume;
        return $"{string.Join(PriceWords.Between.In(language), tiers)} ({Each(price.Period, language)}, {kind.In(language, PriceWords.Plural(price.Basis).In(language))})";

        string Range(int i) =>
            price.Tiers[i].UpTo is { } upTo ? PriceWords.UpTo.In(language, Number(upTo, language)) : price.Tiers.Count == 1 ? PriceWords.Any.In(language) : PriceWords.Above.In(language);

        string Tier(PriceTier tier)
        {
            string?[] parts = [tier.FlatAmount is { } flat ? Sum(flat, language) : null, tier.UnitPrice is { } unit ? $"{Sum(unit, language)} {Unit(price.Basis, language)}" : null];
            return string.Join(PriceWords.Plus.In(language), parts.OfType<string>());
        }
    }

    private static string Shared(SharedCostPrice price, Language language)
    {
        string total = $"{Sum(price.TotalCost, language)} {Each(price.Period, language)}";
        string of = price.UsageDependentPercent == 100 ? total : PriceWords.PercentOf.In(language, Number(price.UsageDependentPercent, language), total);
        string rounding = price.Rounding == AllocationRounding.UpToEuro ? PriceWords.UpToEuro.In(language) : "";
        return PriceWords.Shared.In(language, of, PriceWords.Of(price.Key).In(language)) + rounding;
    }

    private static string Each(BillingPeriod period, Language language) => PriceWords.Each(period).In(language);

    private static string And(BillingPeriod period, Language language) => PriceWords.And(period).In(language);

    private static string Unit(QuantityBasis basis, Language language) => PriceWords.PerUnit(basis).In(language);

    private static string Sum(decimal amount, Language language) => Figures.SumIn(language, amount);

    private static string Number(decimal number, Language language) => Figures.NumberIn(language, number);
}

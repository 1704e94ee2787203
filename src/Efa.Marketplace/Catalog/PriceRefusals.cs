using Efa.Marketplace.Operations;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Catalog;

/// <summary>Why there is no price, and what is wrong with one. The codes are those of the pure pricing.</summary>
public static class PriceRefusals
{
    public static readonly ErrorCode PriceByAgreement = ErrorCode.Refusal(PriceObstacles.PriceByAgreement,
        "Der Preis wird vereinbart.", "The price is agreed between the parties.");

    public static readonly ErrorCode PackageRequired = ErrorCode.Refusal(PriceObstacles.PackageRequired,
        "Das Angebot hat Pakete: bitte eines angeben.", "The offer has packages: name one.");

    public static readonly ErrorCode PackageUnknown = ErrorCode.Refusal(PriceObstacles.PackageUnknown,
        "Dieses Paket hat das Angebot nicht.", "The offer has no such package.");

    public static readonly ErrorCode PopulationUnknown = ErrorCode.Refusal(PriceObstacles.PopulationUnknown,
        "Die Einwohnerzahl der Organisation ist nicht bekannt.", "The number of the organisation's inhabitants is not known.");

    public static readonly ErrorCode TargetGroupUnknown = ErrorCode.Refusal(PriceObstacles.TargetGroupUnknown,
        "Die Größe der Zielgruppe ist hier nicht bekannt; der Preis wird vereinbart.", "The size of the target group is not known here; the price is agreed.");

    public static readonly ErrorCode WeightUnknown = ErrorCode.Refusal(PriceObstacles.WeightUnknown,
        "Die Organisation hat keinen eigenen Anteil an den verteilten Kosten.", "The organisation has no share of its own in the divided cost.");

    public static readonly ErrorCode ExpectedUsesOutOfRange = ErrorCode.Refusal("EXPECTED_USES_OUT_OF_RANGE",
        "0 bis {0} Vorgänge im Kalenderjahr.", "0 to {0} uses in a calendar year.");

    public static readonly ErrorCode TooManyEntries = ErrorCode.Refusal(PriceFaults.TooManyEntries,
        "Die Liste ist zu lang.", "The list is too long.");

    public static readonly ErrorCode CodeInvalid = ErrorCode.Refusal(PriceFaults.CodeInvalid,
        "Ein Kürzel hat 1 bis 60 Zeichen: Buchstaben, Ziffern, Punkt, Binde- und Unterstrich.", "A code has 1 to 60 characters: letters, digits, point, hyphen and underscore.");

    public static readonly ErrorCode CodeDuplicate = ErrorCode.Refusal(PriceFaults.CodeDuplicate,
        "Das Kürzel kommt im Angebot zweimal vor.", "The code is used twice in the offer.");

    public static readonly ErrorCode LabelInvalid = ErrorCode.Refusal(PriceFaults.LabelInvalid,
        "Eine Bezeichnung hat 1 bis 200 Zeichen ohne Steuerzeichen.", "A label has 1 to 200 characters and no control characters.");

    public static readonly ErrorCode AmountNegative = ErrorCode.Refusal(PriceFaults.AmountNegative,
        "Der Wert darf nicht negativ sein.", "The value must not be negative.");

    public static readonly ErrorCode AmountTooHigh = ErrorCode.Refusal(PriceFaults.AmountTooHigh,
        "Höchstens eine Milliarde.", "At most one thousand million.");

    public static readonly ErrorCode SumDecimals = ErrorCode.Refusal(PriceFaults.SumDecimals,
        "Beträge haben höchstens 2 Nachkommastellen.", "Sums have at most 2 decimal places.");

    public static readonly ErrorCode UnitPriceDecimals = ErrorCode.Refusal(PriceFaults.UnitPriceDecimals,
        "Stückpreise, Gewichte und Prozente haben höchstens 6 Nachkommastellen.", "Unit prices, weights and percentages have at most 6 decimal places.");

    public static readonly ErrorCode UnitPriceTooHigh = ErrorCode.Refusal(PriceFaults.UnitPriceTooHigh,
        "Stückpreise sind höchstens 10.000 EUR.", "Unit prices are at most 10,000 EUR.");

    public static readonly ErrorCode MinimumAboveMaximum = ErrorCode.Refusal(PriceFaults.MinimumAboveMaximum,
        "Der Mindestbetrag liegt über dem Höchstbetrag.", "The minimum is above the maximum.");

    public static readonly ErrorCode TiersMissing = ErrorCode.Refusal(PriceFaults.TiersMissing,
        "Mindestens eine Stufe ist nötig.", "At least one tier is needed.");

    public static readonly ErrorCode TiersNotAscending = ErrorCode.Refusal(PriceFaults.TiersNotAscending,
        "Jede Stufe außer der letzten endet höher als die davor.", "Each tier but the last ends higher than the one before.");

    public static readonly ErrorCode LastTierNotOpen = ErrorCode.Refusal(PriceFaults.LastTierNotOpen,
        "Die letzte Stufe ist nach oben offen.", "The last tier is open.");

    public static readonly ErrorCode TierWithoutPrice = ErrorCode.Refusal(PriceFaults.TierWithoutPrice,
        "Eine Stufe hat einen Stückpreis, einen Festbetrag oder beides.", "A tier has a unit price, a fixed amount, or both.");

    public static readonly ErrorCode UsesNotByYear = ErrorCode.Refusal(PriceFaults.UsesNotByYear,
        "Vorgänge werden je Kalenderjahr gezählt: der Zeitraum ist YEAR.", "Uses are counted for a calendar year: the period is YEAR.");

    public static readonly ErrorCode IncludedUsesNegative = ErrorCode.Refusal(PriceFaults.IncludedUsesNegative,
        "Enthaltene Vorgänge sind 0 oder mehr.", "Included uses are 0 or more.");

    public static readonly ErrorCode PercentOutOfRange = ErrorCode.Refusal(PriceFaults.PercentOutOfRange,
        "0 bis 100 Prozent.", "0 to 100 per cent.");

    public static readonly ErrorCode WeightsMissing = ErrorCode.Refusal(PriceFaults.WeightsMissing,
        "Bei diesem Schlüssel sind die Gewichte anzugeben.", "This key needs the weights.");

    public static readonly ErrorCode WeightsZero = ErrorCode.Refusal(PriceFaults.WeightsZero,
        "Mindestens ein Gewicht ist größer als 0.", "At least one weight is above 0.");

    public static readonly ErrorCode WeightKeyInvalid = ErrorCode.Refusal(PriceFaults.WeightKeyInvalid,
        "Das ist kein Regionalschlüssel.", "This is not a regional key.");

    public static readonly ErrorCode WeightDuplicate = ErrorCode.Refusal(PriceFaults.WeightDuplicate,
        "Diese Stelle kommt zweimal vor.", "This body is there twice.");

    public static readonly ErrorCode PackagesMissing = ErrorCode.Refusal(PriceFaults.PackagesMissing,
        "Mindestens ein Paket ist nötig.", "At least one package is needed.");

    public static readonly ErrorCode PackageDuplicate = ErrorCode.Refusal(PriceFaults.PackageDuplicate,
        "Das Paket kommt zweimal vor.", "The package is there twice.");

    public static readonly ErrorCode PackagesDiffer = ErrorCode.Refusal(PriceFaults.PackagesDiffer,
        "Alle Preise nach Paket haben dieselben Pakete.", "All prices by package have the same packages.");

    public static readonly ErrorCode TaxMissing = ErrorCode.Refusal(PriceFaults.TaxMissing,
        "Mindestens eine Besteuerung ist nötig.", "At least one tax regime is needed.");

    public static readonly ErrorCode TaxPeriodInvalid = ErrorCode.Refusal(PriceFaults.TaxPeriodInvalid,
        "Das Ende liegt vor dem Anfang.", "The end is before the beginning.");

    public static readonly ErrorCode TaxGap = ErrorCode.Refusal(PriceFaults.TaxGap,
        "Für jeden Leistungstag gilt eine Besteuerung: hier fehlt sie an manchen.", "Each date of service has a tax regime: here some have none.");

    public static readonly ErrorCode TaxOverlap = ErrorCode.Refusal(PriceFaults.TaxOverlap,
        "Für jeden Leistungstag gilt nur eine Besteuerung.", "Each date of service has only one tax regime.");

    public static readonly ErrorCode ExemptionReasonMissing = ErrorCode.Refusal(PriceFaults.ExemptionReasonMissing,
        "Eine Steuerbefreiung braucht ihren Grund (§ 14 Abs. 4 Nr. 8 UStG).", "An exemption needs its reason (§ 14 (4) no. 8 UStG).");

    public static readonly ErrorCode ExemptionReasonInvalid = ErrorCode.Refusal(PriceFaults.ExemptionReasonInvalid,
        "Ein Grund hat höchstens 400 Zeichen ohne Steuerzeichen.", "A reason has at most 400 characters and no control characters.");
}

using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>What is wrong with a row.</summary>
/// <param name="Row">Counted from 1.</param>
/// <param name="Line">In the file, where there is one.</param>
/// <param name="Pointer">JSON pointer (RFC 6901) to the field, from the row down; empty where it is about the whole row.</param>
public sealed record RowRefused(ErrorCode Code, IReadOnlyList<string> Path, int Row, int? Line, string ExternalId, string Pointer) : Refusal(Code, Path);

/// <summary>The catalogue has moved under a plan.</summary>
/// <param name="ChangedRows">Rows whose offer has another row version than the plan saw, or is there by now although it was to be made.</param>
public sealed record ImportPlanOutdated(IReadOnlyList<string> Path, int ChangedRows) : Refusal(ImportRefusals.PlanOutdated, Path);

/// <summary>Why rows of an upload are refused, and files and imports as a whole.</summary>
public static class ImportRefusals
{
    public static readonly ErrorCode StateUnknown = ErrorCode.Refusal("STATE_UNKNOWN",
        "Ein Land ist eine zweistellige Kennung von 01 bis 16.", "A state is a code of two digits, 01 to 16.");

    public static readonly ErrorCode LeikaKeyInvalid = ErrorCode.Refusal("LEIKA_KEY_INVALID",
        "Ein LeiKa-Schlüssel hat 14 Ziffern.", "A LeiKa key has 14 digits.");

    public static readonly ErrorCode OzgIdInvalid = ErrorCode.Refusal("OZG_ID_INVALID",
        "Eine OZG-Nummer hat fünf Ziffern und beginnt mit 1.", "An OZG number has five digits and begins with 1.");

    public static readonly ErrorCode SubjectAreaUnknown = ErrorCode.Refusal("SUBJECT_AREA_UNKNOWN",
        "Dieses Themenfeld gibt es nicht.", "There is no such subject area.");

    public static readonly ErrorCode FimTypeInvalid = ErrorCode.Refusal("FIM_TYPE_INVALID",
        "Eine FIM-Typisierung ist ein Wert wie 2, 2/3a oder 5.", "A FIM type is a value such as 2, 2/3a or 5.");

    public static readonly ErrorCode ServiceUnknown = ErrorCode.Refusal("SERVICE_UNKNOWN",
        "Diese Leistung gibt es nicht.", "There is no such service.");

    public static readonly ErrorCode ServiceAmbiguous = ErrorCode.Refusal("SERVICE_AMBIGUOUS",
        "Der LeiKa-Schlüssel führt zu mehreren Leistungen: bitte die Leistung selbst nennen.", "The LeiKa key leads to several services: name the service itself.");

    public static readonly ErrorCode ServiceFixed = ErrorCode.Refusal("SERVICE_FIXED",
        "Ein Angebot bleibt bei seiner Leistung.", "An offer stays with its service.");

    public static readonly ErrorCode ServiceContradicts = ErrorCode.Refusal("SERVICE_CONTRADICTS",
        "Eine frühere Zeile beschreibt dieselbe Leistung anders.", "An earlier row describes the same service differently.");

    public static readonly ErrorCode SellerUnknown = ErrorCode.Refusal("SELLER_UNKNOWN",
        "Diese Organisation ist kein Anbieter.", "This organisation is no seller.");

    public static readonly ErrorCode SellerFixed = ErrorCode.Refusal("SELLER_FIXED",
        "Ein Angebot bleibt bei seinem Anbieter.", "An offer stays with its seller.");

    public static readonly ErrorCode OfferRetired = ErrorCode.Refusal("OFFER_RETIRED",
        "Das Angebot ist beendet.", "The offer is retired.");

    public static readonly ErrorCode TermsUnknown = ErrorCode.Refusal("TERMS_UNKNOWN",
        "Solche Bedingungen haben weder Anbieter noch Bereitsteller.", "Neither seller nor supplier has such terms.");

    public static readonly ErrorCode MaturityModelUnknown = ErrorCode.Refusal("MATURITY_MODEL_UNKNOWN",
        "Reifegradmodelle sind 1.1 und 2.0.", "Maturity models are 1.1 and 2.0.");

    public static readonly ErrorCode MaturityLevelOutOfRange = ErrorCode.Refusal("MATURITY_LEVEL_OUT_OF_RANGE",
        "Das Modell hat die Stufen 0 bis {0}.", "The model has levels 0 to {0}.");

    public static readonly ErrorCode MonthsOutOfRange = ErrorCode.Refusal("MONTHS_OUT_OF_RANGE",
        "0 bis {0} Monate.", "0 to {0} months.");

    public static readonly ErrorCode BrokerPlanMissing = ErrorCode.Refusal("BROKER_PLAN_MISSING",
        "Automatisch bereitgestellt wird nur mit einem Broker-Plan.", "Automatic provisioning needs a broker plan.");

    public static readonly ErrorCode BrokerPlanUnused = ErrorCode.Refusal("BROKER_PLAN_UNUSED",
        "Ein Broker-Plan gehört nur zu automatischer Bereitstellung.", "A broker plan belongs to automatic provisioning only.");

    public static readonly ErrorCode ValueInvalid = ErrorCode.Refusal("VALUE_INVALID",
        "Erwartet wird {0}.", "Expected is {0}.");

    public static readonly ErrorCode FieldUnknown = ErrorCode.Refusal("FIELD_UNKNOWN",
        "Dieses Feld gibt es nicht.", "There is no such field.");

    public static readonly ErrorCode NotOneField = ErrorCode.Refusal("NOT_ONE_FIELD",
        "Genau eine dieser Angaben ist zu machen.", "Exactly one of these is given.");

    public static readonly ErrorCode LineNotJson = ErrorCode.Refusal("LINE_NOT_JSON",
        "Die Zeile ist kein JSON-Objekt.", "The line is no JSON object.");

    public static readonly ErrorCode CellsMiscounted = ErrorCode.Refusal("CELLS_MISCOUNTED",
        "Die Zeile hat {0} Zellen statt {1}.", "The row has {0} cells and not {1}.");

    public static readonly ErrorCode FileEmpty = ErrorCode.Refusal("FILE_EMPTY",
        "Die Datei enthält kein Angebot.", "The file holds no offer.");

    public static readonly ErrorCode FileNotUtf8 = ErrorCode.Refusal("FILE_NOT_UTF8",
        "Die Datei ist ab hier kein UTF-8.", "From here on the file is not UTF-8.");

    public static readonly ErrorCode FileTooManyRows = ErrorCode.Refusal("FILE_TOO_MANY_ROWS",
        "Eine Datei hat höchstens {0} Zeilen.", "A file has at most {0} rows.");

    public static readonly ErrorCode FieldTooLong = ErrorCode.Refusal("FIELD_TOO_LONG",
        "Eine Zelle oder Zeile hat höchstens {0} Zeichen.", "A cell or line has at most {0} characters.");

    public static readonly ErrorCode QuoteMissing = ErrorCode.Refusal("QUOTE_MISSING",
        "Die Zelle, die hier mit einem Anführungszeichen beginnt, endet nicht mit einem.", "The cell that begins with a quote here does not end with one.");

    public static readonly ErrorCode ColumnUnknown = ErrorCode.Refusal("COLUMN_UNKNOWN",
        "Die Spalte „{0}“ gibt es nicht.", "There is no column \"{0}\".");

    public static readonly ErrorCode ColumnDuplicate = ErrorCode.Refusal("COLUMN_DUPLICATE",
        "Die Spalte „{0}“ kommt zweimal vor.", "The column \"{0}\" is there twice.");

    public static readonly ErrorCode ColumnMissing = ErrorCode.Refusal("COLUMN_MISSING",
        "Die Spalte „{0}“ fehlt.", "The column \"{0}\" is missing.");

    public static readonly ErrorCode PlanOutdated = ErrorCode.Refusal("PLAN_OUTDATED",
        "Angebote des Plans haben sich inzwischen geändert: bitte neu planen.", "Offers of the plan have changed meanwhile: plan again.");

    public static readonly ErrorCode PlanExpired = ErrorCode.Refusal("PLAN_EXPIRED",
        "Der Plan wurde nicht rechtzeitig angewendet.", "The plan was not applied in time.");

    public static readonly ErrorCode PlanHashOther = ErrorCode.Refusal("PLAN_HASH_OTHER",
        "Das ist nicht der Plan dieses Imports.", "This is not the plan of this import.");

    public static readonly ErrorCode RowsRejected = ErrorCode.Refusal("ROWS_REJECTED",
        "Der Plan weist {0} Zeilen zurück; ATOMIC wendet alle an oder keine.", "The plan rejects {0} rows; ATOMIC applies all or none.");

    public static readonly ErrorCode ImportRunning = ErrorCode.Refusal("IMPORT_RUNNING",
        "Ein Import dieses Bereitstellers wird gerade angewendet.", "An import of this supplier is being applied.");

    public static readonly ErrorCode ImportGivenUp = ErrorCode.Refusal("IMPORT_GIVEN_UP",
        "Der Import wurde nach mehreren Versuchen aufgegeben.", "The import was given up after several attempts.");
}

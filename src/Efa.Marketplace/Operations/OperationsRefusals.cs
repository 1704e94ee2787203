namespace Efa.Marketplace.Operations;

/// <summary>The refusals that any operation can give.</summary>
public static class OperationsRefusals
{
    public static readonly ErrorCode NotFound = ErrorCode.Refusal("NOT_FOUND",
        "Nicht gefunden, oder nicht für Sie sichtbar.", "Not found, or not yours to see.");

    public static readonly ErrorCode PermissionDenied = ErrorCode.Refusal("PERMISSION_DENIED",
        "Das darf nur eine andere Partei dieses Vorgangs.", "Only another party of this may do that.");

    public static readonly ErrorCode ScopeMissing = ErrorCode.Refusal("SCOPE_MISSING",
        "Dem Zugang fehlt die Berechtigung {0}.", "The client lacks the scope {0}.");

    public static readonly ErrorCode StaleVersion = ErrorCode.Refusal("STALE_VERSION",
        "Der Stand hat sich inzwischen geändert.", "It has changed since you read it.");

    public static readonly ErrorCode IdempotencyConflict = ErrorCode.Refusal("IDEMPOTENCY_CONFLICT",
        "Dieser Idempotenzschlüssel gehört zu einem anderen Aufruf.", "This idempotency key belongs to another call.");

    public static readonly ErrorCode InvalidState = ErrorCode.Refusal("INVALID_STATE",
        "Im Zustand {0} ist das nicht möglich.", "Not possible in state {0}.");

    public static readonly ErrorCode InvalidIdempotencyKey = ErrorCode.Refusal("IDEMPOTENCY_KEY_INVALID",
        "Der Idempotenzschlüssel hat 1 bis 128 sichtbare ASCII-Zeichen.", "An idempotency key has 1 to 128 visible ASCII characters.");

    public static readonly ErrorCode Required = ErrorCode.Refusal("REQUIRED", "Diese Angabe fehlt.", "This is required.");

    public static readonly ErrorCode TooLong = ErrorCode.Refusal("TOO_LONG",
        "Höchstens {0} Zeichen.", "At most {0} characters.");

    public static readonly ErrorCode TooMany = ErrorCode.Refusal("TOO_MANY", "Höchstens {0} Einträge.", "At most {0} entries.");

    public static readonly ErrorCode Duplicate = ErrorCode.Refusal("DUPLICATE", "Der Eintrag steht schon da.", "The entry is there already.");

    public static readonly ErrorCode TextInvalid = ErrorCode.Refusal("TEXT_INVALID",
        "Steuerzeichen sind nicht erlaubt.", "Control characters are not allowed.");

    public static readonly ErrorCode NameInvalid = ErrorCode.Refusal("NAME_INVALID",
        "Ein Name hat eine Zeile und keine unsichtbaren Zeichen.", "A name has one line and no invisible characters.");

    public static readonly ErrorCode DeclarationMissing = ErrorCode.Refusal("DECLARATION_MISSING",
        "Das kann nur, wer erklärt, dazu bevollmächtigt zu sein.", "Only who declares to be authorised can do this.");
}

using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog.Publiccode;

/// <summary>Why a <c>publiccode.yml</c> is refused.</summary>
public static class PubliccodeRefusals
{
    public static readonly ErrorCode TooLarge = ErrorCode.Refusal("PUBLICCODE_TOO_LARGE",
        "Eine publiccode.yml hat höchstens {0} Bytes.", "A publiccode.yml has at most {0} bytes.");

    public static readonly ErrorCode NotYaml = ErrorCode.Refusal("PUBLICCODE_NOT_YAML",
        "In dieser Zeile ist die Datei kein YAML.", "In this line the file is not YAML.");

    public static readonly ErrorCode SecondDocument = ErrorCode.Refusal("PUBLICCODE_SECOND_DOCUMENT",
        "In dieser Zeile beginnt ein zweites Dokument.", "In this line a second document begins.");

    public static readonly ErrorCode TooDeep = ErrorCode.Refusal("PUBLICCODE_TOO_DEEP",
        "Angaben sind höchstens {0} Ebenen tief.", "Values are at most {0} levels deep.");

    public static readonly ErrorCode AliasUsed = ErrorCode.Refusal("PUBLICCODE_ALIAS_USED",
        "Anker und Verweise sind nicht erlaubt.", "Anchors and aliases are not allowed.");

    public static readonly ErrorCode KeyTwice = ErrorCode.Refusal("PUBLICCODE_KEY_TWICE",
        "Der Schlüssel „{0}“ kommt zweimal vor.", "The key \"{0}\" is there twice.");

    public static readonly ErrorCode KeyMissing = ErrorCode.Refusal("PUBLICCODE_KEY_MISSING",
        "Der Schlüssel „{0}“ fehlt.", "The key \"{0}\" is missing.");

    public static readonly ErrorCode NotText = ErrorCode.Refusal("PUBLICCODE_NOT_TEXT", "Hier steht ein Text.", "A text belongs here.");

    public static readonly ErrorCode NotList = ErrorCode.Refusal("PUBLICCODE_NOT_LIST", "Hier steht eine Liste.", "A list belongs here.");

    public static readonly ErrorCode NotMap = ErrorCode.Refusal("PUBLICCODE_NOT_MAP", "Hier stehen Schlüssel mit Werten.", "Keys with values belong here.");

    public static readonly ErrorCode VersionUnknown = ErrorCode.Refusal("PUBLICCODE_VERSION_UNKNOWN",
        "Gelesen werden die Fassungen 0 und 0.1 bis 0.5.", "Versions 0 and 0.1 to 0.5 are read.");

    public static readonly ErrorCode UrlInvalid = ErrorCode.Refusal("PUBLICCODE_URL_INVALID",
        "Erwartet wird eine Adresse, die mit https:// oder http:// beginnt.", "An address that begins with https:// or http:// is expected.");
}

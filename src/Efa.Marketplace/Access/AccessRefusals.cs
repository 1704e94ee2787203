using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Access;

/// <summary>What can be wrong with a client that is to be made or changed.</summary>
public static class AccessRefusals
{
    public static readonly ErrorCode ScopeUnknown = ErrorCode.Refusal("SCOPE_UNKNOWN",
        "Diese Berechtigung gibt es nicht. Es gibt: {0}.", "There is no such scope. There are: {0}.");

    public static readonly ErrorCode KeysInvalid = ErrorCode.Refusal("KEYS_INVALID",
        "Erwartet wird ein JSON Web Key Set mit 1 bis 10 öffentlichen Schlüsseln (EC P-256, P-384, P-521 oder RSA ab 2048 Bit), jeder mit eigener kid; keine privaten Schlüssel.",
        "Expected is a JSON Web Key Set with 1 to 10 public keys (EC P-256, P-384, P-521 or RSA from 2048 bits), each with a kid of its own; no private keys.");

    public static readonly ErrorCode KeysNotUsed = ErrorCode.Refusal("KEYS_NOT_USED",
        "Der Zugang weist sich mit einem Geheimnis aus und hat keine Schlüssel.", "The client proves itself by a secret and has no keys.");

    public static readonly ErrorCode TooManyClients = ErrorCode.Refusal("TOO_MANY_CLIENTS",
        "Eine Organisation hat höchstens {0} Zugänge, die nicht widerrufen sind.", "An organisation has at most {0} clients that are not revoked.");

    public static readonly ErrorCode ClientRevoked = ErrorCode.Refusal("CLIENT_REVOKED",
        "Der Zugang ist widerrufen.", "The client has been revoked.");
}

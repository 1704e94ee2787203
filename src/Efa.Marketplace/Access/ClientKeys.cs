using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Efa.Marketplace.Access;

/// <summary>Public keys of a client, with which it proves itself by private_key_jwt (RFC 7523), as a JSON Web Key Set.</summary>
public static class ClientKeys
{
    public const int LongestText = 16_000;

    private const int Most = 10;
    private const int SmallestRsaBits = 2048;

    public const string Expected = "a JSON Web Key Set with 1 to 10 public keys, each with a kid of its own: EC keys of P-256, P-384 or P-521, or RSA keys of at least 2048 bits; no private or symmetric keys";

    public static bool AreValid(string text)
    {
        if (text.Length > LongestText) return false;
        try
        {
            IList<JsonWebKey> keys = JsonWebKeySet.Create(text).Keys;
            return keys.Count is > 0 and <= Most && keys.All(IsPublic) && keys.DistinctBy(k => k.Kid).Count() == keys.Count;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private static bool IsPublic(JsonWebKey key) =>
        key is { HasPrivateKey: false, KeyId.Length: > 0 and <= 200, Use: null or "" or "sig", K: null or "" } && key.Kty switch
        {
            JsonWebAlgorithmsKeyTypes.EllipticCurve => IsOnCurve(key),
            JsonWebAlgorithmsKeyTypes.RSA => key.KeySize >= SmallestRsaBits,
            _ => false,
        };

    /// <summary>The library looks at a point only when a signature is checked with it.</summary>
    private static bool IsOnCurve(JsonWebKey key)
    {
        ECCurve? curve = key.Crv switch
        {
            JsonWebKeyECTypes.P256 => ECCurve.NamedCurves.nistP256,
            JsonWebKeyECTypes.P384 => ECCurve.NamedCurves.nistP384,
            JsonWebKeyECTypes.P521 => ECCurve.NamedCurves.nistP521,
            _ => null,
        };
        if (curve is not { } named) return false;
        try
        {
            using ECDsa point = ECDsa.Create(new ECParameters { Curve = named, Q = { X = Base64UrlEncoder.DecodeBytes(key.X), Y = Base64UrlEncoder.DecodeBytes(key.Y) } });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}

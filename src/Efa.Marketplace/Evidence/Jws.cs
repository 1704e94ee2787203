using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Evidence;

/// <summary>Signed text in the compact form of RFC 7515, by ES256 (RFC 7518, section 3.4: the signature is r and s, 64 bytes).</summary>
public static class Jws
{
    private const string Algorithm = "ES256";

    /// <param name="type">What it is, so that one kind of proof cannot pass for another.</param>
    public static string Sign(ECDsa key, string keyId, string type, string payload)
    {
        string signed = $"{Encode(CanonicalJson.Write(new Header(Algorithm, keyId, type)))}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    /// <summary>The payload; null where the text is not in this form, of another type, or not signed by one of the keys.</summary>
    public static string? Verify(string jws, string type, Func<string, ECDsa?> keyOf)
    {
        try
        {
            if (jws.Split('.') is not [var header, var payload, var signature]) return null;
            Header named = MarketJson.Read<Header>(Decode(header));
            return named.Alg == Algorithm && named.Typ == type && keyOf(named.Kid) is { } key
                && key.VerifyData(Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256)
                ? Decode(payload)
                : null;
        }
        catch (Exception failure) when (failure is FormatException or JsonException)
        {
            return null;
        }
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Decode(string text) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Base64Url.DecodeFromChars(text));

    private sealed record Header(string Alg, string Kid, string Typ);
}

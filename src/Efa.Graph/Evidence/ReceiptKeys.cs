using System.Buffers.Text;
using System.Security.Cryptography;
using Efa.Marketplace.Evidence;

namespace Efa.Graph.Evidence;

/// <summary>Publishes the public keys of receipts and tree heads, for ever: what was signed once can be checked always.</summary>
internal static class ReceiptKeys
{
    public const string Address = "/.well-known/receipt-keys.json";

    private const int Seconds = 300;

    public static void MapReceiptKeys(this WebApplication app) => app.MapGet(Address, (HttpContext http, EvidenceKeys keys) =>
    {
        http.Response.Headers.CacheControl = $"public, max-age={Seconds}";
        return Results.Json(Set(keys.All));
    });

    public static JwkSet Set(IEnumerable<EvidenceKey> keys) => new([.. keys.Select(Jwk)]);

    private static Jwk Jwk(EvidenceKey key)
    {
        ECParameters parameters = key.Key.ExportParameters(includePrivateParameters: false);
        return new Jwk("EC", "P-256", Base64Url.EncodeToString(parameters.Q.X), Base64Url.EncodeToString(parameters.Q.Y), key.Id, "sig", "ES256");
    }

    /// <summary>The key as an object that verifies; null where it is of another kind.</summary>
    public static ECDsa? Open(Jwk key) => key is { Kty: "EC", Crv: "P-256", X: { } x, Y: { } y }
        ? ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Base64Url.DecodeFromChars(x), Y = Base64Url.DecodeFromChars(y) } })
        : null;
}

/// <summary>A set of public keys (RFC 7517).</summary>
internal sealed record JwkSet(IReadOnlyList<Jwk> Keys);

/// <summary>A public key.</summary>
internal sealed record Jwk(string? Kty = null, string? Crv = null, string? X = null, string? Y = null, string? Kid = null, string? Use = null, string? Alg = null);

using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Efa.Graph.Tests.Identity;

/// <summary>A key pair of a test, and tokens signed with it as one wants them, wrong ones too.</summary>
internal sealed class TestKey(string kid) : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Kid { get; } = kid;

    /// <summary>The public part as a JSON Web Key; the private one beside it where that is wanted.</summary>
    public object Jwk(bool withPrivate = false)
    {
        ECParameters point = key.ExportParameters(withPrivate);
        var jwk = new Dictionary<string, string> { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = Kid, ["x"] = Base64UrlEncoder.Encode(point.Q.X), ["y"] = Base64UrlEncoder.Encode(point.Q.Y) };
        if (withPrivate) jwk["d"] = Base64UrlEncoder.Encode(point.D);
        return jwk;
    }

    public static string Set(params IEnumerable<object> keys) => JsonSerializer.Serialize(new { keys });

    public static string Set(params TestKey[] keys) => Set(keys.Select(k => k.Jwk()));

    public string Sign(object claims, string type, string? kid = null)
    {
        string header = Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(new { alg = "ES256", typ = type, kid = kid ?? Kid }));
        string signed = $"{header}.{Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Base64UrlEncoder.Encode(key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public void Dispose() => key.Dispose();
}

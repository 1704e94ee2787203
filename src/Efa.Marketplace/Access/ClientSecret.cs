using System.Buffers.Text;
using System.Security.Cryptography;

namespace Efa.Marketplace.Access;

/// <summary>Secrets of clients, of which only a slow, salted hash is stored.</summary>
public static class ClientSecret
{
    private const int SecretBytes = 32;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    // Ours have 256 random bits and need no slow hash; those that an operator sets when a market is loaded may be weaker.
    private const int Iterations = 10_000;

    /// <summary>A secret of 256 random bits.</summary>
    public static string Fresh() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static string Hash(string secret)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Convert.ToBase64String([.. salt, .. Derive(secret, salt)]);
    }

    /// <summary>Compares in constant time.</summary>
    public static bool Matches(string hash, string secret)
    {
        byte[] kept = Convert.FromBase64String(hash);
        return CryptographicOperations.FixedTimeEquals(kept.AsSpan(SaltBytes), Derive(secret, kept.AsSpan(0, SaltBytes)));
    }

    private static byte[] Derive(string secret, ReadOnlySpan<byte> salt) => Rfc2898DeriveBytes.Pbkdf2(secret, salt, Iterations, HashAlgorithmName.SHA256, HashBytes);
}

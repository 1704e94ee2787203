using System.Security.Cryptography;
using System.Text;

namespace Efa.Marketplace.Evidence.Keys;

/// <summary>The key that all private keys in the store are sealed with. It stands in a file outside of the store, so that a copy of the database can sign nothing.</summary>
public sealed class MasterKey
{
    private const int KeyBytes = 32;
    private const byte Format = 1;

    private readonly byte[] key;

    private MasterKey(byte[] key) => this.key = key;

    /// <summary>Reads the file: 32 bytes as Base64.</summary>
    public static MasterKey Read(string file)
    {
        byte[] bytes = new byte[KeyBytes + 1];
        return Convert.TryFromBase64String(File.ReadAllText(file).Trim(), bytes, out int length) && length == KeyBytes
            ? new MasterKey(bytes[..KeyBytes])
            : throw new MasterKeyException($"{file} is no master key: it must hold 32 bytes as Base64.");
    }

    /// <summary>Makes the file, readable by its owner only, where it is not there yet.</summary>
    public static MasterKey ReadOrMake(string file)
    {
        if (File.Exists(file)) return Read(file);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        byte[] bytes = RandomNumberGenerator.GetBytes(KeyBytes);
        // Under another name first: a process killed while it writes must not leave half a key.
        string unfinished = $"{file}.{Guid.NewGuid():N}";
        using (var writer = new StreamWriter(unfinished, Encoding.ASCII, options)) writer.WriteLine(Convert.ToBase64String(bytes));
        File.Move(unfinished, file);
        return new MasterKey(bytes);
    }

    /// <param name="use">What the secret is for; it opens for nothing else.</param>
    public byte[] Seal(ReadOnlySpan<byte> secret, string use)
    {
        byte[] box = new byte[1 + AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + secret.Length];
        box[0] = Format;
        Parts parts = new(box);
        RandomNumberGenerator.Fill(parts.Nonce);
        using var aes = new AesGcm(key, parts.Tag.Length);
        aes.Encrypt(parts.Nonce, secret, parts.Cipher, parts.Tag, Encoding.UTF8.GetBytes(use));
        return box;
    }

    /// <summary>By which two secrets can be compared and neither be told.</summary>
    public string Print(string secret, string use)
    {
        byte[] derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyBytes, info: Encoding.UTF8.GetBytes($"print/{use}"));
        return Convert.ToHexStringLower(HMACSHA256.HashData(derived, Encoding.UTF8.GetBytes(secret)));
    }

    public byte[] Open(byte[] box, string use)
    {
        Parts parts = new(box);
        byte[] secret = new byte[parts.Cipher.Length];
        using var aes = new AesGcm(key, parts.Tag.Length);
        try
        {
            aes.Decrypt(parts.Nonce, parts.Cipher, parts.Tag, secret, Encoding.UTF8.GetBytes(use));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new MasterKeyException("The keys in the store are sealed with another master key.");
        }
        return secret;
    }

    private readonly ref struct Parts(Span<byte> box)
    {
        public readonly Span<byte> Nonce = box[1..13];
        public readonly Span<byte> Tag = box[13..29];
        public readonly Span<byte> Cipher = box[29..];
    }
}

/// <summary>A master key that cannot be used, and why.</summary>
public sealed class MasterKeyException(string message) : Exception(message);

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Efa.Marketplace.Events;

/// <summary>The global id of a thing as clients hold it: what it is, and its UUID in 26 characters (TypeID 0.3), such as <c>offer_01h455vb4pex5vsknk084sn02q</c>.</summary>
public static class TypeId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int SuffixLength = 26;
    private const int LongestPrefix = 63;

    /// <param name="prefix">One of <see cref="IdPrefix"/>.</param>
    public static string Encode(string prefix, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        UInt128 value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        Span<char> suffix = stackalloc char[SuffixLength];
        for (int i = SuffixLength - 1; i >= 0; i--, value >>= 5) suffix[i] = Alphabet[(int)(value & 31)];
        return $"{prefix}_{suffix}";
    }

    /// <summary>Takes apart any well-formed id; whether the marketplace knows the prefix, the caller looks up.</summary>
    public static bool TryDecode(string text, [NotNullWhen(true)] out string? prefix, out Guid id)
    {
        int separator = text.LastIndexOf('_');
        prefix = separator < 0 ? "" : text[..separator];
        if (IsPrefix(prefix) && TryDecode(text.AsSpan(separator + 1), out id)) return true;
        (prefix, id) = (null, Guid.Empty);
        return false;
    }

    /// <summary>Takes an id of one kind only.</summary>
    public static bool TryDecode(string text, string prefix, out Guid id) => TryDecode(text, out string? found, out id) && found == prefix;

    /// <summary>What an argument that takes these kinds of ids expects.</summary>
    public static string Expected(params IEnumerable<string> prefixes) => $"an id that begins with {string.Join(" or ", prefixes.Select(p => p + "_"))}";

    private static bool IsPrefix(string text) =>
        text.Length is >= 1 and <= LongestPrefix && text[0] != '_' && text[^1] != '_' && text.All(c => char.IsAsciiLetterLower(c) || c == '_');

    private static bool TryDecode(ReadOnlySpan<char> suffix, out Guid id)
    {
        id = Guid.Empty;
        // 26 characters hold 130 bits: a first one above 7 would overflow.
        if (suffix.Length != SuffixLength || suffix[0] > '7') return false;
        UInt128 value = 0;
        foreach (char c in suffix)
        {
            int digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0) return false;
            value = (value << 5) | (UInt128)digit;
        }
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        id = new Guid(bytes, bigEndian: true);
        return true;
    }
}

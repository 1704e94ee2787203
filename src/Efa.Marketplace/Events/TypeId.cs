namespace Efa.Marketplace.Events;

public static class TypeId
{
    public static string Encode(string prefix, Guid id) => $"{prefix}_{id:N}";

    public static bool TryDecode(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? prefix, out Guid id)
    {
        prefix = null; id = default; return false;
    }
}

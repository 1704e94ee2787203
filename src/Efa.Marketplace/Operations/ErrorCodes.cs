using System.Collections.Frozen;
using System.Reflection;

namespace Efa.Marketplace.Operations;

/// <summary>All codes of all rooms, found by name.</summary>
public static class ErrorCodes
{
    public static readonly IReadOnlyList<ErrorCode> All =
    [
        .. typeof(ErrorCodes).Assembly.GetTypes().Where(type => type.Name.EndsWith("Refusals", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Where(field => field.FieldType == typeof(ErrorCode))
            .Select(field => (ErrorCode)field.GetValue(null)!).OrderBy(code => code.Name, StringComparer.Ordinal),
    ];

    private static readonly FrozenDictionary<string, ErrorCode> ByName = All.ToFrozenDictionary(code => code.Name, StringComparer.Ordinal);

    /// <summary>The code of a stored name, for example of a reason that an order keeps.</summary>
    public static ErrorCode Named(string name) => ByName[name];
}

using Efa.Marketplace.Operations;
using GraphQL.Types;

namespace Efa.Graph.Engine.Types;

/// <summary>An enum with its API names, UPPER_SNAKE.</summary>
public class EnumType<TEnum> : EnumerationGraphType
    where TEnum : struct, Enum
{
    public EnumType()
        : this("")
    {
    }

    /// <param name="description">Of the enum; empty for none.</param>
    /// <param name="values">Descriptions of those values that need one.</param>
    protected EnumType(string description, params (TEnum Value, string Description)[] values)
    {
        Name = typeof(TEnum).Name;
        if (description.Length > 0) Description = description;
        Dictionary<TEnum, string> descriptions = values.ToDictionary(v => v.Value, v => v.Description);
        foreach (TEnum value in Enum.GetValues<TEnum>())
            Add(ApiName.Of(value), value, descriptions.GetValueOrDefault(value));
    }
}

using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Efa.Marketplace.Storage;

/// <summary>Keeps a value as JSON text in one column; for what is read and written whole and never searched in.</summary>
public static class JsonColumn
{
    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property, int? longest = null)
    {
        property.HasConversion(new Converter<T>(), new Comparer<T>());
        property.Metadata.SetMaxLength(longest ?? -1);
        return property;
    }

    private sealed class Converter<T>() : ValueConverter<T, string>(value => MarketJson.Write(value), json => MarketJson.Read<T>(json));

    private sealed class Comparer<T>() : ValueComparer<T>(
        (left, right) => MarketJson.Write(left) == MarketJson.Write(right),
        value => MarketJson.Write(value).GetHashCode(StringComparison.Ordinal),
        value => MarketJson.Read<T>(MarketJson.Write(value)));
}

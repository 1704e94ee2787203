using System.ComponentModel;
using System.Reflection;

namespace Efa.Graph.Hosting;

/// <summary>Reads settings once, at start, and refuses what it does not understand by the name of the key.</summary>
internal static class Settings
{
    /// <param name="problem">Says what is wrong with settings that could be read; null where nothing is.</param>
    public static T Read<T>(this IConfiguration configuration, string section, Func<T, string?>? problem = null)
        where T : class, new()
    {
        IConfigurationSection values = configuration.GetSection(section);
        foreach (IConfigurationSection value in values.GetChildren())
        {
            PropertyInfo property = typeof(T).GetProperty(value.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)
                ?? throw new StartRefused($"{value.Path} is no setting. Section {section} has {string.Join(", ", typeof(T).GetProperties().Where(p => p.CanWrite).Select(p => p.Name))}.");
            if (value.Value is { Length: > 0 } text) Check(value.Path, text, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
        }
        T settings = values.Get<T>() ?? new T();
        return problem?.Invoke(settings) is { } text2 ? throw new StartRefused(text2) : settings;
    }

    private static void Check(string path, string text, Type type)
    {
        if (type.IsEnum)
        {
            if (!Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase))
                throw new StartRefused($"{path} is {text}, but must be one of {string.Join(", ", Enum.GetNames(type))}.");
        }
        else if (type.IsValueType && !TypeDescriptor.GetConverter(type).IsValid(text))
        {
            throw new StartRefused($"{path} is {text}, but must be {(type == typeof(bool) ? "true or false" : type == typeof(TimeSpan) ? "a time such as 00:00:30" : "a number")}.");
        }
    }
}

/// <summary>Why the server does not start, for the person who started it; names the setting or the command that helps.</summary>
internal sealed class StartRefused(string message) : Exception(message);

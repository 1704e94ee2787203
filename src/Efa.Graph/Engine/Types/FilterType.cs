using Efa.Graph.Engine.Errors;
using GraphQL.Types;

namespace Efa.Graph.Engine.Types;

/// <summary>A filter whose lists and search text are bounded, because each value is a parameter of the store.</summary>
public abstract class FilterType<T>(string name, string description) : InputType<T>(name, description)
    where T : notnull
{
    private const int MostValues = 100;

    // When all fields are there, whoever adds them.
    public override void Initialize(ISchema schema)
    {
        base.Initialize(schema);
        foreach (FieldType field in Fields)
            if (field.Name == "search") field.Parser = SearchText.Check;
            else if (field.Type is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ListGraphType<>)) field.Parser = AtMost(field.Parser);
    }

    private static Func<object, object> AtMost(Func<object, object>? inner) => value =>
        value is System.Collections.IEnumerable list && list.Cast<object?>().Skip(MostValues).Any()
            ? throw new InvalidValueException($"at most {MostValues} values")
            : inner?.Invoke(value) ?? value;
}

/// <summary>What can be searched for: at most 200 characters.</summary>
internal static class SearchText
{
    private const int Longest = 200;

    public static object Check(object value) =>
        value is string { Length: > Longest } ? throw new InvalidValueException($"at most {Longest} characters") : value;
}

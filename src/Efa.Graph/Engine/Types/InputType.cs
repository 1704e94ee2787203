using Efa.Marketplace.Operations;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Efa.Graph.Engine.Types;

/// <summary>The fields of an input object as the caller gave them, after their scalars were read.</summary>
public sealed class InputFields(IDictionary<string, object?> values)
{
    /// <summary>True also where the caller gave null: in updates null empties a value and absence keeps it.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    public T Get<T>(string name) => (T)values[name]!;

    public T? Optional<T>(string name) => values.TryGetValue(name, out object? value) ? (T?)value : default;

    /// <summary>Null where the field was left out.</summary>
    public Change<T>? Change<T>(string name)
        where T : class => Has(name) ? new Change<T>(Optional<T>(name)) : null;

    public IReadOnlyList<T>? List<T>(string name) => values.TryGetValue(name, out object? value) && value is not null ? Cast<T>(value) : null;

    /// <summary>The value of an input of which exactly one field is given.</summary>
    public T Only<T>() => (T)values.Values.Single(value => value is not null)!;

    private static IReadOnlyList<T> Cast<T>(object value) => value as IReadOnlyList<T> ?? [.. ((System.Collections.IEnumerable)value).Cast<T>()];
}

/// <summary>An input object that is read into a value of the domain.</summary>
public abstract class InputType<T> : InputObjectGraphType
    where T : notnull
{
    protected InputType(string name, string? description = null) => (Name, Description) = (name, description);

    protected abstract T Read(InputFields fields);

    public override object ParseDictionary(IDictionary<string, object?> value) => Read(new InputFields(value));

    // Object defaults are not used; the engine asks only where a default is given.
    public override bool IsValidDefault(object value) => value is T;

    public override GraphQLValue ToAST(object? value) => throw new NotSupportedException($"{Name} is an input without a literal form.");

    protected void Add<TGraphType>(string name, string? description = null, object? defaultValue = null)
        where TGraphType : IGraphType
    {
        FieldType field = Field<TGraphType>(name).FieldType;
        field.Description = description;
        if (defaultValue is not null) field.DefaultValue = defaultValue;
    }

    protected void Id(string name, string prefix, string? description = null, bool required = true)
    {
        FieldType field = (required ? Field<NonNullGraphType<IdGraphType>>(name) : Field<IdGraphType>(name)).FieldType;
        field.Description = description;
        field.Parser = value => value is null ? null! : GlobalIds.Parse(value, prefix);
    }

    protected void Ids(string name, string prefix, string? description = null, bool required = false)
    {
        FieldType field = (required ? Field<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>(name) : Field<ListGraphType<NonNullGraphType<IdGraphType>>>(name)).FieldType;
        field.Description = description;
        field.Parser = value => GlobalIds.ParseAll(value, prefix)!;
    }
}

/// <summary>A mutation's input with the caller's key.</summary>
public sealed record Keyed<T>(T Input, string IdempotencyKey);

/// <summary>The input of a mutation: what the operation takes, and the idempotency key.</summary>
public abstract class MutationInputType<T> : InputType<Keyed<T>>
    where T : notnull
{
    private const string Key = "idempotencyKey";

    protected MutationInputType(string name, string? description = null)
        : base(name, description) =>
        Add<NonNullGraphType<StringGraphType>>(Key,
            "Chosen by the caller, 1 to 128 visible ASCII characters; good for one caller and one mutation for 90 days. The same input gives the same answer, other input is refused.");

    protected sealed override Keyed<T> Read(InputFields fields) => new(ReadInput(fields), fields.Get<string>(Key));

    protected abstract T ReadInput(InputFields fields);
}

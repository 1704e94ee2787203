using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Efa.Graph.Engine.Errors;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Operations;
using GraphQL.Types;

namespace Efa.Graph.Catalog.Imports;

/// <summary>Reads a row of a file by the input type of <c>uploadOffers</c>, so that both take the same. What does not fit is a fault of the row.</summary>
internal sealed class OfferRowForm(IServiceProvider services)
{
    // Late: the schema is not built before somebody needs it.
    private readonly Lazy<InputObjectGraphType> form = new(() =>
    {
        ISchema schema = services.GetRequiredService<ISchema>();
        schema.Initialize();
        return (InputObjectGraphType)schema.AllTypes["OfferInput"]!;
    });

    public InputObjectGraphType Type => form.Value;

    /// <summary>Null where something is wrong.</summary>
    public OfferRow? Read(JsonObject row, List<Invalid> faults) => (OfferRow?)Value(Type, row, [], faults);

    private static object? Value(IGraphType type, JsonNode? node, string[] path, List<Invalid> faults)
    {
        if (type is NonNullGraphType required)
        {
            if (node is not null) return Value(required.ResolvedType!, node, path, faults);
            faults.Add(new Invalid(OperationsRefusals.Required, path));
            return null;
        }
        return (type, node) switch
        {
            (_, null) => null,
            (ListGraphType list, JsonArray items) => items.Select((item, i) => Value(list.ResolvedType!, item, [.. path, i.ToString(CultureInfo.InvariantCulture)], faults)).ToArray(),
            (InputObjectGraphType input, JsonObject fields) => Object(input, fields, path, faults),
            (ScalarGraphType scalar, JsonValue value) => Read(() => scalar.ParseValue(Plain(scalar, value)), Expected(scalar), path, faults),
            _ => Read(() => throw new InvalidValueException(Expected(type)), "", path, faults),
        };
    }

    private static object? Object(InputObjectGraphType input, JsonObject fields, string[] path, List<Invalid> faults)
    {
        int before = faults.Count;
        faults.AddRange(fields.Where(f => input.Fields.All(known => known.Name != f.Key)).Select(f => new Invalid(ImportRefusals.FieldUnknown, [.. path, f.Key])));
        if (input.IsOneOf && fields.Count(f => f.Value is not null) != 1) faults.Add(new Invalid(ImportRefusals.NotOneField, path));
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (FieldType field in input.Fields)
        {
            string[] inside = [.. path, field.Name];
            JsonNode? given = fields[field.Name];
            object? value = given is null && field.DefaultValue is { } standard ? standard : Value(field.ResolvedType!, given, inside, faults);
            if (value is not null && field.Parser is { } parser) value = Read(() => parser(value), "", inside, faults);
            if (value is not null) values[field.Name] = value;
        }
        return faults.Count == before ? input.ParseDictionary(values) : null;
    }

    private static object? Read(Func<object?> read, string expected, string[] path, List<Invalid> faults)
    {
        try
        {
            return read();
        }
        catch (InvalidValueException invalid)
        {
            faults.Add(new Invalid(ImportRefusals.ValueInvalid, [.. path, .. invalid.Inside.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture)!)]) { Values = [invalid.Expected] });
        }
        // What the engine's own scalars say of a value that is none of theirs.
        catch (Exception failure) when (failure is InvalidOperationException or OverflowException or FormatException or ArgumentException)
        {
            faults.Add(new Invalid(ImportRefusals.ValueInvalid, path) { Values = [expected] });
        }
        return null;
    }

    private static object Plain(ScalarGraphType scalar, JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetValue<string>(),
        // An amount may come as a number; its digits are taken as they stand.
        _ => value.TryGetValue(out long whole) ? whole : scalar is DecimalType ? value.ToJsonString() : value.GetValue<decimal>(),
    };

    private static string Expected(IGraphType type) => type switch
    {
        ListGraphType => "a list",
        InputObjectGraphType => "an object",
        IntGraphType => "a whole number",
        BooleanGraphType => "true or false",
        EnumerationGraphType some => $"one of {string.Join(", ", some.Values.Select(v => v.Name))}",
        _ => "a text",
    };
}

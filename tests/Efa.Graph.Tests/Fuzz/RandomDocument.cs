using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GraphQL.Types;

namespace Efa.Graph.Tests.Fuzz;

/// <summary>A request as it was made up.</summary>
/// <param name="Variables">JSON, which need not fit the document.</param>
/// <param name="Caller">Client that sends it; null for one without a token.</param>
internal sealed record RandomRequest(string Query, string Variables, string? Caller)
{
    public override string ToString() => $"{Caller ?? "anonymous"}: {Query} {Variables}";
}

/// <summary>Makes up documents that fit a schema, and some that nearly do.</summary>
/// <param name="known">Ids and cursors of things that are there.</param>
internal sealed partial class RandomDocument(ISchema schema, Random random, IReadOnlyList<string> known)
{
    private const int Deepest = 4;
    private const int MostArguments = 40;

    private static readonly string[] Tokens = ["{", "}", "(", ")", ":", "$", "!", "...", "@skip(if: true)", "@include", "null", "1", "-1", "1.5", "\"s\"", "\"\"\"b\"\"\"", "true", "[]", "{}", "$v0", "ENUM", "2147483648", "__typename", "on", "fragment"];

    private readonly StringBuilder definitions = new();
    private readonly Dictionary<string, object?> variables = [];

    // Most are careful to fit: what is refused at the door tries nothing behind it.
    private readonly bool careful = random.Next(10) < 7;
    private int arguments;

    public RandomRequest Make(string? caller)
    {
        (string kind, IObjectGraphType root) = random.Next(10) switch
        {
            < 7 => ("query", schema.Query!),
            < 9 => ("mutation", schema.Mutation!),
            _ => ("subscription", schema.Subscription!),
        };
        string fields = Selection(root, 0, kind == "query" ? 1 + random.Next(3) : 1);
        string head = definitions.Length > 0 ? $"({definitions})" : "";
        string query = $"{kind} Q{head} {fields}";
        if (!careful && random.Next(2) == 0) query = Broken(query);
        if (!careful && random.Next(2) == 0 && variables.Count > 0) variables[variables.Keys.ElementAt(random.Next(variables.Count))] = Anything();
        return new RandomRequest(query, JsonSerializer.Serialize(variables), caller);
    }

    private string Selection(IGraphType type, int depth, int count)
    {
        var text = new StringBuilder("{ ");
        if (type is not IComplexGraphType complex) return "{ __typename }";
        FieldType[] leaves = [.. complex.Fields.Where(f => IsLeaf(f.ResolvedType!))], others = [.. complex.Fields.Where(f => !IsLeaf(f.ResolvedType!))];
        for (int i = 0; i < count; i++)
        {
            FieldType[] from = others.Length > 0 && depth < Deepest && (leaves.Length == 0 || random.Next(3) > 0) ? others : leaves;
            if (from.Length == 0) break;
            FieldType field = from[random.Next(from.Length)];
            text.Append(CultureInfo.InvariantCulture, $"a{depth}{i}: {field.Name}{Arguments(field)}");
            if (random.Next(20) == 0) text.Append(random.Next(2) == 0 ? " @skip(if: false)" : " @include(if: true)");
            if (!IsLeaf(field.ResolvedType!)) text.Append(' ').Append(Selection(field.ResolvedType!.GetNamed(), depth + 1, 1 + random.Next(4)));
            text.Append(' ');
        }
        if (type is IInterfaceGraphType or UnionGraphType && Possible(type) is { Length: > 0 } possible)
        {
            IObjectGraphType one = possible[random.Next(possible.Length)];
            text.Append(CultureInfo.InvariantCulture, $"... on {one.Name} {Selection(one, depth + 1, 2)} ");
        }
        return text.Append("__typename }").ToString();
    }

    private string Arguments(FieldType field)
    {
        var given = new List<string>();
        foreach (QueryArgument argument in field.Arguments ?? [])
        {
            bool needed = argument.ResolvedType is NonNullGraphType && argument.DefaultValue is null;
            if (!needed && (random.Next(careful ? 4 : 2) > 0 || arguments > MostArguments)) continue;
            object? value = Value(argument.ResolvedType!, argument.Name, 0);
            if (random.Next(2) == 0)
            {
                given.Add($"{argument.Name}: {Literal(value)}");
                continue;
            }
            string name = $"v{variables.Count}";
            variables[name] = Plain(value);
            definitions.Append(CultureInfo.InvariantCulture, $"${name}: {argument.ResolvedType} ");
            given.Add($"{argument.Name}: ${name}");
        }
        return given.Count == 0 ? "" : $"({string.Join(", ", given)})";
    }

    private object? Value(IGraphType type, string name, int depth)
    {
        arguments++;
        switch (type)
        {
            case NonNullGraphType { ResolvedType: { } inner }:
                return !careful && random.Next(20) == 0 ? null : Value(inner, name, depth);
            case ListGraphType { ResolvedType: { } item }:
                return Enumerable.Range(0, random.Next(4)).Select(_ => Value(item, name, depth + 1)).ToList();
            case EnumerationGraphType options:
                return new Name(!careful && random.Next(10) == 0 ? "NOWHERE" : options.Values.ElementAt(random.Next(options.Values.Count)).Name);
            case IInputObjectGraphType { IsOneOf: true } one when one.Fields.Count > 0:
                FieldType only = one.Fields.ElementAt(random.Next(one.Fields.Count));
                return new Dictionary<string, object?> { [only.Name] = Value(only.ResolvedType!, only.Name, depth + 1) };
            case IInputObjectGraphType input:
                return input.Fields.Where(f => (f.ResolvedType is NonNullGraphType && f.DefaultValue is null) || (depth < 3 && arguments < MostArguments && random.Next(2) == 0))
                    .ToDictionary(f => f.Name, f => Value(f.ResolvedType!, f.Name, depth + 1));
            default:
                return !careful && random.Next(5) == 0 ? Anything() : careful ? Fitting(type.Name, name) : Scalar(type.Name);
        }
    }

    /// <summary>A value that the type allows and, where it is an id, of a thing that the argument's name speaks of.</summary>
    private object? Fitting(string type, string name) => type switch
    {
        "Int" when name is "first" or "last" => OneOf(1, 2, 5),
        "Int" => OneOf(1, 2, 2026),
        "ID" => IdFor(name),
        "Cursor" => OneOf([.. known.Where(k => !Id().IsMatch(k))]),
        "Date" => OneOf("2026-02-15", "2026-12-31", "2027-01-01"),
        "Instant" => "2026-02-15T12:00:00Z",
        "Ars" => OneOf("053340002002", "05"),
        "Boolean" => true,
        _ => Scalar(type),
    };

    private string IdFor(string name)
    {
        string prefix = name switch
        {
            _ when name.Contains("order", StringComparison.OrdinalIgnoreCase) && !name.Contains("By", StringComparison.Ordinal) => "order_",
            _ when name.Contains("offer", StringComparison.OrdinalIgnoreCase) => "offer_",
            _ when name.Contains("terms", StringComparison.OrdinalIgnoreCase) || name.Contains("document", StringComparison.OrdinalIgnoreCase) => "terms_",
            "id" or "ids" => "",
            _ => "org_",
        };
        return OneOf([.. known.Where(k => Id().IsMatch(k) && k.StartsWith(prefix, StringComparison.Ordinal))]);
    }

    private object? Scalar(string name) => name switch
    {
        "Int" => OneOf<object>(1, 5, 20, 100, 0, -1, 101, int.MaxValue, int.MinValue, 2147483648L),
        "Boolean" => random.Next(2) == 0,
        "ID" or "Cursor" => random.Next(4) == 0 ? Text() : known[random.Next(known.Count)],
        "Date" => OneOf("2026-02-15", "2026-12-31", "2024-02-29", "0001-01-01", "9999-12-31", "2026-02-30", "morgen"),
        "Instant" => OneOf("2026-02-15T12:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "2026-02-15T12:00:00+14:00", "2026-02-15"),
        "Ars" => OneOf("053340002002", "05", "000000000000", "05334"),
        "LeikaKey" => OneOf("99107023017000", "0", "99999999999999"),
        "Sha256" => new string("0123456789abcdef"[random.Next(16)], 64),
        _ when name.Contains("Money", StringComparison.Ordinal) || name.Contains("Decimal", StringComparison.Ordinal) => OneOf("1.00", "0.000001", "-1", "79228162514264337593543950335", "1e3", "1,5"),
        _ => Text(),
    };

    private string Text() => OneOf(
        "a", "", "Bewohnerparken", "%", "_", "' OR 1=1--", "'; DROP TABLE \"Orders\";--", "ä\u0308\u202e", "\0", "\r\nX: y", new string('x', 300), new string('%', 3_000),
        "<script>", "../../etc/passwd", "=HYPERLINK(1)", "(a+)+$", "\ud83d\ude00", "null", "0", "{{7*7}}", known[random.Next(known.Count)]);

    private object? Anything() => OneOf<object?>(null, true, 0, -1, 1.5, 1e300, "x", new List<object?> { null }, new Dictionary<string, object?> { ["x"] = 1 }, new Dictionary<string, object?>(), long.MaxValue, Text());

    private string Broken(string query)
    {
        string[] parts = Part().Split(query);
        for (int i = 0; i <= random.Next(2); i++)
        {
            int at = random.Next(parts.Length);
            parts[at] = random.Next(4) switch
            {
                0 => "",
                1 => parts[at] + " " + parts[at],
                2 => parts[random.Next(parts.Length)],
                _ => Tokens[random.Next(Tokens.Length)],
            };
        }
        return string.Join(' ', parts);
    }

    private IObjectGraphType[] Possible(IGraphType type) => [.. schema.AllTypes.OfType<IObjectGraphType>().Where(o => type switch
    {
        IInterfaceGraphType shared => o.ResolvedInterfaces.Any(i => i.Name == shared.Name),
        UnionGraphType union => union.PossibleTypes.Any(p => p.Name == o.Name),
        _ => false,
    })];

    private T OneOf<T>(params T[] values) => values[random.Next(values.Length)];

    private static bool IsLeaf(IGraphType type) => type.GetNamed() is ScalarGraphType;

    private static string Literal(object? value) => value switch
    {
        Name name => name.Value,
        IDictionary<string, object?> fields => $"{{ {string.Join(", ", fields.Select(f => $"{f.Key}: {Literal(f.Value)}"))} }}",
        IEnumerable<object?> items => $"[{string.Join(", ", items.Select(Literal))}]",
        _ => JsonSerializer.Serialize(value),
    };

    private static object? Plain(object? value) => value switch
    {
        Name name => name.Value,
        IDictionary<string, object?> fields => fields.ToDictionary(f => f.Key, f => Plain(f.Value)),
        IEnumerable<object?> items => items.Select(Plain).ToList(),
        _ => value,
    };

    [GeneratedRegex("^[a-z]+_[0-9a-z]{26}$")]
    private static partial Regex Id();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Part();

    private sealed record Name(string Value);
}

/// <summary>What a type is without its wrappers.</summary>
internal static class NamedTypes
{
    public static IGraphType GetNamed(this IGraphType type) => type is IProvideResolvedType { ResolvedType: { } inner } ? inner.GetNamed() : type;
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphQL.Types;

namespace Efa.Graph.Catalog.Imports;

/// <summary>How a cell holds its value.</summary>
internal enum CellForm
{
    Text,
    Number,
    TrueOrFalse,

    /// <summary>Values separated by |.</summary>
    List,

    /// <summary>JSON, as in a line of NDJSON.</summary>
    Json,
}

/// <summary>A column of a CSV file: a field of the row, or one inside it.</summary>
/// <param name="Name">The way to the field, with points.</param>
internal sealed record OfferColumn(string Name, IReadOnlyList<string> Path, CellForm Form, IGraphType Type, string? Description);

/// <summary>The columns that a CSV file can have, made from the form of a row.</summary>
internal static class OfferColumns
{
    public const char ListSeparator = '|';

    public static IReadOnlyList<OfferColumn> Of(InputObjectGraphType form) => [.. Columns(form, [])];

    /// <summary>Puts a cell where its field is; an empty cell says nothing.</summary>
    public static void Put(this OfferColumn column, JsonObject row, string cell)
    {
        if (cell.Length == 0) return;
        JsonObject place = row;
        foreach (string part in column.Path.SkipLast(1))
        {
            if (place[part] is not JsonObject inside) place[part] = inside = [];
            place = inside;
        }
        place[column.Path[^1]] = column.Form switch
        {
            CellForm.Number when long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
            CellForm.TrueOrFalse when bool.TryParse(cell, out bool value) => value,
            CellForm.List => new JsonArray([.. cell.Split(ListSeparator, StringSplitOptions.TrimEntries).Select(item => (JsonNode)item)]),
            CellForm.Json => Parsed(cell),
            _ => cell,
        };
    }

    private static IEnumerable<OfferColumn> Columns(InputObjectGraphType form, string[] path) => form.Fields.SelectMany(field =>
    {
        IGraphType type = Inner(field.ResolvedType!);
        string[] inside = [.. path, field.Name];
        return type is InputObjectGraphType input ? Columns(input, inside) : [new OfferColumn(string.Join('.', inside), inside, FormOf(type), type, field.Description)];
    });

    private static CellForm FormOf(IGraphType type) => type switch
    {
        ListGraphType list => Inner(list.ResolvedType!) is InputObjectGraphType ? CellForm.Json : CellForm.List,
        IntGraphType => CellForm.Number,
        BooleanGraphType => CellForm.TrueOrFalse,
        _ => CellForm.Text,
    };

    // What is no JSON stays a text, which the row's check refuses at its place.
    private static JsonNode? Parsed(string cell)
    {
        try
        {
            return JsonNode.Parse(cell, documentOptions: OfferFiles.Strict);
        }
        catch (JsonException)
        {
            return cell;
        }
    }

    private static IGraphType Inner(IGraphType type) => type is NonNullGraphType required ? required.ResolvedType! : type;
}

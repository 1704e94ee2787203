using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Operations;
using GraphQL.Types;

namespace Efa.Graph.Catalog.Imports;

/// <summary>What suppliers make their files by: a template of the CSV, and the JSON Schema of a line of NDJSON. Both are made from what files are read by.</summary>
internal static class OfferFileForms
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, string> Example = new(StringComparer.Ordinal)
    {
        ["externalId"] = "BWP-1",
        ["service.own.externalId"] = "bewohnerparken",
        ["service.own.name"] = "Bewohnerparkausweis",
        ["service.own.kind"] = "EFA_ONLINE_SERVICE",
        ["service.own.leikaKeys"] = "99108001001000",
        ["title"] = "Bewohnerparkausweis online",
        ["summary"] = "Antrag, Bescheid und Bezahlung für Bewohnerparkausweise.",
        ["availableIn"] = "05|09",
        ["orderingMode"] = "DIRECT",
        ["prices"] = """[{"flat":{"code":"year","label":"Jahresentgelt","period":"YEAR","amount":"1800.00","taxes":[{"treatment":"STANDARD"}]}}]""",
    };

    /// <summary>All columns and one row, which can be sent as it is where the import names the seller.</summary>
    public static string Template(InputObjectGraphType form)
    {
        IReadOnlyList<OfferColumn> columns = OfferColumns.Of(form);
        return $"{string.Join(',', columns.Select(c => c.Name))}\r\n{string.Join(',', columns.Select(c => Quoted(Example.GetValueOrDefault(c.Name, ""))))}\r\n";
    }

    /// <summary>JSON Schema (2020-12) of a row; beside it the columns of a CSV file.</summary>
    public static string Schema(InputObjectGraphType form)
    {
        JsonObject schema = Of(form);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema["csvColumns"] = new JsonArray([.. OfferColumns.Of(form).Select(c => new JsonObject { ["name"] = c.Name, ["cell"] = ApiName.Of(c.Form), ["description"] = c.Description })]);
        return schema.ToJsonString(Readable);
    }

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",;\"\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static JsonObject Of(IGraphType type) => type switch
    {
        NonNullGraphType required => Of(required.ResolvedType!),
        ListGraphType list => new JsonObject { ["type"] = "array", ["items"] = Of(list.ResolvedType!) },
        InputObjectGraphType input => Of(input),
        EnumerationGraphType some => new JsonObject { ["enum"] = new JsonArray([.. some.Values.Select(v => (JsonNode)v.Name)]) },
        IntGraphType => new JsonObject { ["type"] = "integer" },
        BooleanGraphType => new JsonObject { ["type"] = "boolean" },
        DateType => new JsonObject { ["type"] = "string", ["format"] = "date" },
        DecimalType => new JsonObject { ["type"] = new JsonArray("string", "number"), ["description"] = type.Description },
        _ => new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Of(InputObjectGraphType input)
    {
        var schema = new JsonObject { ["title"] = input.Name, ["type"] = "object", ["additionalProperties"] = false };
        if (input.Description is { } description) schema["description"] = description;
        if (input.IsOneOf) (schema["minProperties"], schema["maxProperties"]) = (1, 1);
        var properties = new JsonObject();
        foreach (FieldType field in input.Fields)
        {
            JsonObject property = Of(field.ResolvedType!);
            if (field.Description is { } text) property["description"] = text;
            properties[field.Name] = property;
        }
        schema["properties"] = properties;
        // The seller can be named once for all rows.
        schema["required"] = new JsonArray([.. input.Fields.Where(f => f.ResolvedType is NonNullGraphType && f.DefaultValue is null && f.Name != "sellerId").Select(f => (JsonNode)f.Name)]);
        return schema;
    }
}

using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;

namespace Efa.Graph.Engine;

/// <summary>The schema as text, as it is served and kept in schema/efa.graphql.</summary>
public static class SchemaText
{
    private static readonly PrintOptions Options = new() { IncludeDescriptions = true, IncludeDeprecationReasons = true, StringComparison = StringComparison.Ordinal };

    public static string Of(ISchema schema)
    {
        schema.Initialize();
        return schema.Print(Options).ReplaceLineEndings("\n").TrimEnd() + "\n";
    }
}

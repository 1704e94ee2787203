using Efa.Graph.Engine.Errors;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Efa.Graph.Engine.Documents;

/// <summary>Pages have 1 to 100 entries and one direction. Asked at each execution, because the numbers come from variables too.</summary>
internal sealed class PageSizes(Limits limits) : ValidationRuleBase
{
    public override ValueTask<INodeVisitor?> GetPostNodeVisitorAsync(ValidationContext context)
    {
        foreach ((GraphQLField field, IDictionary<string, ArgumentValue> arguments) in context.ArgumentValues ?? [])
        {
            int? first = Check(context, field, arguments, "first");
            int? last = Check(context, field, arguments, "last");
            if (first is not null && last is not null) Report(context, field, "last", "Give 'first' or 'last', not both.", "first or last");
        }
        return default;
    }

    private int? Check(ValidationContext context, GraphQLField field, IDictionary<string, ArgumentValue> arguments, string name)
    {
        if (!arguments.TryGetValue(name, out ArgumentValue argument) || argument.Source == ArgumentSource.FieldDefault || argument.Value is not int size) return null;
        if (size < 1 || size > limits.PageSize)
            Report(context, field, name, $"A page has 1 to {limits.PageSize} entries.", $"1..{limits.PageSize}");
        return size;
    }

    private static void Report(ValidationContext context, GraphQLField field, string name, string message, string expected) =>
        context.ReportError(new ValueError(context, field.Arguments!.Items.First(a => a.Name.Value == name), RequestErrors.InvalidValue, message, expected));
}

using Efa.Graph.Engine.Errors;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Efa.Graph.Engine.Documents;

/// <summary>Values in the text fit their types. In place of the engine's two rules, which lose what a scalar says about the value and where it stands.</summary>
internal sealed class LiteralsFitTypes : ValidationRuleBase
{
    private static readonly NodeVisitors Visitors = new(
        new MatchingNodeVisitor<GraphQLArgument>((argument, context) =>
            Check(context, context.TypeInfo.GetArgument()?.ResolvedType, argument.Value)),
        new MatchingNodeVisitor<GraphQLVariableDefinition>((variable, context) =>
        {
            if (variable.DefaultValue is { } value) Check(context, context.TypeInfo.GetInputType(), value);
        }));

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) => new(Visitors);

    private static void Check(ValidationContext context, IGraphType? type, GraphQLValue value)
    {
        switch (type)
        {
            case NonNullGraphType nonNull when value is GraphQLNullValue:
                Report(context, value, $"Expected {nonNull}, found null.", nonNull.ToString());
                break;
            case NonNullGraphType nonNull:
                Check(context, nonNull.ResolvedType, value);
                break;
            case not null when value is GraphQLNullValue or GraphQLVariable:
                break;
            case ListGraphType list when value is GraphQLListValue items:
                foreach (GraphQLValue item in items.Values ?? []) Check(context, list.ResolvedType, item);
                break;
            case ListGraphType list:
                Check(context, list.ResolvedType, value);
                break;
            case IInputObjectGraphType input when value is GraphQLObjectValue fields:
                CheckFields(context, input, fields);
                break;
            case ScalarGraphType scalar:
                CheckScalar(context, scalar, value);
                break;
            case not null:
                Report(context, value, $"Expected {type.Name}.", type.Name);
                break;
        }
    }

    private static void CheckFields(ValidationContext context, IInputObjectGraphType input, GraphQLObjectValue value)
    {
        foreach (GraphQLObjectField given in value.Fields ?? [])
        {
            if (input.Fields.Find(given.Name.Value) is { } field) Check(context, field.ResolvedType, given.Value);
            else Report(context, given, $"{input.Name} has no field '{given.Name.StringValue}'.", input.Name);
        }
        foreach (FieldType field in input.Fields)
            if (field.ResolvedType is NonNullGraphType && field.DefaultValue is null && value.Fields?.Exists(f => f.Name.Value == field.Name) != true)
                Report(context, value, $"{input.Name} needs the field '{field.Name}'.", $"{field.Name}: {field.ResolvedType}");
        if (input.IsOneOf && (value.Fields is not [var only] || only.Value is GraphQLNullValue))
            Report(context, value, $"{input.Name} takes exactly one field, and not null.", input.Name);
    }

    private static void CheckScalar(ValidationContext context, ScalarGraphType scalar, GraphQLValue value)
    {
        if (scalar.CanParseLiteral(value)) return;
        try
        {
            scalar.ParseLiteral(value);
            Report(context, value, $"Expected {scalar.Name}.", scalar.Name);
        }
        catch (InvalidValueException wrong)
        {
            context.ReportError(new ValueError(context, value, wrong.Code, wrong.Message, wrong.Expected));
        }
        catch (Exception failure) when (failure is InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            Report(context, value, $"Expected {scalar.Name}.", scalar.Name);
        }
    }

    private static void Report(ValidationContext context, ASTNode node, string message, string? expected) =>
        context.ReportError(new ValueError(context, node, RequestErrors.InvalidValue, message, expected));
}

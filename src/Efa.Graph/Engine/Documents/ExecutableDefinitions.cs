using Efa.Graph.Engine.Errors;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Efa.Graph.Engine.Documents;

/// <summary>A document to execute holds operations and fragments only; definitions of types are refused. The engine has no such rule.</summary>
internal sealed class ExecutableDefinitions : ValidationRuleBase
{
    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context)
    {
        foreach (ASTNode definition in context.Document.Definitions)
            if (definition is not (GraphQLOperationDefinition or GraphQLFragmentDefinition))
                context.ReportError(new ValueError(context, definition, RequestErrors.InvalidDocument, "Only operations and fragments can be executed."));
        return default;
    }
}

using GraphQL.Validation;
using GraphQLParser.AST;

namespace Efa.Graph.Engine.Errors;

/// <summary>A wrong value in a document's text, as validation reports it.</summary>
internal sealed class ValueError(ValidationContext context, ASTNode node, RequestErrorCode code, string message, string? expected = null)
    : ValidationError(context.Document.Source, null, message, node)
{
    public RequestErrorCode Kind { get; } = code;

    public string? Expected { get; } = expected;
}

using GraphQL;
using GraphQL.Execution;
using GraphQL.Instrumentation;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQL.Validation.Rules;
using GraphQLParser.AST;

namespace Efa.Graph.Engine.Documents;

/// <summary>From text to a document that fits the schema, kept for the next time.</summary>
internal sealed class DocumentReader(ISchema schema, IDocumentBuilder builder, Limits limits)
{
    // What depends on the text alone. Whatever looks at variables or the caller is asked at each execution.
    private static readonly IValidationRule[] Rules =
    [
        new ExecutableDefinitions(),
        .. DocumentValidator.CoreRules.Where(r => r is not (ArgumentsOfCorrectType or DefaultValuesOfCorrectType or FieldArgumentsAreValidRule)),
        new LiteralsFitTypes(),
    ];

    private readonly DocumentCache cache = new(limits);
    private readonly DocumentValidator validator = new();

    /// <summary>The document, and what is wrong with it.</summary>
    public async Task<(GraphQLDocument Document, IReadOnlyList<ValidationError> Errors)> ReadAsync(string text, CancellationToken cancellationToken)
    {
        if (cache.Find(text) is { } kept) return (kept, []);

        GraphQLDocument document = builder.Build(text);
        var options = new ValidationOptions
        {
            Schema = schema,
            Document = document,
            Rules = Rules,
            Metrics = Metrics.None,
            UserContext = new Dictionary<string, object?>(),
            Variables = Inputs.Empty,
            Extensions = Inputs.Empty,
            Operation = null!,
            CancellationToken = cancellationToken,
        };
        IValidationResult result = await validator.ValidateAsync(in options);
        if (!result.IsValid) return (document, [.. result.Errors.OfType<ValidationError>()]);
        cache.Keep(text, document);
        return (document, []);
    }
}

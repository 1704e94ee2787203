using Efa.Graph.Engine.Errors;
using GraphQL.Execution;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace Efa.Graph.Engine.Documents;

/// <summary>Parses documents and refuses those that would cost more to validate than any honest one, before a rule has seen them.</summary>
public sealed class GuardedDocumentBuilder(Limits limits) : IDocumentBuilder
{
    // Nesting that the parser and all visitors after it can recurse into; lists and objects in arguments count too.
    private const int ParserDepth = 64;

    public GraphQLDocument Build(string body)
    {
        if (body.Length > limits.DocumentChars)
            throw new RequestError(RequestErrors.LimitExceeded, $"A document has at most {limits.DocumentChars} characters.");
        try
        {
            CountTokens(body);
            GraphQLDocument document = Parser.Parse(body, new ParserOptions { Ignore = IgnoreOptions.Comments, MaxDepth = ParserDepth });
            new DocumentSize(document, limits).Check();
            return document;
        }
        catch (GraphQLSyntaxErrorException failure)
        {
            throw new SyntaxError(failure);
        }
        catch (GraphQLMaxDepthExceededException)
        {
            throw new RequestError(RequestErrors.LimitExceeded, $"A document is nested at most {ParserDepth} levels deep.");
        }
    }

    private void CountTokens(string body)
    {
        int count = 0;
        for (int position = 0; ;)
        {
            Token token = Lexer.Lex(body, position);
            if (token.Kind == TokenKind.EOF) return;
            if (++count > limits.DocumentTokens)
                throw new RequestError(RequestErrors.LimitExceeded, $"A document has at most {limits.DocumentTokens} tokens.");
            position = token.End;
        }
    }
}

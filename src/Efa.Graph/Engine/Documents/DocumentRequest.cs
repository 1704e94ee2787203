using GraphQL;

namespace Efa.Graph.Engine.Documents;

/// <summary>What a client asks to be executed: a document or the id of a stored one, and what goes with it.</summary>
public sealed record DocumentRequest(string? Query, string? DocumentId, string? OperationName, Inputs Variables, Inputs Extensions);

/// <summary>The kinds of operation that a way of asking can answer.</summary>
[Flags]
public enum OperationKinds
{
    Query = 1,
    Mutation = 2,
    Subscription = 4,
    All = Query | Mutation | Subscription,
}

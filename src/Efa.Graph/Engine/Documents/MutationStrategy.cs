using GraphQL.Execution;
using EngineContext = GraphQL.Execution.ExecutionContext;

namespace Efa.Graph.Engine.Documents;

/// <summary>Executes mutations one after the other, each with its whole answer before the next begins; what an answer loads is batched as in queries.</summary>
/// <remarks>The engine's own serial strategy puts off what is loaded until all mutations are done, so that the first would be answered with what the last has changed.</remarks>
internal sealed class MutationStrategy : ParallelExecutionStrategy
{
    public override async Task ExecuteNodeTreeAsync(EngineContext context, ExecutionNode rootNode)
    {
        if (rootNode is not RootExecutionNode { SubFields: { } mutations })
        {
            await base.ExecuteNodeTreeAsync(context, rootNode);
            return;
        }
        foreach (ExecutionNode mutation in mutations) await base.ExecuteNodeTreeAsync(context, mutation);
    }
}

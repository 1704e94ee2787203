using GraphQL;
using GraphQL.Execution;

namespace Efa.Graph.Engine.Errors;

/// <summary>What clients read of an error beside its message: <c>code</c>, and <c>path</c>, <c>expected</c>, <c>traceId</c> where known.</summary>
internal sealed class ErrorExtensions : IErrorInfoProvider
{
    public ErrorInfo GetInfo(ExecutionError executionError)
    {
        // Anything else would be a way past the rewriting of errors, and is told no more than that something failed.
        RequestError error = executionError as RequestError ?? new RequestError(RequestErrors.Internal);
        var extensions = new Dictionary<string, object?> { ["code"] = error.Kind.Name };
        if (error.ValuePath is { } path) extensions["path"] = path;
        if (error.Expected is { } expected) extensions["expected"] = expected;
        if (error.TraceId is { } traceId) extensions["traceId"] = traceId;
        return new ErrorInfo { Message = error.Message, Extensions = extensions };
    }
}

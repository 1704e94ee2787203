using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Operations;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Efa.Graph.Engine.Types;

/// <summary>What a mutation answers: the thing it made or changed as it is now, or why it was refused.</summary>
public sealed record Payload(Guid? Subject, IReadOnlyList<Refusal> Errors);

/// <summary>Payload with one thing in it, found again by its id after the commit, as the caller sees it.</summary>
internal sealed class PayloadType : ObjectGraphType<Payload>
{
    public PayloadType(string name, string subject, Type subjectType, Func<RequestContext, Guid, IDataLoaderResult<object?>> load)
    {
        Name = name;
        Field(subject, subjectType).Resolve(context => context.Source.Subject is { } id ? load(context.Request(), id) : new Known<object?>(null));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<UserErrorInterface>>>>("errors")
            .Description("Empty where it was done.").Resolve(context => context.Source.Errors);
    }
}

/// <summary>The mutations; each room adds its own.</summary>
public sealed class MutationType : ObjectGraphType
{
    public MutationType()
    {
        Name = "Mutation";
        Description = "Each mutation has an input and a payload of its own, so that each can grow alone. A payload is null only beside a GraphQL error.";
    }

    /// <summary>Adds a mutation that runs an operation and answers with the thing it made or changed.</summary>
    /// <param name="subject">Name of the payload's field for that thing.</param>
    /// <param name="load">Loads the thing for the caller.</param>
    /// <param name="finish">What is waited for before the answer, if anything.</param>
    public FieldType Add<TOperation, TInput, TInputType, TSubjectType>(
        string subject,
        Func<RequestContext, Guid, IDataLoaderResult<object?>> load,
        string description,
        Func<RequestContext, Guid, CancellationToken, Task>? finish = null)
        where TOperation : Operation<TInput>, new()
        where TInput : notnull
        where TInputType : MutationInputType<TInput>
        where TSubjectType : IGraphType
    {
        var operation = new TOperation();
        string payload = string.Concat(operation.Name[..1].ToUpperInvariant(), operation.Name.AsSpan(1), "Payload");
        FieldType field = Field(operation.Name, new PayloadType(payload, subject, typeof(TSubjectType), load))
            .Description(description)
            .Argument<NonNullGraphType<TInputType>>("input")
            .ResolveAsync(async context =>
            {
                RequestContext request = context.Request();
                var keyed = (Keyed<TInput>)context.Given("input")!;
                OperationRunner runner = request.Services.GetRequiredService<OperationRunner>();
                OperationResult result = await runner.RunAsync(operation, keyed.Input, request.Caller, keyed.IdempotencyKey, context.CancellationToken);
                if (finish is not null && result.Subject is { } id) await finish(request, id, context.CancellationToken);
                // A mutation before this one in the same document may have loaded what this one has changed.
                request.Forget();
                return new Payload(result.Subject, result.Refusals);
            }).FieldType;
        field.SeenBy(FieldAccess.Mutation(operation.Scope));
        return field;
    }
}

using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Operations;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Efa.Graph.Engine.Types;

/// <summary>Payload with one thing in it, found again by its id after the commit, as the caller sees it.</summary>
internal sealed class PayloadType : ObjectGraphType<OperationResult>
{
    public PayloadType(string name, string subject, Type subjectType, Func<RequestContext, Guid, IDataLoaderResult<object?>> load, string? secret)
    {
        Name = name;
        Field(subject, subjectType).Resolve(context => context.Source.Subject is { } id ? load(context.Request(), id) : new Known<object?>(null));
        if (secret is not null) Field<StringGraphType>(secret).Description("Told once: null where the call is a repetition.").Resolve(context => context.Source.Secret);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<UserErrorInterface>>>>("errors")
            .Description("Empty where it was done.").Resolve(context => context.Source.Refusals);
    }
}

/// <summary>Payload with a result for each row of a batch.</summary>
internal sealed class BatchPayloadType : ObjectGraphType<OperationResult>
{
    public BatchPayloadType(string name, Type rowType)
    {
        Name = name;
        Field("results", typeof(NonNullGraphType<>).MakeGenericType(typeof(ListGraphType<>).MakeGenericType(typeof(NonNullGraphType<>).MakeGenericType(rowType))))
            .Description("One for each row, in the order of the input. Empty where the whole batch was refused.").Resolve(context => context.Source.Rows ?? []);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<UserErrorInterface>>>>("errors")
            .Description("What concerns the batch as a whole; what concerns a row stands there.").Resolve(context => context.Source.Refusals);
    }
}

/// <summary>What became of a row of a batch.</summary>
public abstract class RowResultType : ObjectGraphType<RowResult>
{
    /// <param name="subject">Name of the field for the thing that the row made or changed.</param>
    protected RowResultType(string name, string subject, Type subjectType, Func<RequestContext, Guid, IDataLoaderResult<object?>> load)
        : this(name, typeof(UserErrorInterface)) =>
        Field(subject, subjectType).Description("Null where the row was refused, or another row of a batch that is done whole or not at all.")
            .Resolve(context => context.Source.Subject is { } id ? load(context.Request(), id) : new Known<object?>(null));

    /// <param name="errorType">Of the refusals of a row.</param>
    protected RowResultType(string name, Type errorType)
    {
        Name = name;
        Description = "What became of a row of a batch.";
        Field<NonNullGraphType<IntGraphType>>("row").Description("Counted from 1, in the order of the input.").Resolve(context => context.Source.Row);
        Field("errors", typeof(NonNullGraphType<>).MakeGenericType(typeof(ListGraphType<>).MakeGenericType(typeof(NonNullGraphType<>).MakeGenericType(errorType))))
            .Description("Why the row was refused.").Resolve(context => context.Source.Refusals);
    }
}

public sealed class BatchModeType() : EnumType<BatchMode>("What is done where some rows of a batch are refused.",
    (BatchMode.Atomic, "All rows or none."),
    (BatchMode.Partial, "Good rows are done, bad rows reported."));

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
    /// <param name="secret">Name of the payload's field for what the operation tells once, if anything.</param>
    /// <param name="more">Adds further fields to the payload.</param>
    public FieldType Add<TOperation, TInput, TInputType, TSubjectType>(
        string subject,
        Func<RequestContext, Guid, IDataLoaderResult<object?>> load,
        string description,
        Func<RequestContext, Guid, CancellationToken, Task>? finish = null,
        string? secret = null,
        Action<ObjectGraphType<OperationResult>>? more = null)
        where TOperation : Operation<TInput>, new()
        where TInput : notnull
        where TInputType : MutationInputType<TInput>
        where TSubjectType : IGraphType
    {
        var operation = new TOperation();
        var payload = new PayloadType(PayloadName(operation), subject, typeof(TSubjectType), load, secret);
        more?.Invoke(payload);
        return Add<TInput, TInputType>(operation, payload, description, finish);
    }

    /// <summary>Adds a mutation that runs an operation over several rows and answers with what became of each.</summary>
    public FieldType AddBatch<TOperation, TInput, TInputType, TRowType>(string description)
        where TOperation : Operation<TInput>, new()
        where TInput : notnull
        where TInputType : MutationInputType<TInput>
        where TRowType : RowResultType
    {
        var operation = new TOperation();
        return Add<TInput, TInputType>(operation, new BatchPayloadType(PayloadName(operation), typeof(TRowType)), description, finish: null);
    }

    private FieldType Add<TInput, TInputType>(
        Operation<TInput> operation, ObjectGraphType<OperationResult> payload, string description, Func<RequestContext, Guid, CancellationToken, Task>? finish)
        where TInput : notnull
        where TInputType : MutationInputType<TInput>
    {
        FieldType field = Field(operation.Name, payload)
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
                return result;
            }).FieldType;
        field.SeenBy(FieldAccess.Mutation(operation.Scope));
        return field;
    }

    private static string PayloadName<TInput>(Operation<TInput> operation)
        where TInput : notnull => string.Concat(operation.Name[..1].ToUpperInvariant(), operation.Name.AsSpan(1), "Payload");
}

using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Builders;
using GraphQL.Resolvers;

namespace Efa.Graph.Engine.Documents;

/// <summary>What feeds a subscription field: events that are pulled one by one, so that a client that reads slowly slows its own source and nobody's memory grows.</summary>
public abstract class EventSource : ISourceStreamResolver
{
    /// <summary>Opens the events for one subscriber. The sequence ends with the token.</summary>
    public abstract IAsyncEnumerable<object?> Open(IResolveFieldContext context, CancellationToken cancellationToken);

    /// <summary>Where the log stands after an event; null where the source has no log.</summary>
    public abstract string? PositionOf(object? value);

    public ValueTask<IObservable<object?>> ResolveAsync(IResolveFieldContext context) =>
        throw new NotSupportedException("Events are pulled by the event strategy.");
}

/// <inheritdoc cref="EventSource"/>
public sealed class EventSource<T>(Func<IResolveFieldContext, CancellationToken, IAsyncEnumerable<T>> open, Func<T, string?>? position) : EventSource
{
    public override async IAsyncEnumerable<object?> Open(IResolveFieldContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (T value in open(context, cancellationToken).WithCancellation(cancellationToken)) yield return value;
    }

    public override string? PositionOf(object? value) => position?.Invoke((T)value!);
}

/// <summary>How a subscription field says what feeds it.</summary>
public static class EventSourceOfField
{
    /// <param name="open">The events of one subscriber. An error thrown by it ends the subscription and is told to the client.</param>
    /// <param name="position">The log cursor of an event, with which the client resumes.</param>
    public static FieldBuilder<TSource, TReturn> ResolveEvents<TSource, TReturn, T>(
        this FieldBuilder<TSource, TReturn> field, Func<IResolveFieldContext, CancellationToken, IAsyncEnumerable<T>> open, Func<T, string?>? position = null)
    {
        field.FieldType.StreamResolver = new EventSource<T>(open, position);
        field.FieldType.Resolver ??= SourceFieldResolver.Instance;
        return field;
    }
}

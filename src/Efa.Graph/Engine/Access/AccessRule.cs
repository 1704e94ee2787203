using System.Runtime.CompilerServices;
using Efa.Graph.Engine.Documents;
using Efa.Graph.Engine.Errors;
using Efa.Marketplace.Operations;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Utilities;

namespace Efa.Graph.Engine.Access;

/// <summary>Puts the check of its access before the resolver of every field that states one, so that it holds on every execution and every path.</summary>
public sealed class AccessRule : BaseSchemaNodeVisitor
{
    public override void VisitObjectFieldDefinition(FieldType field, IObjectGraphType type, ISchema schema)
    {
        if (FieldAccess.Of(field) is not { } access || access == FieldAccess.Public) return;
        if (field.StreamResolver is EventSource events) field.StreamResolver = new CheckedEvents(events, access);
        else if (field.Resolver is { } resolver) field.Resolver = new Checked(resolver, access);
    }

    /// <summary>What stands against a caller, if anything.</summary>
    public static RequestError? Against(Caller caller, FieldAccess access) =>
        access == FieldAccess.Public || caller.IsSystem ? null
        : caller.IsAnonymous ? new RequestError(RequestErrors.Unauthenticated)
        : access is { Scope: { } scope, ScopeIsRefusal: false } && !caller.Has(scope) ? new RequestError(RequestErrors.Forbidden, expected: $"the scope {scope}")
        : null;

    private sealed class Checked(IFieldResolver inner, FieldAccess access) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) =>
            Against(context.Request().Caller, access) is { } error ? throw error : inner.ResolveAsync(context);
    }

    // Asked again for each event: a stream outlives the rights it was opened with.
    private sealed class CheckedEvents(EventSource inner, FieldAccess access) : EventSource
    {
        public override async IAsyncEnumerable<object?> Open(IResolveFieldContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            RequestContext request = context.Request();
            if (Against(request.Caller, access) is { } error) throw error;
            await foreach (object? value in inner.Open(context, cancellationToken).WithCancellation(cancellationToken))
            {
                if (request.CallerNow() is { } now && Against(now, access) is { } withdrawn) throw withdrawn;
                yield return value;
            }
        }

        public override string? PositionOf(object? value) => inner.PositionOf(value);
    }
}

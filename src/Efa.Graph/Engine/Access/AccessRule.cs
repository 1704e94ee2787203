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
        if (field.StreamResolver is { } stream) field.StreamResolver = new CheckedStream(stream, access);
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

    private sealed class CheckedStream(ISourceStreamResolver inner, FieldAccess access) : ISourceStreamResolver
    {
        public ValueTask<IObservable<object?>> ResolveAsync(IResolveFieldContext context) =>
            Against(context.Request().Caller, access) is { } error ? throw error : inner.ResolveAsync(context);
    }
}

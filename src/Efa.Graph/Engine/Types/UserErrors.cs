using Efa.Marketplace.Operations;
using GraphQL.Types;

namespace Efa.Graph.Engine.Types;

/// <summary>What every refusal tells.</summary>
public sealed class UserErrorInterface : InterfaceGraphType<Refusal>
{
    public UserErrorInterface()
    {
        Name = "UserError";
        Description = "Why a mutation was refused; a refused mutation has changed nothing. New refusal types may come: select the interface and add fragments. Codes are stable (schema/errors.md), messages follow Accept-Language (de, en).";
        Field<NonNullGraphType<StringGraphType>>("code");
        Field<NonNullGraphType<StringGraphType>>("message");
        Field<ListGraphType<NonNullGraphType<StringGraphType>>>("path");
    }
}

/// <summary>A refusal type; those of a room with more to tell derive from it.</summary>
public abstract class UserErrorType<TRefusal> : ObjectGraphType<TRefusal>
    where TRefusal : Refusal
{
    protected UserErrorType(string name, string? description = null)
    {
        (Name, Description) = (name, description);
        Interface<UserErrorInterface>();
        Field<NonNullGraphType<StringGraphType>>("code").Resolve(context => context.Source.Code.Name);
        Field<NonNullGraphType<StringGraphType>>("message").Resolve(context => context.Source.Message(context.Request().Language));
        Field<ListGraphType<NonNullGraphType<StringGraphType>>>("path")
            .Description("The input field it is about, from input down; null where it is about the whole.")
            .Resolve(context => context.Source.Path is [] ? null : context.Source.Path);
    }
}

public sealed class ValidationErrorType() : UserErrorType<Invalid>("ValidationError", "An input breaks a rule.");

public sealed class NotFoundErrorType() : UserErrorType<NotFound>("NotFoundError", "Also for what exists but is not the caller's.");

public sealed class PermissionDeniedErrorType : UserErrorType<PermissionDenied>
{
    public PermissionDeniedErrorType()
        : base("PermissionDeniedError", "The caller sees the thing but may not do this: wrong party or missing scope.")
    {
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<EnumType<OrganisationRole>>>>>("requiredRoles").Resolve(context => context.Source.RequiredRoles);
        Field<StringGraphType>("requiredScope").Resolve(context => context.Source.RequiredScope);
    }
}

public sealed class InvalidStateErrorType : UserErrorType<InvalidState>
{
    public InvalidStateErrorType()
        : base("InvalidStateError", "The thing is in a state that does not allow this.")
    {
        Field<NonNullGraphType<StringGraphType>>("state").Resolve(context => context.Source.State);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("allowed").Description("Mutations that this state allows.").Resolve(context => context.Source.Allowed);
    }
}

public sealed class StaleVersionErrorType : UserErrorType<StaleVersion>
{
    public StaleVersionErrorType()
        : base("StaleVersionError", "It has changed since the caller read it.")
    {
        Field<NonNullGraphType<IntGraphType>>("currentVersion").Resolve(context => context.Source.CurrentVersion);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("changedFields").Description("Since the expected version.").Resolve(context => context.Source.ChangedFields);
    }
}

public sealed class IdempotencyConflictErrorType : UserErrorType<IdempotencyConflict>
{
    public IdempotencyConflictErrorType()
        : base("IdempotencyConflictError", "The key belongs to a call with other input or of another mutation.") =>
        Field<NonNullGraphType<InstantType>>("firstSeenAt").Resolve(context => context.Source.FirstSeenAt);
}

using GraphQL;
using GraphQL.Types;

namespace Efa.Graph.Engine.Access;

/// <summary>Who may see a field.</summary>
public enum Audience
{
    /// <summary>Everybody, also without a token.</summary>
    Public,

    /// <summary>Every caller with a good token.</summary>
    Callers,

    /// <summary>Callers who act for a party of the thing; for all others it is null, or as if it did not exist.</summary>
    Parties,
}

/// <summary>What a field asks of its caller, beside what visibility already keeps away.</summary>
/// <param name="ScopeIsRefusal">True on mutations: a missing scope is a refusal in the payload and not an error.</param>
public sealed record FieldAccess(Audience Audience, string? Scope = null, bool ScopeIsRefusal = false)
{
    private const string Key = nameof(FieldAccess);

    public static readonly FieldAccess Public = new(Audience.Public);

    public static readonly FieldAccess Callers = new(Audience.Callers);

    public static readonly FieldAccess Parties = new(Audience.Parties);

    public static FieldAccess PartiesWith(string scope) => new(Audience.Parties, scope);

    public static FieldAccess Mutation(string scope) => new(Audience.Parties, scope, ScopeIsRefusal: true);

    public static FieldAccess? Of(IProvideMetadata field) => field.GetMetadata<FieldAccess?>(Key);

    internal void Mark(FieldType field) => field.Metadata[Key] = this;
}

/// <summary>States the access of fields, in the schema that is printed and for every execution.</summary>
public static class FieldAccessMarks
{
    public static FieldType SeenBy(this FieldType field, FieldAccess access)
    {
        access.Mark(field);
        field.ApplyDirective(AccessDirective.DirectiveName, directive =>
        {
            directive.AddArgument(new DirectiveArgument("to") { Value = access.Audience });
            if (access.Scope is { } scope) directive.AddArgument(new DirectiveArgument("scope") { Value = scope });
        });
        return field;
    }

    public static GraphQL.Builders.FieldBuilder<TSource, TReturn> SeenBy<TSource, TReturn>(this GraphQL.Builders.FieldBuilder<TSource, TReturn> field, FieldAccess access)
    {
        field.FieldType.SeenBy(access);
        return field;
    }
}

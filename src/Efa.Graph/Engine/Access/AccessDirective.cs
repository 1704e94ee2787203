using Efa.Graph.Engine.Types;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Efa.Graph.Engine.Access;

/// <summary>Prints who may see a field.</summary>
public sealed class AccessDirective : Directive
{
    public const string DirectiveName = "access";

    public AccessDirective()
        : base(DirectiveName, DirectiveLocation.FieldDefinition)
    {
        Description = "Who may see the field. A field without it is seen by whoever sees the object that it belongs to.";
        Arguments = new QueryArguments(
            new QueryArgument<NonNullGraphType<AudienceType>> { Name = "to" },
            new QueryArgument<StringGraphType> { Name = "scope", Description = "OAuth 2 scope that the token needs; a :write scope reads too." });
    }

    // Printed with the schema, and part of introspection only as a definition.
    public override bool? Introspectable => true;
}

public sealed class AudienceType() : EnumType<Audience>("Who may see a field.",
    (Audience.Public, "Everybody, also without a token."),
    (Audience.Callers, "Every caller with a good token."),
    (Audience.Parties, "Callers who act for a party of the thing. For others it is null, or as if it did not exist."));

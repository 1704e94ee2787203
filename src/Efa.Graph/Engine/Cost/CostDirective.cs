using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphQLParser.AST;

namespace Efa.Graph.Engine.Cost;

/// <summary>Prints what a field costs, so that a client can compute the price of a document before it sends it.</summary>
public sealed class CostDirective : Directive
{
    public const string DirectiveName = "cost";

    public CostDirective()
        : base(DirectiveName, DirectiveLocation.FieldDefinition)
    {
        Description = "Points for each time the field is resolved; fields without it cost nothing. A list counts for each entry: size is the length it is taken to have, "
            + "sizedBy names the arguments that say it (a page size by its value or its default, 20 where it has none; a list by its length). A connection counts for each entry of its page, "
            + "whatever is selected of it, and what is below edges and nodes for each entry again. A request's cost is the sum over its fields, fragments expanded and what @skip and @include "
            + "leave out left out, each times the sizes of all lists above it. Introspection costs 50.";
        Arguments = new QueryArguments(
            new QueryArgument<NonNullGraphType<IntGraphType>> { Name = "weight" },
            new QueryArgument<IntGraphType> { Name = "size" },
            new QueryArgument<ListGraphType<NonNullGraphType<StringGraphType>>> { Name = "sizedBy" });
    }

    public override bool? Introspectable => true;
}

/// <summary>Gives every field its cost and prints it.</summary>
public sealed class CostMarking : BaseSchemaNodeVisitor
{
    public override void VisitObjectFieldDefinition(FieldType field, IObjectGraphType type, ISchema schema) => Mark(field, type);

    public override void VisitInterfaceFieldDefinition(FieldType field, IInterfaceGraphType type, ISchema schema) => Mark(field, type);

    private static void Mark(FieldType field, IGraphType type)
    {
        if ((FieldCost.Of(field) ?? FieldCost.Default(field, type)) is not { Weight: > 0 } cost) return;
        cost.Mark(field);
        field.ApplyDirective(CostDirective.DirectiveName, directive =>
        {
            directive.AddArgument(new DirectiveArgument("weight") { Value = cost.Weight });
            if (cost.Size is { } size) directive.AddArgument(new DirectiveArgument("size") { Value = size });
            if (cost.SizedBy is { } arguments) directive.AddArgument(new DirectiveArgument("sizedBy") { Value = arguments });
        });
    }
}

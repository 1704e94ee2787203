using Efa.Graph.Engine.Types;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using GraphQL.Types;

namespace Efa.Graph.Organisations;

/// <summary>An organisation.</summary>
public sealed class OrganisationType : ObjectGraphType<Organisation>
{
    public OrganisationType()
    {
        Name = "Organisation";
        Interface<NodeInterface>();
        this.IdField(IdPrefix.Organisation, o => o.Id);
        Field<NonNullGraphType<IntGraphType>>("version").Resolve(context => context.Source.Version);
        Field<NonNullGraphType<StringGraphType>>("name").Resolve(context => context.Source.Name);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<EnumType<OrganisationRole>>>>>("roles").Resolve(context => context.Source.Roles);
    }
}

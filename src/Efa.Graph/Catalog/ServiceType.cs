using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using GraphQL.Types;

namespace Efa.Graph.Catalog;

/// <summary>What is provided, whoever sells it.</summary>
public sealed class ServiceType : ObjectGraphType<Service>
{
    public ServiceType()
    {
        Name = "Service";
        Description = "What is provided, whoever sells it.";
        Interface<NodeInterface>();
        this.IdField(IdPrefix.Service, s => s.Id);
        Field<StringGraphType>("externalId").Description("The supplier's own key, unique for the supplier; null where the service belongs to no supplier.").Resolve(context => context.Source.ExternalId);
        Field<NonNullGraphType<StringGraphType>>("name").Resolve(context => context.Source.Name);
        Field<NonNullGraphType<EnumType<ServiceKind>>>("kind").Resolve(context => context.Source.ServiceKind);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<LeikaKeyType>>>>("leikaKeys").Resolve(context => context.Request().Get<LeikaKeysLoader>().Load(context.Source.Id));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<OzgIdType>>>>("ozgIds").Resolve(context => context.Request().Get<OzgIdsLoader>().Load(context.Source.Id));
        Field<SubjectAreaType>("subjectArea").Resolve(context => context.Source.SubjectArea is { } code ? SubjectAreas.Of(code) : null);
        Field<StringGraphType>("fimType").Description("Value of urn:de:fim:leika:typisierung, such as 2/3a.").Resolve(context => context.Source.FimType);
        Field<NonNullGraphType<OfferConnectionType>>("offers").Description("By title.").PageArgumentsForward().Resolve(context =>
        {
            RequestContext request = context.Request();
            Guid id = context.Source.Id;
            return request.Get<OffersOfServiceLoader>().Load(new NestedPage(id, context.PageOf(OfferSearch.OffersOfService.Name)))
                .Then(page => new OfferConnection(page!, () => request.Get<OfferCounts>().Load(id), () => request.Get<ServiceFacetsLoader>().Load(id)));
        });
    }
}

public sealed class ServiceConnectionType : ConnectionType<ServiceType, Service>;

public sealed class SubjectAreaType : ObjectGraphType<SubjectArea>
{
    public SubjectAreaType()
    {
        (Name, Description) = ("SubjectArea", "Subject area of the OZG (Themenfeld).");
        Field<NonNullGraphType<StringGraphType>>("code").Description("What filters take.").Resolve(context => context.Source.Code);
        Field<NonNullGraphType<StringGraphType>>("name").Description("Follows Accept-Language.").Resolve(context => context.Source.Name.In(context.Request().Language));
    }
}

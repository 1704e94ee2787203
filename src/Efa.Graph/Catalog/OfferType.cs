using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using GraphQL;
using GraphQL.Types;

namespace Efa.Graph.Catalog;

/// <summary>A service as one seller sells it.</summary>
public sealed class OfferType : ObjectGraphType<Offer>
{
    public OfferType()
    {
        Name = "Offer";
        Description = "A service as one seller sells it. Content is that of the published version, for everyone; before the first publication that of the draft. Other than published offers are seen by seller and supplier only.";
        Interface<NodeInterface>();
        this.IdField(IdPrefix.Offer, o => o.Id);
        Field<StringGraphType>("externalId").Description("The supplier's own key, unique for the supplier.").Resolve(context => context.Source.ExternalId);
        Field<NonNullGraphType<StringGraphType>>("slug").Description("Never changes; good for addresses of pages.").Resolve(context => context.Source.Slug);
        Field<NonNullGraphType<IntGraphType>>("version").Description("Row version: give it back as expectedVersion. It is not the number of an OfferVersion.").Resolve(context => context.Source.Version);
        Field<NonNullGraphType<OfferStateType>>("state").Resolve(context => context.Source.State);
        Field<NonNullGraphType<InstantType>>("updatedAt").Resolve(context => context.Source.UpdatedAt);
        Field<NonNullGraphType<ServiceType>>("service").Resolve(context => context.Request().Get<ServiceLoader>().Load(context.Source.ServiceId));
        Field<NonNullGraphType<OrganisationType>>("seller").Description("Sells it: the contract partner (Anbieter).").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.SellerId));
        Field<NonNullGraphType<OrganisationType>>("supplier").Description("Builds and runs it (Bereitsteller).").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.SupplierId));

        OfferContentField.AddTo(this, o => o.ShownVersionId, (request, o) => request.Get<OfferVersionLoader>().Load(o.ShownVersionId));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TermsDocumentType>>>>(OfferContentField.Terms).Description("Those that an order must accept today.")
            .Resolve(context => context.Request().Get<TermsOfVersionLoader>().Load((context.Source.ShownVersionId, Today(context))));

        Versions();
        OfferQuestionFields.AddTo(this);
    }

    private void Versions()
    {
        Field<OfferVersionType>("publishedVersion").Description("Null before the first publication.")
            .Resolve(context => context.Source.PublishedVersionId is { } id ? context.Request().Get<OfferVersionLoader>().Load(id) : null);
        Field<OfferVersionType>("draft").Description("The version in work or in review; seen by seller and supplier.").SeenBy(FieldAccess.Parties)
            .Resolve(context => context.Source.DraftVersionId is { } id && context.Request().Caller.SeesDraftsOf(context.Source) ? context.Request().Get<OfferVersionLoader>().Load(id) : null);
        Field<NonNullGraphType<OfferVersionConnectionType>>("versions").Description("Newest first. Versions that were never published are seen by seller and supplier only.").PageArgumentsForward()
            .Resolve(context =>
            {
                RequestContext request = context.Request();
                Guid id = context.Source.Id;
                return request.Get<VersionsOfOfferLoader>().Load(new NestedPage(id, context.PageOf(OfferSearch.VersionsOfOffer.Name)))
                    .Then(page => new Connection<OfferVersion>(page!, () => request.Get<VersionCounts>().Load(id)));
            });
        Field<OfferVersionType>("asOf").Description("The version that was published at an instant; null before the first publication.")
            .Argument<NonNullGraphType<InstantType>>("at")
            .Resolve(context =>
            {
                RequestContext request = context.Request();
                return request.Get<VersionAtLoader>().Load((context.Source.Id, (DateTimeOffset)context.Given("at")!))
                    .ThenLoad(id => id == Guid.Empty ? new Known<OfferVersion?>(null) : request.Get<OfferVersionLoader>().Load(id));
            });
    }

    private static DateOnly Today(IResolveFieldContext context) => context.Request().Services.GetRequiredService<TimeProvider>().Today();
}

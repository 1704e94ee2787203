using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Graph.Pricing;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Organisations;
using GraphQL.Builders;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Efa.Graph.Catalog;

/// <summary>What an offer says, as an offer and each of its versions have it.</summary>
public sealed class OfferContentInterface : InterfaceGraphType
{
    public OfferContentInterface()
    {
        Name = "OfferContent";
        Description = "What an offer says.";
        foreach (OfferContentField field in OfferContentField.All) Field(field.Name, field.Type).Description(field.Description);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TermsDocumentType>>>>(OfferContentField.Terms);
    }
}

/// <summary>A field of the content: read from the version itself, or loaded by its id.</summary>
internal sealed record OfferContentField(
    string Name, Type Type, string? Description, Func<OfferVersion, object?>? Read, Func<RequestContext, Guid, IDataLoaderResult<object?>>? Load)
{
    public const string Terms = "terms";

    /// <summary>Null for what everybody sees who sees the version.</summary>
    public FieldAccess? Access { get; init; }

    public static readonly IReadOnlyList<OfferContentField> All =
    [
        Of<NonNullGraphType<StringGraphType>>("title", null, v => v.Title),
        Of<NonNullGraphType<StringGraphType>>("summary", null, v => v.Summary),
        Of<StringGraphType>("description", null, v => v.Description),
        Of<FederalStateType>("implementingState", "The state that developed the service for all others.", v => v.ImplementingState is { } code ? FederalStates.Of(code) : null),
        Of<NonNullGraphType<ListGraphType<NonNullGraphType<FederalStateType>>>>("availableIn", "An empty list means everywhere.",
            (request, id) => request.Get<AvailableInLoader>().Load(id).Then(codes => (object?)codes!.Select(FederalStates.Of).OfType<FederalState>())),
        Of<NonNullGraphType<OrderingModeType>>("orderingMode", null, v => v.OrderingMode),
        Of<NonNullGraphType<ProvisioningModeType>>("provisioningMode", null, v => v.ProvisioningMode),
        Of<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("connectionTypes", "Ways to connect (Anbindungsarten), such as FIT-Connect.",
            (request, id) => request.Get<ConnectionTypesLoader>().Load(id).AsObject()),
        Of<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("specialistApplications", "Specialist applications (Fachverfahren) that it connects to.",
            (request, id) => request.Get<SpecialistApplicationsLoader>().Load(id).AsObject()),
        Of<MaturityType>("maturity", null, v => v.Maturity),
        Of<NonNullGraphType<BooleanGraphType>>("efaFinanced", "Whether its development was financed by EfA funds.", v => v.EfaFinanced),
        Of<NonNullGraphType<ListGraphType<NonNullGraphType<PriceComponentInterface>>>>("prices", "All of them are due. An empty list means by agreement.", v => v.Prices),
        Of<NonNullGraphType<ListGraphType<NonNullGraphType<DocumentType>>>>("documents", "What can be read beside it.",
            (request, id) => request.Get<DocumentsOfVersionLoader>().Load(id).AsObject()),
        Of<ListGraphType<NonNullGraphType<ContactType>>>("contacts", "Whom to ask; null for others than seller and supplier.",
            (request, id) => request.Get<ContactsOfVersionLoader>().Load(id).AsObject()) with { Access = FieldAccess.Parties },
        Of<IntGraphType>("minimumTermMonths", null, v => v.MinimumTermMonths),
        Of<IntGraphType>("noticePeriodMonths", null, v => v.NoticePeriodMonths),
        Of<EnumType<NoticeTo>>("noticeTo", "To which day notice can be given.", v => v.NoticeTo),
        Of<InstantType>("publishedAt", null, v => v.PublishedAt),
    ];

    /// <summary>Adds the content to a type.</summary>
    /// <param name="idOf">Id of the version that a source shows.</param>
    /// <param name="versionOf">That version itself.</param>
    public static void AddTo<TSource>(ObjectGraphType<TSource> type, Func<TSource, Guid> idOf, Func<RequestContext, TSource, IDataLoaderResult<OfferVersion?>> versionOf)
    {
        type.Interface<OfferContentInterface>();
        foreach (OfferContentField field in All)
        {
            FieldBuilder<TSource, object> builder = type.Field(field.Name, field.Type).Description(field.Description).Resolve(context => field.Load is { } load
                ? load(context.Request(), idOf(context.Source))
                : versionOf(context.Request(), context.Source).Then(version => field.Read!(version!)));
            if (field.Access is { } access) builder.SeenBy(access);
        }
    }

    private static OfferContentField Of<TGraphType>(string name, string? description, Func<OfferVersion, object?> read)
        where TGraphType : IGraphType =>
        new(name, typeof(TGraphType), description, read, null);

    private static OfferContentField Of<TGraphType>(string name, string? description, Func<RequestContext, Guid, IDataLoaderResult<object?>> load)
        where TGraphType : IGraphType =>
        new(name, typeof(TGraphType), description, null, load);
}

public sealed class MaturityType : ObjectGraphType<Maturity>
{
    public MaturityType()
    {
        (Name, Description) = ("Maturity", "Model 1.1 has levels 0 to 4, model 2.0 levels 0 to 7: never compare levels of two models.");
        Field<NonNullGraphType<StringGraphType>>("modelVersion").Resolve(context => context.Source.ModelVersion);
        Field<NonNullGraphType<IntGraphType>>("level").Resolve(context => context.Source.Level);
        Field<DateType>("assessedOn").Resolve(context => context.Source.AssessedOn);
    }
}

using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Graph.Pricing;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using GraphQL.Types;

namespace Efa.Graph.Catalog.Imports;

public sealed class UploadOffersInputType : MutationInputType<UploadOffers.Input>
{
    public UploadOffersInputType()
        : base("UploadOffersInput")
    {
        Id("supplierId", IdPrefix.Organisation, "A supplier that the caller acts for.");
        Add<NonNullGraphType<UploadModeType>>("mode");
        Add<NonNullGraphType<ListGraphType<NonNullGraphType<OfferInputType>>>>("offers", $"1 to {UploadOffers.MostRows}.");
        Add<BooleanGraphType>("submit", "Gives the drafts to their sellers at once.", defaultValue: false);
    }

    protected override UploadOffers.Input ReadInput(InputFields fields) =>
        new(fields.Get<Guid>("supplierId"), fields.Get<UploadMode>("mode"), fields.List<OfferRow>("offers")!, fields.Optional<bool?>("submit") ?? false);
}

public sealed class OfferInputType : InputType<OfferRow>
{
    public OfferInputType()
        : base("OfferInput", "The whole offer, found by supplier and externalId: what is left out is emptied, the same row again is UNCHANGED. A published offer gets a draft. Codes and keys are strings here and checked row by row, so that a bad one refuses its row and not the request.")
    {
        Add<NonNullGraphType<StringGraphType>>("externalId", $"The supplier's own key, up to {Offer.ExternalIdLength} characters; compared byte by byte.");
        Add<IntGraphType>("expectedVersion", "Refuses the row if the offer has moved since.");
        Add<NonNullGraphType<OfferServiceInputType>>("service");
        Id("sellerId", IdPrefix.Organisation, "Who sells it; never changes.");
        Add<NonNullGraphType<StringGraphType>>("title", $"Up to {OfferContent.TitleLength} characters.");
        Add<NonNullGraphType<StringGraphType>>("summary", $"Up to {OfferContent.SummaryLength} characters.");
        Add<StringGraphType>("description", $"Up to {OfferContent.DescriptionLength} characters.");
        Add<StringGraphType>("implementingState", "Code, 01 to 16.");
        Add<ListGraphType<NonNullGraphType<StringGraphType>>>("availableIn", "Codes; none means everywhere.");
        Add<NonNullGraphType<OrderingModeType>>("orderingMode");
        Add<ProvisioningModeType>("provisioningMode", defaultValue: ProvisioningMode.Manual);
        Add<BrokerPlanInputType>("brokerPlan", "Needed for AUTOMATIC.");
        Add<ListGraphType<NonNullGraphType<StringGraphType>>>("connectionTypes", $"At most {OfferRowCheck.MostWords}.");
        Add<ListGraphType<NonNullGraphType<StringGraphType>>>("specialistApplications", $"At most {OfferRowCheck.MostWords}.");
        Add<MaturityInputType>("maturity");
        Add<BooleanGraphType>("efaFinanced", defaultValue: false);
        Add<NonNullGraphType<ListGraphType<NonNullGraphType<PriceComponentInputType>>>>("prices", "All of them are due; an empty list means by agreement.");
        Ids("termsDocumentIds", IdPrefix.Terms, $"Terms of the seller or of the supplier, at most {OfferRowCheck.MostDocuments}.");
        Add<ListGraphType<NonNullGraphType<DocumentInputType>>>("documents", $"At most {OfferRowCheck.MostDocuments}.");
        Add<ListGraphType<NonNullGraphType<ContactInputType>>>("contacts", $"At most {OfferRowCheck.MostContacts}; seen by seller and supplier.");
        Add<IntGraphType>("minimumTermMonths", $"0 to {OfferRowCheck.MostMonths}.");
        Add<IntGraphType>("noticePeriodMonths", $"0 to {OfferRowCheck.MostMonths}.");
        Add<EnumType<NoticeTo>>("noticeTo");
    }

    protected override OfferRow Read(InputFields fields) => new()
    {
        ExternalId = fields.Get<string>("externalId"),
        ExpectedVersion = fields.Optional<int?>("expectedVersion"),
        Service = fields.Get<ServiceRow>("service"),
        SellerId = fields.Get<Guid>("sellerId"),
        Title = fields.Get<string>("title"),
        Summary = fields.Get<string>("summary"),
        Description = fields.Optional<string>("description"),
        ImplementingState = fields.Optional<string>("implementingState"),
        AvailableIn = fields.List<string>("availableIn") ?? [],
        OrderingMode = fields.Get<OrderingMode>("orderingMode"),
        ProvisioningMode = fields.Optional<ProvisioningMode?>("provisioningMode") ?? ProvisioningMode.Manual,
        BrokerPlan = fields.Optional<BrokerPlan>("brokerPlan"),
        ConnectionTypes = fields.List<string>("connectionTypes") ?? [],
        SpecialistApplications = fields.List<string>("specialistApplications") ?? [],
        Maturity = fields.Optional<Maturity>("maturity"),
        EfaFinanced = fields.Optional<bool?>("efaFinanced") ?? false,
        Prices = fields.List<PriceComponent>("prices")!,
        TermsDocumentIds = fields.List<Guid>("termsDocumentIds") ?? [],
        Documents = fields.List<NamedDocument>("documents") ?? [],
        Contacts = fields.List<ContactData>("contacts") ?? [],
        MinimumTermMonths = fields.Optional<int?>("minimumTermMonths"),
        NoticePeriodMonths = fields.Optional<int?>("noticePeriodMonths"),
        NoticeTo = fields.Optional<NoticeTo?>("noticeTo"),
    };
}

public sealed class MaturityInputType : InputType<Maturity>
{
    public MaturityInputType()
        : base("MaturityInput")
    {
        Add<NonNullGraphType<StringGraphType>>("modelVersion", "1.1 or 2.0.");
        Add<NonNullGraphType<IntGraphType>>("level", "0 to 4 in model 1.1, 0 to 7 in model 2.0.");
        Add<DateType>("assessedOn");
    }

    protected override Maturity Read(InputFields fields) => new(fields.Get<string>("modelVersion"), fields.Get<int>("level"), fields.Optional<DateOnly?>("assessedOn"));
}

public sealed class BrokerPlanInputType : InputType<BrokerPlan>
{
    public BrokerPlanInputType()
        : base("BrokerPlanInput", "For AUTOMATIC: what the supplier's broker calls it.")
    {
        Add<NonNullGraphType<StringGraphType>>("serviceId");
        Add<NonNullGraphType<StringGraphType>>("planId");
    }

    protected override BrokerPlan Read(InputFields fields) => new(fields.Get<string>("serviceId"), fields.Get<string>("planId"));
}

public sealed class DocumentInputType : InputType<NamedDocument>
{
    public DocumentInputType()
        : base("DocumentInput", "A document by the hash of its bytes, which were put to /documents/{sha256} before.")
    {
        Add<NonNullGraphType<EnumType<DocumentKind>>>("kind");
        Add<NonNullGraphType<StringGraphType>>("title", $"Up to {OfferContent.TitleLength} characters.");
        Add<NonNullGraphType<Sha256Type>>("sha256");
    }

    protected override NamedDocument Read(InputFields fields) => new(fields.Get<DocumentKind>("kind"), fields.Get<string>("title"), fields.Get<string>("sha256"));
}

using Efa.Graph.Catalog;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using GraphQL.Types;

namespace Efa.Graph.Organisations;

/// <summary>Whether an organisation may order in-house, and why.</summary>
public sealed class EligibilityType : ObjectGraphType<Eligibility>
{
    public EligibilityType()
    {
        Name = "Eligibility";
        Description = "Whether an organisation may order an offer in-house (§ 108 GWB), and why. An answer of its time: an order keeps its own.";
        Field<NonNullGraphType<OrganisationType>>("organisation").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.OrganisationId));
        Field<NonNullGraphType<OrganisationType>>("seller").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.SellerId));
        Field<NonNullGraphType<BooleanGraphType>>("eligible").Resolve(context => context.Source.Eligible);
        Field<EnumType<EligibilityBasis>>("basis").Description("The in-house relation that carries it; null where not eligible.").Resolve(context => context.Source.Basis);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<EligibilityReasonType>>>>("reasons")
            .Description("What speaks for it where eligible; all that stands against it where not.")
            .Resolve(context => context.Source.Reasons.Select(code => new EligibilityReason(ErrorCodes.Named(code))));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<EligibilityLinkType>>>>("chain").Description("From the organisation to the seller.").Costs(1, size: 2).Resolve(context => context.Source.Chain);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<EligibilityAlternativeType>>>>("alternatives")
            .Description("Ways that are open instead: an aggregator or state to go through, another offer of the same service.")
            .Resolve(context => context.Source.Alternatives);
        Field<NonNullGraphType<InstantType>>("checkedAt").Resolve(context => context.Source.CheckedAt);
    }
}

/// <summary>A reason as it is told.</summary>
public sealed record EligibilityReason(ErrorCode Code);

public sealed class EligibilityReasonType : ObjectGraphType<EligibilityReason>
{
    public EligibilityReasonType()
    {
        Name = "EligibilityReason";
        Field<NonNullGraphType<StringGraphType>>("code").Resolve(context => context.Source.Code.Name);
        Field<NonNullGraphType<StringGraphType>>("message").Resolve(context => context.Source.Code.Text.In(context.Request().Language));
    }
}

public sealed class EligibilityLinkType : ObjectGraphType<EligibilityLink>
{
    public EligibilityLinkType()
    {
        Name = "EligibilityLink";
        Field<NonNullGraphType<OrganisationType>>("from").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.FromId));
        Field<NonNullGraphType<EnumType<EligibilityRelation>>>("relation").Resolve(context => context.Source.Relation);
        Field<NonNullGraphType<OrganisationType>>("to").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.ToId));
        Field<DateType>("validFrom").Resolve(context => context.Source.ValidFrom);
        Field<DateType>("validTo").Description("Last day.").Resolve(context => context.Source.ValidTo);
    }
}

public sealed class EligibilityAlternativeType : ObjectGraphType<EligibilityAlternative>
{
    public EligibilityAlternativeType()
    {
        Name = "EligibilityAlternative";
        Field<OrganisationType>("through").Resolve(context => context.Source.ThroughId is { } id ? context.Request().Get<OrganisationLoader>().Load(id) : new Known<Organisation?>(null));
        Field<OfferType>("offer").Resolve(context => context.Source.OfferId is { } id ? context.Request().Get<OfferLoader>().Load(id) : new Known<Offer?>(null));
        Field<NonNullGraphType<StringGraphType>>("message").Resolve(context => ErrorCodes.Named(context.Source.Reason).Text.In(context.Request().Language, context.Source.Name));
    }
}

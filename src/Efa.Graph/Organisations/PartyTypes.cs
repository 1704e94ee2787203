using Efa.Graph.Engine;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;
using GraphQL.Types;

namespace Efa.Graph.Organisations;

public sealed class PostalAddressType : ObjectGraphType<PostalAddress>
{
    public PostalAddressType()
    {
        Name = "PostalAddress";
        Field<NonNullGraphType<StringGraphType>>("street").Resolve(context => context.Source.Street);
        Field<NonNullGraphType<StringGraphType>>("postalCode").Resolve(context => context.Source.PostalCode);
        Field<NonNullGraphType<StringGraphType>>("city").Resolve(context => context.Source.City);
        Field<NonNullGraphType<StringGraphType>>("countryCode").Description("ISO 3166-1 alpha-2.").Resolve(context => context.Source.CountryCode);
    }
}

public sealed class ElectronicAddressType : ObjectGraphType<ElectronicAddress>
{
    public ElectronicAddressType()
    {
        Name = "ElectronicAddress";
        Description = "Where e-invoices are delivered (EN 16931 BT-34/BT-49): scheme is an EAS code such as 0204 or EM.";
        Field<NonNullGraphType<StringGraphType>>("scheme").Resolve(context => context.Source.Scheme);
        Field<NonNullGraphType<StringGraphType>>("value").Resolve(context => context.Source.Value);
    }
}

public sealed class ContactType : ObjectGraphType<Contact>
{
    public ContactType()
    {
        Name = "Contact";
        Description = "The only personal data; seen by parties only, erased by eraseContact.";
        Interface<NodeInterface>();
        this.IdField(IdPrefix.Contact, c => c.Id);
        Field<NonNullGraphType<StringGraphType>>("name").Resolve(context => context.Source.Name);
        Field<NonNullGraphType<StringGraphType>>("email").Resolve(context => context.Source.Email);
        Field<StringGraphType>("phone").Resolve(context => context.Source.Phone);
        Field<NonNullGraphType<EnumType<ContactPurpose>>>("purpose").Resolve(context => context.Source.Purpose);
    }
}

public sealed class FederalStateType : ObjectGraphType<FederalState>
{
    public FederalStateType()
    {
        Name = "FederalState";
        Description = "A state (Land). code: official two digits, 01 to 16.";
        Field<NonNullGraphType<StringGraphType>>("code").Resolve(context => context.Source.Code);
        Field<NonNullGraphType<StringGraphType>>("name").Resolve(context => context.Source.Name);
        Field<NonNullGraphType<IntGraphType>>("population").Resolve(context => context.Source.Population);
        Field<NonNullGraphType<DateType>>("populationOn").Resolve(_ => FederalStates.PopulationOn);
        Field<NonNullGraphType<DecimalType>>("koenigsteinShare").Description("Percent of the Königstein key; the sixteen add up to exactly 100.").Resolve(context => context.Source.KoenigsteinShare);
        Field<NonNullGraphType<IntGraphType>>("koenigsteinYear").Resolve(_ => FederalStates.KoenigsteinYear);
    }
}

public sealed class OwnershipType : ObjectGraphType<Ownership>
{
    public OwnershipType()
    {
        Name = "Ownership";
        Description = "One organisation owns a share of another or is its member. The edges from which in-house eligibility follows.";
        Interface<NodeInterface>();
        this.IdField(IdPrefix.Ownership, o => o.Id);
        Field<NonNullGraphType<IntGraphType>>("version").Resolve(context => context.Source.Version);
        Field<NonNullGraphType<OrganisationType>>("owner").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.OwnerId));
        Field<NonNullGraphType<OrganisationType>>("owned").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.OwnedId));
        Field<NonNullGraphType<EnumType<OwnershipKind>>>("kind").Resolve(context => context.Source.OwnershipKind);
        Field<NonNullGraphType<DateType>>("validFrom").Resolve(context => context.Source.ValidFrom);
        Field<DateType>("validTo").Description("Last day; null while it goes on.").Resolve(context => context.Source.ValidTo);
    }
}

public sealed class AccreditationType : ObjectGraphType<Accreditation>
{
    public AccreditationType()
    {
        Name = "Accreditation";
        Description = "A seller's decision that an organisation may order from it, and on which basis. Seen by both.";
        Interface<NodeInterface>();
        this.IdField(IdPrefix.Accreditation, a => a.Id);
        Field<NonNullGraphType<IntGraphType>>("version").Resolve(context => context.Source.Version);
        Field<NonNullGraphType<OrganisationType>>("organisation").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.OrganisationId));
        Field<NonNullGraphType<OrganisationType>>("seller").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.SellerId));
        Field<NonNullGraphType<EnumType<AccreditationState>>>("state").Resolve(context => context.Source.State);
        Field<EnumType<EligibilityBasis>>("basis").Resolve(context => context.Source.Basis);
        Field<StringGraphType>("evidence").Resolve(context => context.Source.Evidence);
        Field<StringGraphType>("reason").Resolve(context => context.Source.Reason);
        Field<DateType>("validFrom").Resolve(context => context.Source.ValidFrom);
        Field<DateType>("validTo").Description("Last day.").Resolve(context => context.Source.ValidTo);
        Field<NonNullGraphType<InstantType>>("requestedAt").Resolve(context => context.Source.RequestedAt);
        Field<InstantType>("decidedAt").Resolve(context => context.Source.DecidedAt);
    }
}

using Efa.Graph.Engine.Types;
using Efa.Marketplace.Events;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using GraphQL.Types;

namespace Efa.Graph.Organisations;

public sealed class ElectronicAddressInputType : InputType<ElectronicAddress>
{
    public ElectronicAddressInputType()
        : base("ElectronicAddressInput")
    {
        Add<NonNullGraphType<StringGraphType>>("scheme", "EAS code: 0204 (Leitweg-ID), EM (mail), 9930 (German VAT id), 9914 (Austrian VAT id) or 0088 (GLN).");
        Add<NonNullGraphType<StringGraphType>>("value", "In the form of the scheme, check digits verified.");
    }

    protected override ElectronicAddress Read(InputFields fields) => new(fields.Get<string>("scheme"), fields.Get<string>("value"));
}

public sealed class PostalAddressInputType : InputType<PostalAddress>
{
    private const string Germany = "DE";

    public PostalAddressInputType()
        : base("PostalAddressInput")
    {
        Add<NonNullGraphType<StringGraphType>>("street", $"Up to {PostalAddress.StreetLength} characters.");
        Add<NonNullGraphType<StringGraphType>>("postalCode", $"Up to {PostalAddress.PostalCodeLength} characters.");
        Add<NonNullGraphType<StringGraphType>>("city", $"Up to {PostalAddress.CityLength} characters.");
        Add<StringGraphType>("countryCode", "ISO 3166-1 alpha-2.", Germany);
    }

    protected override PostalAddress Read(InputFields fields) =>
        new(fields.Get<string>("street"), fields.Get<string>("postalCode"), fields.Get<string>("city"), fields.Optional<string>("countryCode") ?? Germany);
}

public sealed class ContactInputType : InputType<ContactData>
{
    public ContactInputType()
        : base("ContactInput", "Whom to reach; a function mailbox rather than a person, where there is one.")
    {
        Add<NonNullGraphType<StringGraphType>>("name", $"Up to {Contact.NameLength} characters.");
        Add<NonNullGraphType<StringGraphType>>("email", $"Up to {Contact.EmailLength} characters.");
        Add<StringGraphType>("phone", $"Up to {Contact.PhoneLength} characters.");
        Add<NonNullGraphType<EnumType<ContactPurpose>>>("purpose");
    }

    protected override ContactData Read(InputFields fields) =>
        new(fields.Get<string>("name"), fields.Get<string>("email"), fields.Optional<string>("phone"), fields.Get<ContactPurpose>("purpose"));
}

public sealed class UpdateOrganisationInputType : MutationInputType<UpdateOrganisation.Input>
{
    public UpdateOrganisationInputType()
        : base("UpdateOrganisationInput", "A field that is left out stays, null empties it.")
    {
        Id("organisationId", IdPrefix.Organisation);
        Add<NonNullGraphType<IntGraphType>>("expectedVersion", "Organisation.version as the caller read it.");
        Add<StringGraphType>("name", $"Cannot be emptied; up to {Organisation.NameLength} characters.");
        Add<LeitwegIdType>("leitwegId");
        Add<ElectronicAddressInputType>("electronicAddress");
        Add<PostalAddressInputType>("address");
        Add<StringGraphType>("vatId", $"Expected is {VatId.Expected}.");
        Add<StringGraphType>("taxNumber", $"Up to {MasterData.TaxNumberLength} characters.");
        Add<StringGraphType>("registerNumber", $"Up to {MasterData.RegisterNumberLength} characters.");
        Add<IbanType>("iban");
        Add<ListGraphType<NonNullGraphType<ContactInputType>>>("contacts", $"Replaces all of them; at most {Contact.Most}.");
    }

    protected override UpdateOrganisation.Input ReadInput(InputFields fields) => new(fields.Get<Guid>("organisationId"), fields.Get<int>("expectedVersion"))
    {
        Name = fields.Change<string>("name"),
        LeitwegId = fields.Change<string>("leitwegId"),
        ElectronicAddress = fields.Change<ElectronicAddress>("electronicAddress"),
        Address = fields.Change<PostalAddress>("address"),
        VatId = fields.Change<string>("vatId"),
        TaxNumber = fields.Change<string>("taxNumber"),
        RegisterNumber = fields.Change<string>("registerNumber"),
        Iban = fields.Change<string>("iban"),
        Contacts = fields.Has("contacts") ? new(fields.List<ContactData>("contacts")) : null,
    };
}

public sealed class EraseContactInputType : MutationInputType<EraseContact.Input>
{
    public EraseContactInputType()
        : base("EraseContactInput") =>
        Id("contactId", IdPrefix.Contact);

    protected override EraseContact.Input ReadInput(InputFields fields) => new(fields.Get<Guid>("contactId"));
}

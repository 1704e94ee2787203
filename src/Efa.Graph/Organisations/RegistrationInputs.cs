using Efa.Graph.Engine.Types;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using GraphQL.Types;

namespace Efa.Graph.Organisations;

public sealed class RegisterOrganisationInputType : MutationInputType<RegisterOrganisation.Input>
{
    public RegisterOrganisationInputType()
        : base("RegisterOrganisationInput")
    {
        Add<NonNullGraphType<StringGraphType>>("name", $"Up to {Organisation.NameLength} characters.");
        Add<NonNullGraphType<EnumType<OrganisationKind>>>("kind");
        Add<NonNullGraphType<ListGraphType<NonNullGraphType<EnumType<OrganisationRole>>>>>("roles", "CLIENT where an aggregator registers; the operator gives CUSTOMER, SUPPLIER and AGGREGATOR too.");
        Add<ArsType>("ars", "The state follows from it.");
        Add<LeitwegIdType>("leitwegId");
        Add<ElectronicAddressInputType>("electronicAddress");
        Add<PostalAddressInputType>("address");
        Add<StringGraphType>("vatId", $"Expected is {VatId.Expected}.");
        Add<StringGraphType>("taxNumber", $"Up to {MasterData.TaxNumberLength} characters.");
        Add<StringGraphType>("registerNumber", $"Up to {MasterData.RegisterNumberLength} characters.");
        Add<IbanType>("iban");
        Add<ListGraphType<NonNullGraphType<ContactInputType>>>("contacts", $"At most {Contact.Most}.");
        Id("aggregatorId", IdPrefix.Organisation, "Registers it as this aggregator's client; left out by the operator only.", required: false);
        Add<NonNullGraphType<BooleanGraphType>>("declaresAuthorisedToRepresent", "Must be true.");
    }

    protected override RegisterOrganisation.Input ReadInput(InputFields fields) => new(
        fields.Get<string>("name"),
        fields.Get<OrganisationKind>("kind"),
        fields.List<OrganisationRole>("roles")!,
        fields.Optional<string>("ars"),
        fields.Optional<string>("leitwegId"),
        fields.Optional<ElectronicAddress>("electronicAddress"),
        fields.Optional<PostalAddress>("address"),
        fields.Optional<string>("vatId"),
        fields.Optional<string>("taxNumber"),
        fields.Optional<string>("registerNumber"),
        fields.Optional<string>("iban"),
        fields.List<ContactData>("contacts"),
        fields.Optional<Guid?>("aggregatorId"),
        fields.Get<bool>("declaresAuthorisedToRepresent"));
}

public sealed class AddClientInputType : MutationInputType<AddClient.Input>
{
    public AddClientInputType()
        : base("AddClientInput")
    {
        Id("aggregatorId", IdPrefix.Organisation);
        Id("organisationId", IdPrefix.Organisation, "Who becomes its client.");
    }

    protected override AddClient.Input ReadInput(InputFields fields) => new(fields.Get<Guid>("aggregatorId"), fields.Get<Guid>("organisationId"));
}

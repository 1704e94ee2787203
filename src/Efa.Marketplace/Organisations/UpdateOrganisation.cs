using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Organisations;

/// <summary>An organisation, or the operator for it, changes how it is reached, billed and paid. What was issued stays as it was.</summary>
public sealed class UpdateOrganisation : Operation<UpdateOrganisation.Input>
{
    public sealed record Input(Guid OrganisationId, int ExpectedVersion)
    {
        public Change<string>? Name { get; init; }

        public Change<string>? LeitwegId { get; init; }

        public Change<ElectronicAddress>? ElectronicAddress { get; init; }

        public Change<PostalAddress>? Address { get; init; }

        public Change<string>? VatId { get; init; }

        public Change<string>? TaxNumber { get; init; }

        public Change<string>? RegisterNumber { get; init; }

        public Change<string>? Iban { get; init; }

        /// <summary>Replaces all of them.</summary>
        public Change<IReadOnlyList<ContactData>>? Contacts { get; init; }
    }

    public override string Name => "updateOrganisation";

    public override string Scope => "organisations:write";

    public override IEnumerable<Refusal> Check(Input input) =>
    [
        .. input.Name is { } name ? InputCheck.Name(name.Value, Organisation.NameLength, "input", "name") : [],
        .. MasterData.ElectronicAddress(input.ElectronicAddress?.Value),
        .. MasterData.Address(input.Address?.Value),
        .. MasterData.VatId(input.VatId?.Value),
        .. InputCheck.OptionalText(input.TaxNumber?.Value, MasterData.TaxNumberLength, "input", "taxNumber"),
        .. InputCheck.OptionalText(input.RegisterNumber?.Value, MasterData.RegisterNumberLength, "input", "registerNumber"),
        .. MasterData.Contacts(input.Contacts?.Value),
    ];

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        Organisation? organisation = await work.Context.Set<Organisation>().Include(o => o.Contacts).SingleOrDefaultAsync(o => o.Id == input.OrganisationId, cancellationToken);
        if (organisation is null) return new NotFound(["input", "organisationId"]);
        if (!work.Caller.SeesEverything && !work.Caller.ActsFor(organisation.Id))
            return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "organisationId"], []);
        if (await work.StaleAsync(organisation, input.ExpectedVersion, cancellationToken) is { } stale) return stale;

        organisation.Update(Apply(input, organisation, work));
        return Outcome.Done(organisation.Id);
    }

    /// <summary>The names of the fields that were changed.</summary>
    private static List<string> Apply(Input input, Organisation organisation, Work work)
    {
        var changed = new List<string>();
        Set(input.Name, "name", value => (organisation.Name, organisation.NameKey) = (value!.Normalize(), NameKey.Of(value!)));
        Set(input.LeitwegId, "leitwegId", value => organisation.LeitwegId = value);
        Set(input.ElectronicAddress, "electronicAddress", value => (organisation.ElectronicAddressScheme, organisation.ElectronicAddress) = (value?.Scheme, value?.Value));
        Set(input.Address, "address", value => organisation.Address = value?.Normalised());
        Set(input.VatId, "vatId", value => organisation.VatId = value);
        Set(input.TaxNumber, "taxNumber", value => organisation.TaxNumber = value);
        Set(input.RegisterNumber, "registerNumber", value => organisation.RegisterNumber = value);
        Set(input.Iban, "iban", value => organisation.Iban = value);
        Set(input.Contacts, "contacts", value =>
        {
            organisation.Contacts.Clear();
            work.Context.AddRange((value ?? []).Select(c => Contact.Of(c, organisation.Id, work.Now)));
        });
        return changed;

        void Set<T>(Change<T>? change, string field, Action<T?> apply)
            where T : class
        {
            if (change is null) return;
            apply(change.Value);
            changed.Add(field);
        }
    }
}

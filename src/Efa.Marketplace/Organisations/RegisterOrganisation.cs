using System.Globalization;
using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Organisations;

/// <summary>An aggregator registers an organisation that it represents as its client; the operator registers any that neither sells nor operates.</summary>
/// <remarks>What is told of the new client's contacts comes from the aggregator itself, which declares to represent it, so it sees them from the start.</remarks>
public sealed class RegisterOrganisation : Operation<RegisterOrganisation.Input>
{
    public sealed record Input(
        string Name,
        OrganisationKind Kind,
        IReadOnlyList<OrganisationRole> Roles,
        string? Ars,
        string? LeitwegId,
        ElectronicAddress? ElectronicAddress,
        PostalAddress? Address,
        string? VatId,
        string? TaxNumber,
        string? RegisterNumber,
        string? Iban,
        IReadOnlyList<ContactData>? Contacts,
        Guid? AggregatorId,
        bool DeclaresAuthorisedToRepresent);

    private static readonly OrganisationRole[] ByAggregator = [OrganisationRole.Client];

    // Sellers and operators need settings and contracts of their own before they can act.
    private static readonly OrganisationRole[] ByOperator = [OrganisationRole.Customer, OrganisationRole.Supplier, OrganisationRole.Aggregator, OrganisationRole.Client];

    public override string Name => "registerOrganisation";

    public override string Scope => Scopes.OrganisationsWrite;

    public override IEnumerable<Refusal> Check(Input input) =>
    [
        .. InputCheck.Name(input.Name, Organisation.NameLength, "input", "name"),
        .. input.Roles.Count == 0 ? [new Invalid(OperationsRefusals.Required, ["input", "roles"])] : Array.Empty<Refusal>(),
        .. InputCheck.Distinct(input.Roles, ByOperator.Length, "input", "roles"),
        .. MasterData.ElectronicAddress(input.ElectronicAddress),
        .. MasterData.Address(input.Address),
        .. MasterData.VatId(input.VatId),
        .. InputCheck.OptionalText(input.TaxNumber, MasterData.TaxNumberLength, "input", "taxNumber"),
        .. InputCheck.OptionalText(input.RegisterNumber, MasterData.RegisterNumberLength, "input", "registerNumber"),
        .. MasterData.Contacts(input.Contacts),
        .. input.DeclaresAuthorisedToRepresent ? Array.Empty<Refusal>() : [new Invalid(OperationsRefusals.DeclarationMissing, ["input", "declaresAuthorisedToRepresent"])],
    ];

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (input.AggregatorId is null && !work.Caller.SeesEverything) return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "aggregatorId"], [OrganisationRole.Operator]);
        if (input.AggregatorId is { } aggregatorId)
        {
            Organisation? aggregator = work.Caller.SeesEverything || work.Caller.ActsFor(aggregatorId)
                ? await work.Context.Organisations().SingleOrDefaultAsync(o => o.Id == aggregatorId, cancellationToken) : null;
            if (aggregator is null) return new NotFound(["input", "aggregatorId"]);
            if (!aggregator.Is(OrganisationRole.Aggregator)) return new Invalid(OrganisationsRefusals.NotAggregator, ["input", "aggregatorId"]);
            work.Acts(aggregatorId, OrganisationRole.Aggregator);
        }
        OrganisationRole[] open = work.Caller.SeesEverything ? ByOperator : ByAggregator;
        Invalid[] closed =
        [
            .. input.Roles.Index().Where(r => !open.Contains(r.Item))
                .Select(r => new Invalid(OrganisationsRefusals.RoleNotOpen, ["input", "roles", r.Index.ToString(CultureInfo.InvariantCulture)]) { Values = [string.Join(", ", open.Select(ApiName.Of))] }),
        ];
        if (closed.Length > 0) return Outcome.Refused(closed);

        Organisation organisation = Make(input, work.Now);
        organisation.Register();
        work.Context.Add(organisation);
        if (input.AggregatorId is { } of) work.Context.Add(new ClientLink { AggregatorId = of, ClientId = organisation.Id, ValidFrom = work.Today, ClientAgreed = true });
        return Outcome.Done(organisation.Id);
    }

    private static Organisation Make(Input input, DateTimeOffset now)
    {
        Guid id = Guid.CreateVersion7(now);
        return new Organisation
        {
            Id = id,
            Name = input.Name.Normalize(),
            NameKey = NameKey.Of(input.Name),
            OrganisationKind = input.Kind,
            Roles = input.Roles,
            Ars = input.Ars,
            FederalState = input.Ars?[..2],
            LeitwegId = input.LeitwegId,
            ElectronicAddressScheme = input.ElectronicAddress?.Scheme,
            ElectronicAddress = input.ElectronicAddress?.Value,
            Address = input.Address?.Normalised(),
            VatId = input.VatId,
            TaxNumber = input.TaxNumber,
            RegisterNumber = input.RegisterNumber,
            Iban = input.Iban,
            Contacts = [.. (input.Contacts ?? []).Select(c => Contact.Of(c, id, now))],
        };
    }
}

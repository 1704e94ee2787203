using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering.Contracts;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>A person is forgotten, wherever it was to be reached: for an organisation, an offer or a contract. Invoices that were issued keep whom they named, as the law demands.</summary>
/// <remarks>It stands in the room that knows all of these. Nothing that is hashed names a contact, so no hash changes.</remarks>
public sealed class EraseContact : Operation<EraseContact.Input>
{
    public sealed record Input(Guid ContactId);

    public override string Name => "eraseContact";

    public override string Scope => "organisations:write";

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        Refusal? refusal = await OfOrganisationAsync(input.ContactId, work, cancellationToken);
        if (refusal is NotFound) refusal = await OfOfferAsync(input.ContactId, work, cancellationToken);
        if (refusal is NotFound) refusal = await OfContractAsync(input.ContactId, work, cancellationToken);
        return refusal is null ? Outcome.Done(input.ContactId) : refusal;
    }

    private static async Task<Refusal?> OfOrganisationAsync(Guid contactId, Work work, CancellationToken cancellationToken)
    {
        var found = await work.Context.ContactsVisibleTo(work.Caller).Where(c => c.Id == contactId).Select(c => new { c.OrganisationId }).SingleOrDefaultAsync(cancellationToken);
        if (found is null) return Unknown;
        if (!MayForget(work.Caller, found.OrganisationId)) return Denied;
        Organisation organisation = await work.Context.Set<Organisation>().Include(o => o.Contacts).SingleAsync(o => o.Id == found.OrganisationId, cancellationToken);
        organisation.Contacts.RemoveAll(c => c.Id == contactId);
        organisation.Update(["contacts"]);
        return null;
    }

    /// <summary>Each version keeps its own contacts, so the same address goes from all of them.</summary>
    private static async Task<Refusal?> OfOfferAsync(Guid contactId, Work work, CancellationToken cancellationToken)
    {
        if (await work.Context.VersionContactsAsync(work.Caller, [contactId], cancellationToken) is not [var contact]) return Unknown;
        if (!MayForget(work.Caller, contact.OrganisationId)) return Denied;
        Guid offerId = await work.Context.Set<VersionContact>().Where(c => c.Id == contactId)
            .Join(work.Context.Set<OfferVersion>(), c => c.VersionId, v => v.Id, (c, v) => v.OfferId).SingleAsync(cancellationToken);
        Offer offer = await work.Context.Set<Offer>().SingleAsync(o => o.Id == offerId, cancellationToken);
        work.Context.RemoveRange(await work.Context.Set<VersionContact>()
            .Where(c => c.Email == contact.Email && work.Context.Set<OfferVersion>().Any(v => v.Id == c.VersionId && v.OfferId == offerId)).ToListAsync(cancellationToken));
        offer.ForgetContact();
        return null;
    }

    private static async Task<Refusal?> OfContractAsync(Guid contactId, Work work, CancellationToken cancellationToken)
    {
        Guid contractId = await work.Context.Set<ContractContact>().Where(c => c.Id == contactId).Select(c => c.ContractId).SingleOrDefaultAsync(cancellationToken);
        if (await work.ContractToChangeAsync(contractId, cancellationToken) is not { } contract) return Unknown;
        await work.Context.Entry(contract).Collection(c => c.Contacts).LoadAsync(cancellationToken);
        contract.ForgetContact(contactId);
        return null;
    }

    private static NotFound Unknown => new(["input", "contactId"]);

    private static PermissionDenied Denied => new(OperationsRefusals.PermissionDenied, ["input", "contactId"], []);

    private static bool MayForget(Caller caller, Guid organisationId) => caller.SeesEverything || caller.ActsFor(organisationId);
}

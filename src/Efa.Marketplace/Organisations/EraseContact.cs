using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Organisations;

/// <summary>A person is forgotten. Invoices that were issued keep whom they named, as the law demands; nothing that is hashed names a contact.</summary>
public sealed class EraseContact : Operation<EraseContact.Input>
{
    public sealed record Input(Guid ContactId);

    public override string Name => "eraseContact";

    public override string Scope => "organisations:write";

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        var found = await work.Context.ContactsVisibleTo(work.Caller).Where(c => c.Id == input.ContactId).Select(c => new { c.OrganisationId }).SingleOrDefaultAsync(cancellationToken);
        if (found is null) return new NotFound(["input", "contactId"]);
        if (!work.Caller.SeesEverything && !work.Caller.ActsFor(found.OrganisationId))
            return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "contactId"], []);

        Organisation organisation = await work.Context.Set<Organisation>().Include(o => o.Contacts).SingleAsync(o => o.Id == found.OrganisationId, cancellationToken);
        organisation.Contacts.RemoveAll(c => c.Id == input.ContactId);
        organisation.Update(["contacts"]);
        return Outcome.Done(input.ContactId);
    }
}

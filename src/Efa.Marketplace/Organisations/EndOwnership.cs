using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Organisations;

/// <summary>The operator records the last day of an ownership, or another one than before.</summary>
public sealed class EndOwnership : Operation<EndOwnership.Input>
{
    public sealed record Input(Guid OwnershipId, int ExpectedVersion, DateOnly ValidTo);

    public override string Name => "endOwnership";

    public override string Scope => "organisations:write";

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        Ownership? ownership = await work.Context.Set<Ownership>().SingleOrDefaultAsync(o => o.Id == input.OwnershipId, cancellationToken);
        if (ownership is null) return new NotFound(["input", "ownershipId"]);
        if (!work.Caller.SeesEverything) return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "ownershipId"], [OrganisationRole.Operator]);
        if (await work.StaleAsync(ownership, input.ExpectedVersion, cancellationToken) is { } stale) return stale;
        if (input.ValidTo < ownership.ValidFrom) return new Invalid(OrganisationsRefusals.EndsBeforeBeginning, ["input", "validTo"]);
        ownership.End(input.ValidTo);
        return Outcome.Done(ownership.Id);
    }
}

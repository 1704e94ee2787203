using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Organisations;

/// <summary>The operator records who owns or is a member of whom; in-house eligibility follows from it.</summary>
public sealed class RecordOwnership : Operation<RecordOwnership.Input>
{
    public sealed record Input(Guid OwnerId, Guid OwnedId, OwnershipKind Kind, DateOnly ValidFrom, DateOnly? ValidTo);

    public override string Name => "recordOwnership";

    public override string Scope => "organisations:write";

    public override IEnumerable<Refusal> Check(Input input)
    {
        if (input.OwnerId == input.OwnedId) yield return new Invalid(OrganisationsRefusals.OwnsItself, ["input", "ownedId"]);
        if (input.ValidTo < input.ValidFrom) yield return new Invalid(OrganisationsRefusals.EndsBeforeBeginning, ["input", "validTo"]);
    }

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (!work.Caller.SeesEverything) return new PermissionDenied(OperationsRefusals.PermissionDenied, [], [OrganisationRole.Operator]);
        Guid[] known = await work.Context.Set<Organisation>().Where(o => o.Id == input.OwnerId || o.Id == input.OwnedId).Select(o => o.Id).ToArrayAsync(cancellationToken);
        if (!known.Contains(input.OwnerId)) return new NotFound(["input", "ownerId"]);
        if (!known.Contains(input.OwnedId)) return new NotFound(["input", "ownedId"]);

        DateOnly last = input.ValidTo ?? DateOnly.MaxValue;
        bool overlaps = await work.Context.Set<Ownership>().AnyAsync(
            o => o.OwnerId == input.OwnerId && o.OwnedId == input.OwnedId && o.OwnershipKind == input.Kind && o.ValidFrom <= last && (o.ValidTo == null || o.ValidTo >= input.ValidFrom),
            cancellationToken);
        if (overlaps) return new Invalid(OrganisationsRefusals.OwnershipOverlaps, ["input", "validFrom"]);

        var ownership = new Ownership
        {
            Id = Guid.CreateVersion7(work.Now),
            OwnerId = input.OwnerId,
            OwnedId = input.OwnedId,
            OwnershipKind = input.Kind,
            ValidFrom = input.ValidFrom,
            ValidTo = input.ValidTo,
        };
        ownership.Begin();
        work.Context.Add(ownership);
        return Outcome.Done(ownership.Id);
    }
}

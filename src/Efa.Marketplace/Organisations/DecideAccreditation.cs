using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Organisations;

/// <summary>What a seller can decide about an accreditation.</summary>
public enum AccreditationDecision { Grant, Reject, Suspend, Revoke }

/// <summary>A seller decides who may order from it.</summary>
public sealed class DecideAccreditation : Operation<DecideAccreditation.Input>
{
    public sealed record Input(Guid AccreditationId, int ExpectedVersion, AccreditationDecision Decision, EligibilityBasis? Basis, string? Reason, DateOnly? ValidTo);

    public override string Name => AccreditationSteps.Decide;

    public override string Scope => "organisations:write";

    public override IEnumerable<Refusal> Check(Input input) => input.Decision == AccreditationDecision.Grant
        ?
        [
            .. input.Basis is null ? [new Invalid(OperationsRefusals.Required, ["input", "basis"])] : Array.Empty<Refusal>(),
            .. InputCheck.OptionalText(input.Reason, Accreditation.TextLength, "input", "reason"),
        ]
        : InputCheck.Text(input.Reason, Accreditation.TextLength, "input", "reason");

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.AccreditationToChangeAsync(input.AccreditationId, cancellationToken) is not { } accreditation) return new NotFound(["input", "accreditationId"]);
        if (!work.Caller.ActsFor(accreditation.SellerId))
            return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "accreditationId"], [OrganisationRole.Seller]);
        if (await work.StaleAsync(accreditation, input.ExpectedVersion, cancellationToken) is { } stale) return stale;
        if (AccreditationSteps.After(accreditation.State, input.Decision) is not { } next) return AccreditationSteps.NotIn(accreditation.State, "decision");
        if (input.ValidTo < work.Today) return new Invalid(OrganisationsRefusals.ValidToPast, ["input", "validTo"]);

        bool granted = next == AccreditationState.Granted;
        accreditation.Decide(next, granted ? input.Basis : null, input.Reason, granted ? (work.Today, input.ValidTo) : null, work.Now);
        return Outcome.Done(accreditation.Id);
    }
}

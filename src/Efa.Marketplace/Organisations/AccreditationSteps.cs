using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Organisations;

/// <summary>The states of an accreditation, and what leads from one to the next.</summary>
internal static class AccreditationSteps
{
    public const string Request = "requestAccreditation";
    public const string Decide = "decideAccreditation";

    private static readonly (AccreditationState From, AccreditationDecision Decision, AccreditationState To)[] All =
    [
        (AccreditationState.Requested, AccreditationDecision.Grant, AccreditationState.Granted),
        (AccreditationState.Requested, AccreditationDecision.Reject, AccreditationState.Rejected),
        (AccreditationState.Granted, AccreditationDecision.Suspend, AccreditationState.Suspended),
        (AccreditationState.Granted, AccreditationDecision.Revoke, AccreditationState.Revoked),
        (AccreditationState.Suspended, AccreditationDecision.Grant, AccreditationState.Granted),
        (AccreditationState.Suspended, AccreditationDecision.Revoke, AccreditationState.Revoked),
    ];

    /// <summary>Null where the state does not allow the decision.</summary>
    public static AccreditationState? After(AccreditationState from, AccreditationDecision decision)
    {
        foreach ((AccreditationState state, AccreditationDecision what, AccreditationState to) in All)
            if (state == from && what == decision) return to;
        return null;
    }

    public static bool MayRequest(AccreditationState state) => state is AccreditationState.Rejected or AccreditationState.Revoked or AccreditationState.Expired;

    public static InvalidState NotIn(AccreditationState state, string field) => new(
        OperationsRefusals.InvalidState, ["input", field], ApiName.Of(state), [.. All.Any(s => s.From == state) ? [Decide] : Array.Empty<string>(), .. MayRequest(state) ? [Request] : Array.Empty<string>()])
    {
        Values = [ApiName.Of(state)],
    };
}

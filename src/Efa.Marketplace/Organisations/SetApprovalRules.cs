using System.Globalization;
using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Organisations;

/// <summary>An organisation says which of its orders others have to approve; it holds for what is placed from then on.</summary>
public sealed class SetApprovalRules : Operation<SetApprovalRules.Input>
{
    public sealed record Input(Guid OrganisationId, int ExpectedVersion, IReadOnlyList<ApprovalRule> Rules);

    public override string Name => "setApprovalRules";

    public override string Scope => "organisations:write";

    public override IEnumerable<Refusal> Check(Input input) =>
    [
        .. InputCheck.Distinct([.. input.Rules.Select(r => r.AmountAbove)], ApprovalRule.MostRules, "input", "rules"),
        .. input.Rules.Index().SelectMany(rule => Against(rule.Item, ["input", "rules", rule.Index.ToString(CultureInfo.InvariantCulture)])),
    ];

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.Context.Set<Organisation>().SingleOrDefaultAsync(o => o.Id == input.OrganisationId, cancellationToken) is not { } organisation)
            return new NotFound(["input", "organisationId"]);
        if (!work.Caller.ActsFor(organisation.Id))
            return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "organisationId"], [OrganisationRole.Customer, OrganisationRole.Aggregator]);
        if (await work.StaleAsync(organisation, input.ExpectedVersion, cancellationToken) is { } stale) return stale;
        organisation.SetApprovalRules(input.Rules);
        return Outcome.Done(organisation.Id);
    }

    private static IEnumerable<Refusal> Against(ApprovalRule rule, string[] path)
    {
        if (rule.AmountAbove is { } amount && (amount < 0 || decimal.Round(amount, 2) != amount))
            yield return new Invalid(OrganisationsRefusals.AmountInvalid, [.. path, "amountAbove"]);
        if (rule.Approvals is < 1 or > ApprovalRule.MostApprovals)
            yield return new Invalid(OrganisationsRefusals.ApprovalsOutOfRange, [.. path, "approvals"]) { Values = [ApprovalRule.MostApprovals] };
    }
}

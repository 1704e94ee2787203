namespace Efa.Marketplace.Organisations;

/// <summary>How many others have to approve what somebody orders for an organisation, before it binds.</summary>
/// <param name="AmountAbove">For orders of more than this; for all where null.</param>
public sealed record ApprovalRule(decimal? AmountAbove, int Approvals)
{
    public const int MostRules = 20;
    public const int MostApprovals = 10;

    /// <summary>The approvals that an order of an amount needs: the most that any rule wants which it falls under.</summary>
    public static int Needed(IReadOnlyList<ApprovalRule> rules, decimal amount) =>
        rules.Where(r => r.AmountAbove is not { } above || amount > above).Select(r => r.Approvals).DefaultIfEmpty().Max();
}

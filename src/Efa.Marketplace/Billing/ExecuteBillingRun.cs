using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>The seller has a year billed. The run is begun here and goes on as a job.</summary>
public sealed class ExecuteBillingRun : Operation<ExecuteBillingRun.Input>
{
    public const int FirstYear = 2020;

    public sealed record Input(Guid SellerId, int Year, DateOnly IssueOn, DateOnly DueOn);

    public override string Name => "executeBillingRun";

    public override string Scope => "billing:write";

    public override IEnumerable<Refusal> Check(Input input)
    {
        if (input.DueOn < input.IssueOn) yield return new Invalid(BillingRefusals.DueBeforeIssue, ["input", "dueOn"]);
    }

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        Organisation? seller = await work.Context.Set<Organisation>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == input.SellerId, cancellationToken);
        if (seller is null) return new NotFound(["input", "sellerId"]);
        if (!work.Caller.ActsFor(seller.Id) || seller.Selling is null)
            return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "sellerId"], [OrganisationRole.Seller]);
        Refusal[] problems = [.. AgainstDays(input, work.Today)];
        if (problems.Length > 0) return Outcome.Refused(problems);

        var run = new BillingRun
        {
            Id = Guid.CreateVersion7(work.Now),
            SellerId = seller.Id,
            Year = input.Year,
            IssueOn = input.IssueOn,
            DueOn = input.DueOn,
            StartedAt = work.Now,
        };
        run.Start();
        work.Context.Add(run);
        work.Context.Add(Job.Of(BillingRunJob.JobKind, run.Id, work.Now));
        return Outcome.Done(run.Id);
    }

    /// <summary>A year can be billed in advance from its first day on.</summary>
    private static IEnumerable<Refusal> AgainstDays(Input input, DateOnly today)
    {
        if (input.Year < FirstYear || input.Year > today.Year)
            yield return new Invalid(BillingRefusals.YearOutOfRange, ["input", "year"])
            {
                Values = [FirstYear.ToString(CultureInfo.InvariantCulture), today.Year.ToString(CultureInfo.InvariantCulture)],
            };
        if (BillingRefusals.AgainstIssueOn(input.IssueOn, today) is { } refusal) yield return refusal;
    }
}

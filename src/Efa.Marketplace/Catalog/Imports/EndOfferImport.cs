using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>The end of an import's planning or applying, or of the wait between them, as its job has found it, unless somebody has cancelled it just now.</summary>
internal sealed class EndOfferImport(int planDays = 0) : Operation<EndOfferImport.Input>
{
    /// <param name="In">The state that it ends.</param>
    /// <param name="PlanHash">Of what was planned.</param>
    public sealed record Input(Guid ImportId, ImportState In, string? PlanHash = null, Refusal? Failure = null);

    public override string Name => "endOfferImport";

    public override string Scope => Scopes.OffersWrite;

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        OfferImport import = await work.Context.Set<OfferImport>().SingleAsync(i => i.Id == input.ImportId, cancellationToken);
        if (import.State != input.In) return Outcome.Done(import.Id);
        if (input.Failure is { } failure)
        {
            import.Fail(failure, work.Now);
            // What is left of it goes, also where its own job has been given up.
            work.Context.Add(OfferImportJob.For(import, work.Now));
        }
        else if (input.In == ImportState.Planning)
        {
            import.Plan(input.PlanHash!);
            if (planDays > 0) work.Context.Add(Job.Of(OfferImportExpiryJob.JobKind, import.Id, work.Now, work.Now.AddDays(planDays)));
        }
        else import.Succeed(work.Now);
        return Outcome.Done(import.Id);
    }
}

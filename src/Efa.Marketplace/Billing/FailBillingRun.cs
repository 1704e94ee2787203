using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Billing;

/// <summary>Gives a billing run up. What it has billed stays; the next run bills the rest.</summary>
internal sealed class FailBillingRun : Operation<FailBillingRun.Input>
{
    public sealed record Input(Guid RunId);

    public override string Name => "failBillingRun";

    public override string Scope => "billing:write";

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.BillingRunToChangeAsync(input.RunId, cancellationToken) is not { } run) return new NotFound(["input", "runId"]);
        if (run.State == BillingRunState.Running) run.Fail(work.Now);
        return Outcome.Done(run.Id);
    }
}

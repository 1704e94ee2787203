using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Billing.Delivery;

/// <summary>Keeps how an attempt to deliver an invoice went.</summary>
internal sealed class RecordDelivery : Operation<RecordDelivery.Input>
{
    private const int LongestError = 500;

    /// <param name="Attempt">Null where it is given up without another one.</param>
    public sealed record Input(Guid InvoiceId, DeliveryAttempt? Attempt, DeliveryState State);

    public override string Name => "recordDelivery";

    public override string Scope => "billing:write";

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        InvoiceAccount account = await work.AccountToChangeAsync(input.InvoiceId, cancellationToken);
        DeliveryAttempt? attempt = input.Attempt is { Error.Length: > LongestError } told ? told with { Error = told.Error[..LongestError] } : input.Attempt;
        if (account.DeliveryState is not (DeliveryState.Delivered or DeliveryState.Failed)) account.Deliver(attempt, input.State);
        return Outcome.Done(account.Id);
    }
}

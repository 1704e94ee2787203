using System.Globalization;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>A party gives notice; the order goes on until the other side confirms the day.</summary>
public sealed class RequestTermination : StepOperation<RequestTermination.Input>
{
    public const int ReasonLength = 2000;

    /// <param name="EffectiveOn">Last day of service.</param>
    public sealed record Input(Guid OrderId, int ExpectedVersion, DateOnly EffectiveOn, string? Reason) : VersionedStepInput(OrderId, ExpectedVersion);

    public override string Name => OrderTransitions.RequestTermination;

    public override IEnumerable<Refusal> Check(Input input) => InputCheck.OptionalText(input.Reason, ReasonLength, "input", "reason");

    protected override async ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, Input input, Work work, CancellationToken cancellationToken)
    {
        OfferVersion version = await work.Context.Set<OfferVersion>().AsNoTracking().SingleAsync(v => v.Id == order.OfferVersionId, cancellationToken);
        Notice notice = Notice.Of(version);
        if (notice.Earliest(work.Today, order.StartsOn!.Value, order.ActiveFrom!.Value) is var earliest && input.EffectiveOn < earliest)
            return Against(OrderingRefusals.TerminationTooEarly, earliest);
        if (notice.EndFrom(input.EffectiveOn) is var next && input.EffectiveOn != next)
            return Against(OrderingRefusals.NotANoticeDay, next);
        order.RequestTermination(step, input.EffectiveOn, input.Reason);
        return Outcome.Done(order.Id);
    }

    private static Invalid Against(ErrorCode code, DateOnly day) => new(code, ["input", "effectiveOn"]) { Values = [day.ToString("O", CultureInfo.InvariantCulture)] };
}

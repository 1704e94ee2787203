using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Ordering.Brokers;

public sealed partial class Provisioning
{
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(6);
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMinutes(5);

    /// <summary>Of an order that was accepted; it begins with the day that was agreed, or at once.</summary>
    public static Provisioning Of(Order order, Catalog.BrokerPlan plan, DateTimeOffset now)
    {
        var made = new Provisioning { OrderId = order.Id, SupplierId = order.SupplierId, ServiceId = plan.ServiceId, PlanId = plan.PlanId };
        made.Wait(BrokerRefusals.StartAwaited, order.StartsOn!.Value, BerlinCalendar.StartOf(order.StartsOn.Value), now);
        made.Changed(now);
        return made;
    }

    /// <summary>What is at the broker goes when the order has ended. False where it goes already.</summary>
    public bool EndAfter(DateOnly lastDay, DateTimeOffset now)
    {
        if (State is ProvisioningState.Removing or ProvisioningState.Removed) return false;
        if (HasNothing) End();
        // What a failed attempt has left does not wait for the end.
        else if (Step is BrokerStep.Delete or BrokerStep.AwaitDelete) Remove();
        else
        {
            Remove();
            Step = BrokerStep.Delete;
            Wait(BrokerRefusals.EndAwaited, lastDay, BerlinCalendar.StartOf(lastDay.AddDays(1)), now);
        }
        Changed(now);
        return true;
    }

    /// <summary>The order goes on, or has ended, without the broker: what failed there is of no interest any more, only what may be left.</summary>
    public void Leave()
    {
        if (State == ProvisioningState.Failed && HasNothing) End();
        else if (State is ProvisioningState.InProgress or ProvisioningState.Failed && Step is BrokerStep.Delete or BrokerStep.AwaitDelete) Remove();
    }

    // It was not asked yet, or it has failed and what it may have left is gone.
    private bool HasNothing => State == ProvisioningState.Pending || (State == ProvisioningState.Failed && Step == BrokerStep.Provision);

    /// <summary>Moves on by an answer.</summary>
    public void Take(BrokerAnswer answer, DateTimeOffset now, BrokerOptions options)
    {
        // Another broker, another try at removing; one at provisioning begins by itself.
        if (IsHandedOver && Step is BrokerStep.Delete or BrokerStep.AwaitDelete && answer.BrokerSetAt != BrokerSetAt)
            (State, Attempts, IsHandedOver) = (State == ProvisioningState.Failed ? ProvisioningState.InProgress : State, 0, false);
        BrokerSetAt = answer.BrokerSetAt;
        if (Step == BrokerStep.Provision && answer.Kind is BrokerAnswerKind.Accepted or BrokerAnswerKind.Rejected or BrokerAnswerKind.Later or BrokerAnswerKind.Superseded)
            Unanswered = Math.Max(0, Unanswered - 1);
        LongestPollingSeconds = answer.LongestPollingSeconds ?? LongestPollingSeconds;
        switch (Step, answer.Kind)
        {
            case (_, BrokerAnswerKind.Missing):
                Pause(answer);
                break;
            case (_, BrokerAnswerKind.Superseded):
                NextAttemptAt = now;
                break;
            case (BrokerStep.Provision, BrokerAnswerKind.Begun):
                if (State != ProvisioningState.InProgress) (State, Attempts, IsHandedOver) = (ProvisioningState.InProgress, 0, false);
                Unanswered++;
                Go(BrokerStep.Provision, now, answer);
                break;
            case (BrokerStep.Provision, BrokerAnswerKind.NotWanted) when HasNothing:
                End();
                break;
            case (BrokerStep.Provision, BrokerAnswerKind.NotWanted):
                Remove();
                Go(BrokerStep.Delete, now, answer);
                break;
            case (BrokerStep.Provision or BrokerStep.AwaitProvision, BrokerAnswerKind.Done):
                (State, Unanswered) = (ProvisioningState.Succeeded, 0);
                Rest();
                break;
            case (BrokerStep.Provision, BrokerAnswerKind.Accepted):
                Await(BrokerStep.AwaitProvision, answer, now);
                break;
            case (BrokerStep.Provision, BrokerAnswerKind.Rejected):
                Fail(answer, now);
                break;
            case (BrokerStep.Provision, BrokerAnswerKind.Later):
                Attempts++;
                if (Attempts >= options.MostAttempts) Fail(answer, now);
                else Go(BrokerStep.Provision, Later(answer, now), answer);
                break;
            // Nobody knows whether something was made there. Before it is asked for again it must be gone.
            case (BrokerStep.Provision, BrokerAnswerKind.Unknown):
            case (BrokerStep.AwaitProvision, BrokerAnswerKind.Failed):
                CleanUp(answer, now);
                break;
            case (BrokerStep.Delete or BrokerStep.AwaitDelete, BrokerAnswerKind.Done):
                Unanswered = 0;
                if (State == ProvisioningState.Removing) End();
                else if (State == ProvisioningState.Failed || Attempts >= options.MostAttempts) Fail(answer, now);
                else Go(BrokerStep.Provision, Later(answer, now), answer);
                break;
            case (BrokerStep.Delete, BrokerAnswerKind.Accepted):
                Await(BrokerStep.AwaitDelete, answer, now);
                break;
            // What may be there costs somebody money, so this is tried until it is gone.
            case (BrokerStep.Delete, _):
            case (BrokerStep.AwaitDelete, BrokerAnswerKind.Failed):
                DeleteAgain(answer, now, options);
                break;
            case (BrokerStep.AwaitProvision or BrokerStep.AwaitDelete, _):
                Poll(answer, now, options);
                break;
            default:
                throw new InvalidOperationException($"{answer.Kind} is no answer to {Step}.");
        }
        Changed(now);
    }

    private void Await(BrokerStep step, BrokerAnswer answer, DateTimeOffset now)
    {
        (Operation, WorkingSince) = (answer.Operation, now);
        Go(step, answer.NotBefore ?? now + ShortestPoll, new BrokerAnswer(answer.Kind, BrokerRefusals.Working.Name));
    }

    private void Poll(BrokerAnswer answer, DateTimeOffset now, BrokerOptions options)
    {
        TimeSpan worked = now - WorkingSince!.Value;
        TimeSpan wanted = LongestPollingSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromHours(options.PollingHours);
        TimeSpan longest = wanted < BrokerOptions.LongestPolling ? wanted : BrokerOptions.LongestPolling;
        var tooSlow = BrokerAnswer.Of(BrokerAnswerKind.Failed, BrokerRefusals.TooSlow);
        if (worked >= longest && Step == BrokerStep.AwaitProvision) CleanUp(tooSlow, now);
        else if (worked >= longest) DeleteAgain(tooSlow, now, options);
        else
        {
            TimeSpan pause = TimeSpan.FromTicks(Math.Clamp(worked.Ticks / 10, ShortestPoll.Ticks, LongestPoll.Ticks));
            Go(Step, answer.NotBefore ?? now + pause, answer.Because is null ? new BrokerAnswer(answer.Kind, BrokerRefusals.Working.Name) : answer);
        }
    }

    private void CleanUp(BrokerAnswer answer, DateTimeOffset now)
    {
        Attempts++;
        Go(BrokerStep.Delete, now, answer);
    }

    private void DeleteAgain(BrokerAnswer answer, DateTimeOffset now, BrokerOptions options)
    {
        Attempts++;
        DateTimeOffset next = Later(answer, now);
        if (Attempts >= options.MostAttempts)
        {
            IsHandedOver = true;
            if (State == ProvisioningState.InProgress) State = ProvisioningState.Failed;
            next = now + LongestDelay;
        }
        Go(BrokerStep.Delete, next, answer);
    }

    private void Remove() => (State, Attempts, IsHandedOver) = (ProvisioningState.Removing, 0, false);

    private void Go(BrokerStep step, DateTimeOffset at, BrokerAnswer because)
    {
        (Step, NextAttemptAt) = (step, at);
        Because(because);
    }

    private void Wait(ErrorCode code, DateOnly day, DateTimeOffset at, DateTimeOffset now)
    {
        NextAttemptAt = NotBefore = at > now ? at : now;
        (WaitsFor, WaitsForValue) = (code.Name, day.ToString("O", CultureInfo.InvariantCulture));
    }

    private void Pause(BrokerAnswer answer)
    {
        NextAttemptAt = null;
        Because(answer);
    }

    private void Fail(BrokerAnswer answer, DateTimeOffset now)
    {
        (State, Step, IsHandedOver) = (ProvisioningState.Failed, BrokerStep.Provision, true);
        // An earlier request may have made what the broker now says nothing of.
        if (Unanswered > 0) Go(BrokerStep.Delete, now, answer);
        else Pause(answer);
    }

    private void End()
    {
        State = ProvisioningState.Removed;
        Rest();
    }

    private void Rest() => (Step, NextAttemptAt, WaitsFor, WaitsForValue, IsHandedOver) = (BrokerStep.None, null, null, null, false);

    // Of an answer that gives no reason the one before goes on: after cleaning up still that is said which made it necessary.
    private void Because(BrokerAnswer answer)
    {
        if (answer.Because is null) return;
        (WaitsFor, WaitsForValue) = (answer.Because, answer.Status?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>10, 20, 40 seconds and so on after each failure, and not before the broker wants it.</summary>
    private DateTimeOffset Later(BrokerAnswer answer, DateTimeOffset now)
    {
        TimeSpan pause = Backoff.After(Attempts, ShortestDelay, LongestDelay);
        return answer.NotBefore is { } wanted && wanted > now + pause ? wanted : now + pause;
    }

    private void Changed(DateTimeOffset now)
    {
        UpdatedAt = now;
        Revision++;
    }
}

using System.Globalization;
using Efa.Marketplace.Operations;
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

    /// <summary>What is at the broker goes when the order has ended.</summary>
    public void EndAfter(DateOnly lastDay, DateTimeOffset now)
    {
        if (State == ProvisioningState.Removed) return;
        if (State == ProvisioningState.Pending) End();
        else
        {
            (State, Step, Attempts) = (ProvisioningState.Removing, BrokerStep.Delete, 0);
            Wait(BrokerRefusals.EndAwaited, lastDay, BerlinCalendar.StartOf(lastDay.AddDays(1)), now);
        }
        Changed(now);
    }

    /// <summary>Moves on by an answer.</summary>
    public void Take(BrokerAnswer answer, DateTimeOffset now, BrokerOptions options)
    {
        BrokerSetAt = answer.BrokerSetAt;
        LongestPollingSeconds = answer.LongestPollingSeconds ?? LongestPollingSeconds;
        switch (Step, answer.Kind)
        {
            case (_, BrokerAnswerKind.Missing):
                Pause(answer);
                break;
            case (_, BrokerAnswerKind.PutOff):
                NextAttemptAt = answer.NotBefore;
                break;
            case (BrokerStep.Provision, BrokerAnswerKind.Begun):
                (State, Attempts) = (ProvisioningState.InProgress, 0);
                Go(BrokerStep.Provision, now, answer);
                break;
            case (BrokerStep.Provision, BrokerAnswerKind.NotWanted) when State == ProvisioningState.Pending:
                End();
                break;
            case (BrokerStep.Provision, BrokerAnswerKind.NotWanted):
                (State, Attempts) = (ProvisioningState.Removing, 0);
                Go(BrokerStep.Delete, now, answer);
                break;
            case (BrokerStep.Provision or BrokerStep.AwaitProvision, BrokerAnswerKind.Done):
                (State, Step, NextAttemptAt, WaitsFor, WaitsForValue) = (ProvisioningState.Succeeded, BrokerStep.None, null, null, null);
                break;
            case (BrokerStep.Provision, BrokerAnswerKind.Accepted):
                Await(BrokerStep.AwaitProvision, answer, now);
                break;
            case (BrokerStep.Provision, BrokerAnswerKind.Rejected):
                Fail(answer);
                break;
            case (BrokerStep.Provision, BrokerAnswerKind.Later):
                Attempts++;
                if (Attempts >= options.MostAttempts) Fail(answer);
                else Go(BrokerStep.Provision, Later(answer, now), answer);
                break;
            // Nobody knows whether something was made there. Before it is asked for again it must be gone.
            case (BrokerStep.Provision, BrokerAnswerKind.Unknown):
            case (BrokerStep.AwaitProvision, BrokerAnswerKind.Failed):
                CleanUp(answer, now);
                break;
            case (BrokerStep.Delete or BrokerStep.AwaitDelete, BrokerAnswerKind.Done):
                if (State == ProvisioningState.Removing) End();
                else if (Attempts >= options.MostAttempts) Fail(answer);
                else Go(BrokerStep.Provision, Later(answer, now), answer);
                break;
            case (BrokerStep.Delete, BrokerAnswerKind.Accepted):
                Await(BrokerStep.AwaitDelete, answer, now);
                break;
            // What may be there costs somebody money, so this is tried until it is gone.
            case (BrokerStep.Delete, _):
            case (BrokerStep.AwaitDelete, BrokerAnswerKind.Failed):
                Attempts++;
                Go(BrokerStep.Delete, Later(answer, now), answer);
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
        else if (worked >= longest)
        {
            Attempts++;
            Go(BrokerStep.Delete, Later(tooSlow, now), tooSlow);
        }
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

    private void Fail(BrokerAnswer answer)
    {
        (State, Step) = (ProvisioningState.Failed, BrokerStep.Provision);
        Pause(answer);
    }

    private void End() =>
        (State, Step, NextAttemptAt, WaitsFor, WaitsForValue) = (ProvisioningState.Removed, BrokerStep.None, null, null, null);

    // Of an answer that gives no reason the one before goes on: after cleaning up still that is said which made it necessary.
    private void Because(BrokerAnswer answer)
    {
        if (answer.Because is null) return;
        (WaitsFor, WaitsForValue) = (answer.Because, answer.Status?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>10, 20, 40 seconds and so on after each failure, and not before the broker wants it.</summary>
    private DateTimeOffset Later(BrokerAnswer answer, DateTimeOffset now)
    {
        TimeSpan pause = TimeSpan.FromTicks((long)Math.Min(ShortestDelay.Ticks * Math.Pow(2, Math.Max(Attempts - 1, 0)), LongestDelay.Ticks));
        return answer.NotBefore is { } wanted && wanted > now + pause ? wanted : now + pause;
    }

    private void Changed(DateTimeOffset now)
    {
        UpdatedAt = now;
        Revision++;
    }
}

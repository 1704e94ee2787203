using System.Globalization;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering.Brokers;

/// <summary>How far the supplier's service broker is with an order.</summary>
public enum ProvisioningState { Pending, InProgress, Succeeded, Failed, Removing, Removed }

/// <summary>What the broker is asked next.</summary>
public enum BrokerStep
{
    Provision,
    AwaitProvision,
    Delete,
    AwaitDelete,
    None,
}

/// <summary>The service instance of an order at the supplier's Open Service Broker. Its id there is the order's, however often it is asked for.</summary>
public sealed partial class Provisioning
{
    public const int OperationLength = 10_000;

    public Guid OrderId { get; init; }

    public Guid SupplierId { get; init; }

    /// <summary>The broker's name for the service, as the ordered version has it.</summary>
    public required string ServiceId { get; init; }

    public required string PlanId { get; init; }

    public ProvisioningState State { get; private set; }

    public BrokerStep Step { get; private set; }

    /// <summary>What the broker calls the work that it is asked about.</summary>
    public string? Operation { get; private set; }

    /// <summary>How often the present task failed.</summary>
    public int Attempts { get; private set; }

    /// <summary>Requests to provision that were not answered. Each is counted before it is sent, so that after a crash it is known that there may be something.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Whether people have been told that it is for them to act.</summary>
    public bool IsHandedOver { get; private set; }

    /// <summary>Since when the broker works on it.</summary>
    public DateTimeOffset? WorkingSince { get; private set; }

    /// <summary>How long the plan lets it.</summary>
    public int? LongestPollingSeconds { get; private set; }

    /// <summary>Before this instant the present task is none: the order's start, or its end.</summary>
    public DateTimeOffset NotBefore { get; private set; }

    /// <summary>Null where it goes on only when people do something.</summary>
    public DateTimeOffset? NextAttemptAt { get; private set; }

    /// <summary>Name of a code of <see cref="BrokerRefusals"/>; null where nothing is waited for.</summary>
    public string? WaitsFor { get; private set; }

    /// <summary>For the code's text.</summary>
    public string? WaitsForValue { get; private set; }

    /// <summary>Which setting of the broker this state was come to with; another one is tried at once.</summary>
    public DateTimeOffset? BrokerSetAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Counts every change; each is made once.</summary>
    public int Revision { get; private set; }

    /// <summary>Whether the broker was set since, so that there may be another answer.</summary>
    public bool IsNewTo(ServiceBroker? broker) => broker is not null && broker.SetAt != BrokerSetAt;

    /// <summary>Whether an order is still to be provisioned by the broker.</summary>
    public static bool IsWantedBy(Order order) => order.State is OrderState.Accepted or OrderState.Provisioning;

    public string InstanceId => OrderId.ToString("D", CultureInfo.InvariantCulture);

    /// <summary>What the broker or the order waits for.</summary>
    public string? Message(Language language)
    {
        if (WaitsFor is null) return null;
        string message = ErrorCodes.Named(WaitsFor).Text.In(language, WaitsForValue);
        if (!IsHandedOver) return message;
        ErrorCode acts = State == ProvisioningState.Failed ? BrokerRefusals.SupplierActs : BrokerRefusals.SupplierRemoves;
        return $"{message} {acts.Text.In(language)}";
    }
}

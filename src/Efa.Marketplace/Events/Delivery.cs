namespace Efa.Marketplace.Events;

/// <summary>How far something is that is sent to somebody outside the marketplace.</summary>
public enum DeliveryState
{
    /// <summary>Not tried yet.</summary>
    Pending,

    /// <summary>The other side has taken it.</summary>
    Delivered,

    /// <summary>Tried in vain; it will be tried again.</summary>
    Retrying,

    /// <summary>Given up.</summary>
    Failed,
}

/// <summary>One try to send something.</summary>
/// <param name="Status">What the other side answered, in its own numbers; null where it did not answer or has none.</param>
/// <param name="Error">Null where it went well.</param>
public sealed record DeliveryAttempt(DateTimeOffset At, int? Status, int DurationMs, string? Error);

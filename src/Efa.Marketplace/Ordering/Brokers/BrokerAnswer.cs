using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering.Brokers;

/// <summary>What came of asking a broker, or why it was not asked.</summary>
public enum BrokerAnswerKind
{
    /// <summary>It is about to be asked to provision.</summary>
    Begun,

    /// <summary>There is no broker to ask.</summary>
    Missing,

    /// <summary>The broker has been set anew since, and the one before said nothing that lasts.</summary>
    Superseded,

    /// <summary>The order goes on without a broker; nothing is to be provisioned any more.</summary>
    NotWanted,

    /// <summary>It is as asked: there, or gone.</summary>
    Done,

    /// <summary>The broker has begun, and is to be asked how far it is.</summary>
    Accepted,

    /// <summary>It is not ready yet.</summary>
    InProgress,

    /// <summary>What the broker had begun went wrong.</summary>
    Failed,

    /// <summary>Nothing has changed there, and asking the same again would change nothing.</summary>
    Rejected,

    /// <summary>Nothing has changed there; later it may.</summary>
    Later,

    /// <summary>Nobody knows what has changed there.</summary>
    Unknown,
}

/// <summary>An answer, as it moves a provisioning on.</summary>
/// <param name="Because">Name of a code of <see cref="BrokerRefusals"/>.</param>
public sealed record BrokerAnswer(BrokerAnswerKind Kind, string? Because = null)
{
    /// <summary>HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>What the broker calls the work that it has begun.</summary>
    public string? Operation { get; init; }

    /// <summary>When the broker wants to be asked again, or can be.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>How long the plan lets the broker work.</summary>
    public int? LongestPollingSeconds { get; init; }

    /// <summary>Whether it is about the broker and not about this one order, so that others wait too.</summary>
    public bool IsOfTheBroker { get; init; }

    /// <summary>When the broker that gave it was set; null where there was none.</summary>
    public DateTimeOffset? BrokerSetAt { get; init; }

    /// <summary>What is left of it where the broker was set anew meanwhile.</summary>
    public BrokerAnswer WhereSuperseded() =>
        Kind is BrokerAnswerKind.Missing or BrokerAnswerKind.Rejected or BrokerAnswerKind.Later ? new BrokerAnswer(BrokerAnswerKind.Superseded) { BrokerSetAt = BrokerSetAt } : this;

    public static BrokerAnswer Of(BrokerAnswerKind kind, ErrorCode because, int? status = null) => new(kind, because.Name) { Status = status };
}

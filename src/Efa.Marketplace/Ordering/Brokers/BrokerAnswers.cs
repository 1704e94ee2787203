namespace Efa.Marketplace.Ordering.Brokers;

/// <summary>What the replies of a broker mean, by the tables of Open Service Broker 2.17.</summary>
internal static class BrokerAnswers
{
    /// <summary>To asking for an instance: the table of orphan mitigation, in which <see cref="BrokerAnswerKind.Unknown"/> is what has to be deleted.</summary>
    public static BrokerAnswer ToProvision(BrokerReply reply) => reply switch
    {
        { Status: 200 or 201, Body: not null } => new BrokerAnswer(BrokerAnswerKind.Done),
        { Status: 200 } => Silent(BrokerAnswerKind.Later, reply),
        { IsAccepted: true } => Accepted(reply),
        { Status: < 300 } => Silent(BrokerAnswerKind.Unknown, reply),
        { Status: >= 500 } => Faulty(reply),
        _ => Declined(reply),
    };

    /// <summary>To asking for its removal; only what was never there, or is gone, is done with.</summary>
    public static BrokerAnswer ToDelete(BrokerReply reply) => reply switch
    {
        { Status: 200 or 410 } => new BrokerAnswer(BrokerAnswerKind.Done),
        { IsAccepted: true } => Accepted(reply),
        { Status: < 300 } => Silent(BrokerAnswerKind.Unknown, reply),
        { Status: >= 500 } => Faulty(reply),
        _ => Declined(reply),
    };

    /// <summary>To asking how far it is. What is no proper answer says nothing of the work, so that it is asked again; 404 and 410 too while it provisions.</summary>
    public static BrokerAnswer ToPoll(BrokerReply reply, BrokerStep step) => (reply.Status, reply.Text("state")) switch
    {
        (200, "succeeded") => new BrokerAnswer(BrokerAnswerKind.Done),
        (200, "failed") => BrokerAnswer.Of(BrokerAnswerKind.Failed, BrokerRefusals.OperationFailed),
        (200, "in progress") => new BrokerAnswer(BrokerAnswerKind.InProgress) { NotBefore = reply.RetryAt },
        (410, _) when step == BrokerStep.AwaitDelete => new BrokerAnswer(BrokerAnswerKind.Done),
        ( < 300, _) => Silent(BrokerAnswerKind.Unknown, reply),
        ( >= 500, _) => Faulty(reply),
        _ => Declined(reply),
    };

    /// <summary>To asking for the catalogue, where it did not come; nothing has changed there.</summary>
    public static BrokerAnswer ToCatalog(BrokerReply reply) => reply.Status switch
    {
        < 300 => Silent(BrokerAnswerKind.Later, reply),
        >= 500 => Faulty(reply) with { Kind = BrokerAnswerKind.Later },
        _ => Declined(reply),
    };

    private static BrokerAnswer Accepted(BrokerReply reply) => new(BrokerAnswerKind.Accepted) { Operation = reply.Text("operation"), NotBefore = reply.RetryAt };

    // One that breaks off in its answer is no better than one that gives none.
    private static BrokerAnswer Silent(BrokerAnswerKind kind, BrokerReply reply) => BrokerAnswer.Of(kind, BrokerRefusals.Silent) with { IsOfTheBroker = reply.IsCutOff };

    private static BrokerAnswer Faulty(BrokerReply reply) =>
        BrokerAnswer.Of(BrokerAnswerKind.Unknown, BrokerRefusals.Faulty, reply.Status) with { NotBefore = reply.RetryAt, IsOfTheBroker = reply.Status == 503 };

    private static BrokerAnswer Declined(BrokerReply reply) => reply switch
    {
        { Status: 401 or 403 } => BrokerAnswer.Of(BrokerAnswerKind.Rejected, BrokerRefusals.CredentialsRejected, reply.Status),
        { Status: 408 or 425 } => Busy(reply),
        { Status: 429 } => Busy(reply) with { IsOfTheBroker = true },
        { Status: 422 } when reply.Text("error") == "ConcurrencyError" => Busy(reply),
        _ => BrokerAnswer.Of(BrokerAnswerKind.Rejected, BrokerRefusals.Rejected, reply.Status),
    };

    private static BrokerAnswer Busy(BrokerReply reply) => BrokerAnswer.Of(BrokerAnswerKind.Later, BrokerRefusals.Busy, reply.Status) with { NotBefore = reply.RetryAt };
}

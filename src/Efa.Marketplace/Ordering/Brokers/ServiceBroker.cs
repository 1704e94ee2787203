using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Ordering.Brokers;

/// <summary>Where a supplier's Open Service Broker is and how it is entered.</summary>
public sealed record BrokerAccess(string Url, string Username, string Password);

/// <summary>A supplier's Open Service Broker. Its access is sealed, and told to nobody.</summary>
public sealed class ServiceBroker
{
    public const int UsernameLength = 200;
    public const int PasswordLength = 500;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    public Guid SupplierId { get; init; }

    public byte[] SealedAccess { get; private set; } = [];

    /// <summary>Tells one setting from the next, so no two have the same.</summary>
    public DateTimeOffset SetAt { get; private set; }

    /// <summary>Until then it is not asked, because it wants so or cannot be reached.</summary>
    public DateTimeOffset? RestsUntil { get; private set; }

    /// <summary>How many rests it has needed since it last answered as a broker does.</summary>
    public int Rests { get; private set; }

    private string Use => $"broker/{SupplierId:N}";

    public void Set(BrokerAccess access, Secrets secrets, DateTimeOffset now)
    {
        SealedAccess = secrets.Seal(MarketJson.Write(access), Use);
        SetAt = now > SetAt ? now : SetAt.AddMilliseconds(1);
        (RestsUntil, Rests) = (null, 0);
    }

    public BrokerAccess Access(Secrets secrets) => MarketJson.Read<BrokerAccess>(secrets.Open(SealedAccess, Use));

    /// <summary>Is left in peace for 10, 20, 40 seconds and so on, and as long as it wants.</summary>
    public void Rest(DateTimeOffset? wanted, DateTimeOffset now)
    {
        // Of several requests that were under way the others say nothing new.
        if (!IsResting(now)) Rests++;
        TimeSpan pause = Backoff.After(Rests, ShortestRest, LongestRest);
        DateTimeOffset until = wanted > now + pause ? wanted.Value : now + pause;
        if (!(RestsUntil > until)) RestsUntil = until;
    }

    public bool IsResting(DateTimeOffset now) => RestsUntil > now;

    /// <summary>Has answered as a broker does; to a request from before, where it rests.</summary>
    public void Answered(DateTimeOffset now)
    {
        if (!IsResting(now)) (RestsUntil, Rests) = (null, 0);
    }
}

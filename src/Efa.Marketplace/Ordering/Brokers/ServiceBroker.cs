using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Ordering.Brokers;

/// <summary>Where a supplier's Open Service Broker is and how it is entered.</summary>
public sealed record BrokerAccess(string Url, string Username, string Password);

/// <summary>A supplier's Open Service Broker. Its access is sealed, and told to nobody.</summary>
public sealed class ServiceBroker
{
    public const int UsernameLength = 200;
    public const int PasswordLength = 500;

    public Guid SupplierId { get; init; }

    public byte[] SealedAccess { get; private set; } = [];

    public DateTimeOffset SetAt { get; private set; }

    /// <summary>Until then it is not asked, because it wants so or cannot be reached.</summary>
    public DateTimeOffset? RestsUntil { get; private set; }

    private string Use => $"broker/{SupplierId:N}";

    public void Set(BrokerAccess access, Secrets secrets, DateTimeOffset now)
    {
        SealedAccess = secrets.Seal(MarketJson.Write(access), Use);
        (SetAt, RestsUntil) = (now, null);
    }

    public BrokerAccess Access(Secrets secrets) => MarketJson.Read<BrokerAccess>(secrets.Open(SealedAccess, Use));

    public void Rest(DateTimeOffset until) => RestsUntil = until;
}

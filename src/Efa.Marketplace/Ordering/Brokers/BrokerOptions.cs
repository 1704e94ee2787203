namespace Efa.Marketplace.Ordering.Brokers;

/// <summary>Settings of section <c>Broker</c>: how patiently service brokers are asked.</summary>
public sealed class BrokerOptions
{
    public const string Section = "Broker";

    private const int MostSeconds = 60;
    private const int MostAttemptsOfAll = 20;
    private const int MostHours = 24 * 7;

    /// <summary>How long an answer is waited for.</summary>
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>After so many failures people take over.</summary>
    public int MostAttempts { get; set; } = 10;

    /// <summary>How long a broker may work on a service whose plan says nothing else.</summary>
    public int PollingHours { get; set; } = 24;

    /// <summary>However long a plan may want.</summary>
    public static readonly TimeSpan LongestPolling = TimeSpan.FromHours(MostHours);

    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    public string? Problem() =>
        Problem(nameof(TimeoutSeconds), TimeoutSeconds, MostSeconds) ?? Problem(nameof(MostAttempts), MostAttempts, MostAttemptsOfAll) ?? Problem(nameof(PollingHours), PollingHours, MostHours);

    private static string? Problem(string name, int value, int most) => value < 1 || value > most ? $"{Section}:{name} is {value}, but must be from 1 to {most}." : null;
}

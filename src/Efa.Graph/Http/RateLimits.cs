using System.Net;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Documents;

namespace Efa.Graph.Http;

/// <summary>Who has which allowance: a client its own, those without a token one for each address.</summary>
internal sealed class RateLimits(Limits limits, IHostEnvironment environment, TimeProvider clock)
{
    private const int ClientsOfAnAddress = 10;
    private const int LongestClientId = 128;
    private const int PointsOfGuess = 3;

    private readonly Allowances clients = new(PerSecond(limits.PointsPerSecond, 500, environment), limits.PointsBurst, clock);
    private readonly Allowances addresses = new(PerSecond(limits.PointsPerSecondAnonymous, 100, environment), limits.PointsBurstAnonymous, clock);
    private readonly Allowances tokensOfClients = OfTokens(TokensPerMinute(limits, environment), clock);
    private readonly Allowances tokensOfAddresses = OfTokens(TokensPerMinute(limits, environment) * ClientsOfAnAddress, clock);

    /// <summary>What a request is paid with; null where nothing is counted.</summary>
    public Allowance? Of(HttpContext context, SignedIn signedIn) =>
        signedIn.Caller.IsAnonymous ? addresses.Of(AddressOf(context)) : clients.Of(signedIn.Caller.Id);

    /// <summary>Null where an address may ask for a token now; else how long it has to wait.</summary>
    public TimeSpan? WaitForToken(HttpContext context) => tokensOfAddresses.Of(AddressOf(context))?.TrySpend(1);

    /// <summary>The same for one client. Counted for each address apart: nobody shuts a client out by guessing its secret from elsewhere.</summary>
    public TimeSpan? WaitForToken(HttpContext context, string clientId) =>
        clientId.Length > LongestClientId ? null : tokensOfClients.Of($"{AddressOf(context)} {clientId}")?.TrySpend(1);

    /// <summary>A secret that was not right costs more, so that those who guess are stopped long before those who only ask often.</summary>
    public void CountGuess(HttpContext context, string clientId)
    {
        if (clientId.Length <= LongestClientId) tokensOfClients.Of($"{AddressOf(context)} {clientId}")?.TrySpend(PointsOfGuess - 1);
    }

    /// <summary>The address as one caller has it: an IPv6 network of 64 bits is given to each of them, and no single address in it.</summary>
    public static string AddressOf(HttpContext context)
    {
        IPAddress address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        byte[] bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? address.ToString() : Convert.ToHexString(bytes.AsSpan(0, 8));
    }

    private static double PerSecond(double? set, double elsewhere, IHostEnvironment environment) => set ?? (environment.IsDevelopment() ? 0 : elsewhere);

    private static int TokensPerMinute(Limits limits, IHostEnvironment environment) => limits.TokenRequestsPerMinute ?? (environment.IsDevelopment() ? 0 : 30);

    private static Allowances OfTokens(int perMinute, TimeProvider clock) => new(perMinute / 60.0, perMinute, clock);
}

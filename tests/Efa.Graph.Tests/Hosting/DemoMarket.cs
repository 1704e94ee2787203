namespace Efa.Graph.Tests.Hosting;

/// <summary>One host with the demo market, for all test classes of the collection <see cref="Name"/>; they add to it but never count what others may add.</summary>
public sealed class DemoMarket : IAsyncLifetime
{
    public const string Name = "Demo market";

    public MarketHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await MarketHost.StartAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();
}

[CollectionDefinition(DemoMarket.Name)]
public sealed class DemoMarketCollection : ICollectionFixture<DemoMarket>;

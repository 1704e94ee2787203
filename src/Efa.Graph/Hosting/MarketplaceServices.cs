using Efa.Marketplace.Billing;
using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Hosting;

/// <summary>Switches on the marketplace: its store, the log and its tail, operations, jobs, and what the rooms offer.</summary>
internal static class MarketplaceServices
{
    public static void AddMarketplace(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddMarketStore(builder.Configuration.Read<StoreOptions>(StoreOptions.Section), builder.Environment.ContentRootPath);
        services.AddSingleton(builder.Configuration.Read<DemoOptions>(DemoOptions.Section));

        services.AddSingleton<LogHint>();
        services.AddSingleton<LogTail>();
        services.AddHostedService(provider => provider.GetRequiredService<LogTail>());

        services.AddSingleton<OperationRunner>();
        services.AddSingleton<JobSignal>();
        services.AddHostedService<JobWorker>();

        services.AddSingleton<OrderEvents>();
        services.AddSingleton<BillingPreviews>();
        services.AddSingleton<BillingRunEnd>();
        services.AddSingleton<JobHandler, BillingRunJob>();
        services.AddSingleton<MarketLoader>();
        services.AddSingleton<OfferReindex>();
    }
}

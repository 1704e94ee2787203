using Efa.Graph.Catalog.Imports;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Catalog.Mirrors;
using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Events;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Operations.Outgoing;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Ordering.Brokers;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Hosting;

/// <summary>Switches on the marketplace: its store, the log and its tail, operations, jobs, and what the rooms offer.</summary>
internal static class MarketplaceServices
{
    public static void AddMarketplace(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddMarketStore(builder.Configuration.Read<StoreOptions>(StoreOptions.Section, o => o.Problem()), builder.Environment.ContentRootPath);
        services.AddSingleton(builder.Configuration.Read<DemoOptions>(DemoOptions.Section));

        services.AddSingleton<LogHint>();
        services.AddSingleton<LogTail>();
        services.AddHostedService(provider => provider.GetRequiredService<LogTail>());

        services.AddSingleton<Secrets>();
        services.AddSingleton<EvidenceKeys>();
        services.AddSingleton<AuditHeads>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditHeads>());

        services.AddSingleton(builder.Configuration.Read<OutgoingOptions>(OutgoingOptions.Section, options => options.Problem()).Rules(builder.Environment.IsDevelopment()));
        services.AddSingleton<OperationRunner>();
        services.AddSingleton<JobSignal>();
        services.AddSingleton(builder.Configuration.Read<JobOptions>(JobOptions.Section, options => options.Problem()));
        services.AddHostedService<JobWorker>();

        services.AddSingleton<JobHandler, PublicationJob>();
        services.AddSingleton(builder.Configuration.Read<ImportOptions>(ImportOptions.Section, options => options.Problem()));
        services.AddSingleton<OfferRowForm>();
        services.AddSingleton<OfferFile, OfferFiles>();
        services.AddSingleton<OfferImportPlanning>();
        services.AddSingleton<OfferImportApplying>();
        services.AddSingleton<JobHandler, OfferImportJob>();
        services.AddSingleton<JobHandler, OfferImportExpiryJob>();
        services.AddSingleton<KeptQuotes>();
        services.AddSingleton<CatalogChanges>();
        services.AddSingleton<CatalogExport>();
        services.AddSingleton<OrderEvents>();
        services.AddSingleton(builder.Configuration.Read<OrderingOptions>(OrderingOptions.Section, options => options.Problem));
        services.AddSingleton<JobHandler, ExpireOrdersJob>();
        services.AddHostedService<ExpireOrdersSchedule>();
        services.AddSingleton(builder.Configuration.Read<BrokerOptions>(BrokerOptions.Section, options => options.Problem()));
        services.AddSingleton<BrokerClient>();
        services.AddSingleton<BrokerTurns>();
        services.AddSingleton<JobHandler, ProvisioningJob>();
        services.AddSingleton<JobHandler, BrokerSetJob>();
        services.AddSingleton<BillingPreviews>();
        services.AddSingleton<BillingRunEnd>();
        services.AddSingleton<JobHandler, BillingRunJob>();
        builder.AddInvoiceDelivery();
        services.AddSingleton<JobHandler, PruneJob>();
        services.AddSingleton<Expiry, CallExpiry>();
        services.AddSingleton<Expiry, JobExpiry>();
        services.AddSingleton<Expiry, QuoteExpiry>();
        services.AddSingleton<Expiry, OfferImportReportExpiry>();
        services.AddHostedService<DailyPruning>();
        services.AddSingleton(builder.Configuration.Read<BillingOptions>(BillingOptions.Section, options => options.Problem()));
        services.AddHostedService<BillingSchedule>();
        services.AddSingleton<MarketLoader>();
        services.AddSingleton<OfferReindex>();
    }
}

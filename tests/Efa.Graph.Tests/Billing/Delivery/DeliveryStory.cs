using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.Delivery;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Efa.Graph.Tests.Billing.Delivery;

/// <summary>Invoices of the small market on their way to the buyer.</summary>
internal static class DeliveryStory
{
    /// <summary>Aachen gets e-mail and is billed.</summary>
    public static async Task<Invoice> BilledByMailAsync(this MarketStory story, string address)
    {
        Guid aachen = story.Organisation(SmallMarket.Aachen);
        await story.Store.ChangeAsync(async context =>
        {
            Organisation buyer = await context.Set<Organisation>().SingleAsync(o => o.Id == aachen);
            (buyer.ElectronicAddressScheme, buyer.ElectronicAddress) = ("EM", address);
        });
        return await story.BilledAsync();
    }

    public static MailOptions To(MailServer server) => new() { Host = "127.0.0.1", Port = server.Port, Security = MailSecurity.None, From = "Marktplatz <rechnung@markt.example>" };

    /// <summary>Lets a worker do what is due now by these channels, until nothing is.</summary>
    public static async Task DeliverAsync(this MarketStory story, params InvoiceChannel[] channels)
    {
        MarketStore store = story.Store;
        using var worker = new JobWorker(store.Contexts, store.Get<StoreDialect>(), [new InvoiceDeliveryJob(store.Runner, store.Contexts, channels, store.Get<TimeProvider>())], new JobSignal(), new JobOptions(), store.Get<TimeProvider>(), NullLogger<JobWorker>.Instance);
        await worker.StartAsync(CancellationToken.None);
        for (int i = 0; i < 600 && await IsDueAsync(); i++) await Task.Delay(50);
        await worker.StopAsync(CancellationToken.None);
        Assert.False(await IsDueAsync());

        Task<bool> IsDueAsync()
        {
            DateTimeOffset now = store.Get<TimeProvider>().GetUtcNow(), leased = now + TimeSpan.FromSeconds(30);
            return store.ReadAsync(context => context.Set<Job>().AnyAsync(j => j.Kind == InvoiceDeliveryJob.JobKind && j.State == JobState.Waiting && j.NotBefore <= leased));
        }
    }

    public static Task<Job> JobAsync(this MarketStory story, Guid invoiceId) => story.Store.ReadAsync(context => context.Set<Job>().AsNoTracking().SingleAsync(j => j.SubjectId == invoiceId));
}

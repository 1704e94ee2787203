using System.Globalization;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing.Delivery;

/// <summary>Delivers an invoice; in vain, it tries again for about a day. What was taken is never sent again.</summary>
public sealed class InvoiceDeliveryJob(OperationRunner runner, IDbContextFactory<MarketContext> contexts, IEnumerable<InvoiceChannel> channels, TimeProvider clock) : JobHandler
{
    public const string JobKind = "invoice-delivery";

    public override string Kind => JobKind;

    // A slow mail server must not keep billing runs waiting.
    public override string Lane => "delivery";

    public override int MostAttempts => 7;

    /// <summary>After 1, 4, 16 minutes and so on: mail servers that do not know a sender yet want to be asked again after some minutes.</summary>
    public override TimeSpan DelayAfter(int attempt) => TimeSpan.FromMinutes(1) * Math.Pow(4, attempt - 1);

    /// <summary>The job that delivers an invoice from its date of issue on. It waits in the store until a channel is set up.</summary>
    internal static Job Of(Invoice invoice, DateTimeOffset now) =>
        Job.Of(JobKind, invoice.Id, now, BerlinCalendar.StartOf(invoice.IssuedOn) is var issue && issue > now ? issue : now);

    public override async Task RunAsync(Guid subjectId, CancellationToken cancellationToken)
    {
        if (await ToDeliverAsync(subjectId, cancellationToken) is not var (issued, attempts)) return;
        if (channels.FirstOrDefault(c => c.Reaches(issued.Invoice.BuyerParty)) is not { } channel) return;
        DateTimeOffset at = clock.GetUtcNow();
        // Real time: how long it took, whatever the market's clock says.
        long began = TimeProvider.System.GetTimestamp();
        Handover handover = await HandOverAsync(channel, issued, cancellationToken);
        var attempt = new DeliveryAttempt(at, handover.Status, (int)TimeProvider.System.GetElapsedTime(began).TotalMilliseconds, handover.Error);
        await RecordAsync(subjectId, attempts + 1, attempt, handover.State, cancellationToken);
        if (handover.State == DeliveryState.Retrying) throw new DeliveryDelayedException(issued.Invoice.Number, handover.Error);
    }

    public override async Task GiveUpAsync(Guid subjectId, CancellationToken cancellationToken)
    {
        if (await ToDeliverAsync(subjectId, cancellationToken) is var (_, attempts)) await RecordAsync(subjectId, attempts + 1, attempt: null, DeliveryState.Failed, cancellationToken);
    }

    private static async Task<Handover> HandOverAsync(InvoiceChannel channel, IssuedInvoice issued, CancellationToken cancellationToken)
    {
        try
        {
            return await channel.DeliverAsync(issued, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return Handover.Later(failure.Message);
        }
    }

    /// <summary>The invoice and how often it was tried; null where nothing is left to do.</summary>
    private async Task<(IssuedInvoice Issued, int Attempts)?> ToDeliverAsync(Guid invoiceId, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        InvoiceAccount account = (await context.AccountsOfInvoicesAsync([invoiceId], cancellationToken))[invoiceId];
        if (account.DeliveryState is DeliveryState.Delivered or DeliveryState.Failed) return null;
        return await context.IssuedAsync(Caller.System, invoiceId, cancellationToken) is var (invoice, bytes) ? (new IssuedInvoice(invoice, bytes), account.DeliveryAttempts.Count) : null;
    }

    private async Task RecordAsync(Guid invoiceId, int number, DeliveryAttempt? attempt, DeliveryState state, CancellationToken cancellationToken)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"{invoiceId:N}/delivery/{number}");
        await runner.RunAsync(new RecordDelivery(), new RecordDelivery.Input(invoiceId, attempt, state), Caller.System, key, cancellationToken);
    }
}

/// <summary>An invoice was not taken and is tried again.</summary>
internal sealed class DeliveryDelayedException(string number, string? error) : Exception($"Invoice {number} was not taken: {error}");

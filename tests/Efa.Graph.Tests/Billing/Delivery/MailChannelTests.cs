using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.Delivery;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using MimeKit;

namespace Efa.Graph.Tests.Billing.Delivery;

public sealed class MailChannelTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task An_invoice_comes_by_mail_once_with_its_bytes_attached(StoreKind kind)
    {
        await using MailServer server = await MailServer.StartAsync();
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Invoice invoice = await story.BilledByMailAsync("rechnung@aachen.example");
        var channel = new MailChannel(DeliveryStory.To(server));

        await story.DeliverAsync(channel);
        // What was taken is not sent again, whoever asks.
        await new InvoiceDeliveryJob(story.Store.Runner, story.Store.Contexts, [channel], story.Store.Get<TimeProvider>()).RunAsync(invoice.Id, CancellationToken.None);

        ReceivedMail mail = Assert.Single(await server.EndAsync());
        Assert.Equal(("rechnung@markt.example", "rechnung@aachen.example"), (mail.From, Assert.Single(mail.To)));
        MimeMessage message = mail.Message;
        Assert.Equal(("Rechnung GD-R-2026-000001 von govdigital", $"{invoice.Id:N}@markt.example"), (message.Subject, message.MessageId));
        Assert.Equal(("\"Marktplatz\" <rechnung@markt.example>", "\"Stadt Aachen\" <rechnung@aachen.example>", "\"Rechnungsstelle\" <rechnung@govdigital.example>"), (message.From.ToString(), message.To.ToString(), message.ReplyTo.ToString()));
        Assert.Contains("anbei erhalten Sie die Rechnung GD-R-2026-000001 vom 15.02.2026 über 14.661,45 EUR als E-Rechnung (XRechnung).", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("Fällig am 17.03.2026, Verwendungszweck GD-R-2026-000001", message.TextBody, StringComparison.Ordinal);
        var attachment = (MimePart)Assert.Single(message.Attachments);
        Assert.Equal(("GD-R-2026-000001.xml", "application/xml"), (attachment.FileName, attachment.ContentType.MimeType));
        using var content = new MemoryStream();
        attachment.Content!.DecodeTo(content);
        Assert.Equal(await story.BytesAsync(invoice), content.ToArray());

        InvoiceAccount account = await story.AccountAsync(invoice.Id);
        DeliveryAttempt attempt = Assert.Single(account.DeliveryAttempts);
        Assert.Equal((DeliveryState.Delivered, 250, (string?)null, story.Store.Clock.GetUtcNow()), (account.DeliveryState, attempt.Status!.Value, attempt.Error, attempt.At));
        Assert.Equal(["invoice.issued", "invoice.delivered"], await story.EventsAsync(invoice.Id));
    }

    [SkippableFact]
    public async Task Credit_notes_and_corrections_say_what_they_are()
    {
        await using MailServer server = await MailServer.StartAsync();
        await using MarketStory story = await MarketStory.BeginAsync(StoreKind.Sqlite);
        Invoice invoice = await story.BilledByMailAsync("rechnung@aachen.example");
        Guid correction = await story.DoAsync(new CorrectInvoice(), new CorrectInvoice.Input(invoice.Id, "Name", story.Store.Today, story.Store.Today.AddDays(14)), story.As(SmallMarket.Govdigital));
        await story.CreditAsync(correction);

        await story.DeliverAsync(new MailChannel(DeliveryStory.To(server)));

        IReadOnlyList<ReceivedMail> received = await server.EndAsync();
        Assert.Equal(
            ["Korrigierte Rechnung GD-R-2026-000002 von govdigital", "Rechnung GD-R-2026-000001 von govdigital", "Rechnungskorrektur GD-R-2026-000003 von govdigital"],
            received.Select(m => m.Message.Subject).Order(StringComparer.Ordinal));
        Assert.Contains(received, m => m.Message.TextBody!.Contains("die Rechnungskorrektur GD-R-2026-000003 vom 15.02.2026 zur Rechnung GD-R-2026-000002 über", StringComparison.Ordinal));
        Assert.Equal(3, received.Select(m => m.Message.MessageId).Distinct().Count());
    }

    [SkippableFact]
    public async Task A_mailbox_that_does_not_exist_is_not_tried_again()
    {
        await using MailServer server = await MailServer.StartAsync();
        await using MarketStory story = await MarketStory.BeginAsync(StoreKind.Sqlite);
        Invoice invoice = await story.BilledByMailAsync("unbekannt@aachen.example");

        await story.DeliverAsync(new MailChannel(DeliveryStory.To(server)));

        InvoiceAccount account = await story.AccountAsync(invoice.Id);
        Assert.Equal((DeliveryState.Failed, 550, "No such mailbox"), (account.DeliveryState, Assert.Single(account.DeliveryAttempts).Status!.Value, account.DeliveryAttempts[0].Error));
        Assert.Equal((JobState.Done, 1), ((await story.JobAsync(invoice.Id)).State, (await story.JobAsync(invoice.Id)).Attempts));
        Assert.Empty(await server.EndAsync());
    }

    [SkippableFact]
    public async Task A_server_that_has_no_time_is_asked_again_after_a_minute()
    {
        await using MailServer server = await MailServer.StartAsync();
        await using MarketStory story = await MarketStory.BeginAsync(StoreKind.Sqlite);
        Invoice invoice = await story.BilledByMailAsync("spaeter@aachen.example");
        var channel = new MailChannel(DeliveryStory.To(server));

        await story.DeliverAsync(channel);
        Assert.Equal(DeliveryState.Retrying, (await story.AccountAsync(invoice.Id)).DeliveryState);
        Assert.Equal(story.Store.Clock.GetUtcNow().AddMinutes(1), (await story.JobAsync(invoice.Id)).NotBefore);
        story.Store.Clock.Advance(TimeSpan.FromMinutes(1));
        await story.DeliverAsync(channel);

        InvoiceAccount account = await story.AccountAsync(invoice.Id);
        Assert.Equal(DeliveryState.Delivered, account.DeliveryState);
        Assert.Equal([(451, "Try again later"), (250, null)], account.DeliveryAttempts.Select(a => (a.Status!.Value, a.Error)));
        Assert.Equal(["invoice.issued", "invoice.delivery-delayed", "invoice.delivered"], await story.EventsAsync(invoice.Id));
        Assert.Single(await server.EndAsync());
    }

    [SkippableFact]
    public async Task A_server_that_takes_too_long_may_get_it_twice_and_can_tell()
    {
        await using MailServer server = await MailServer.StartAsync();
        await using MarketStory story = await MarketStory.BeginAsync(StoreKind.Sqlite);
        Invoice invoice = await story.BilledByMailAsync("stumm@aachen.example");
        MailOptions options = DeliveryStory.To(server);
        options.TimeoutSeconds = 2;
        var channel = new MailChannel(options);

        await story.DeliverAsync(channel);
        DeliveryAttempt attempt = Assert.Single((await story.AccountAsync(invoice.Id)).DeliveryAttempts);
        Assert.Equal(((int?)null, "The mail server did not finish within 2 seconds."), (attempt.Status, attempt.Error));
        Assert.InRange(attempt.DurationMs, 1_900, 30_000);
        story.Store.Clock.Advance(TimeSpan.FromMinutes(1));
        options.TimeoutSeconds = 60;
        await story.DeliverAsync(new MailChannel(options));

        Assert.Equal(DeliveryState.Delivered, (await story.AccountAsync(invoice.Id)).DeliveryState);
        IReadOnlyList<ReceivedMail> received = await server.EndAsync();
        Assert.Equal(2, received.Count);
        Assert.Equal($"{invoice.Id:N}@markt.example", Assert.Single(received.Select(m => m.Message.MessageId).Distinct()));
    }

    [SkippableFact]
    public async Task Without_a_certificate_that_is_trusted_nothing_is_sent_and_at_last_it_is_given_up()
    {
        await using MailServer server = await MailServer.StartAsync();
        await using MarketStory story = await MarketStory.BeginAsync(StoreKind.Sqlite);
        Invoice invoice = await story.BilledByMailAsync("rechnung@aachen.example");
        MailOptions options = DeliveryStory.To(server);
        options.Security = MailSecurity.StartTls;

        foreach (int minutes in new[] { 1, 4, 16, 64, 256, 1024, 4096 })
        {
            await story.DeliverAsync(new MailChannel(options));
            story.Store.Clock.Advance(TimeSpan.FromMinutes(minutes));
        }

        InvoiceAccount account = await story.AccountAsync(invoice.Id);
        Assert.Equal((DeliveryState.Failed, 7), (account.DeliveryState, account.DeliveryAttempts.Count));
        Assert.All(account.DeliveryAttempts, a => Assert.Contains("certificate", a.Error, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(JobState.Failed, (await story.JobAsync(invoice.Id)).State);
        Assert.Empty(await server.EndAsync());
    }

    [SkippableTheory]
    [InlineData("geheim", DeliveryState.Delivered)]
    [InlineData("falsch", DeliveryState.Retrying)]
    public async Task A_password_is_asked_for_and_a_wrong_one_is_a_matter_of_settings(string password, DeliveryState expected)
    {
        await using MailServer server = await MailServer.StartAsync();
        await using MarketStory story = await MarketStory.BeginAsync(StoreKind.Sqlite);
        Invoice invoice = await story.BilledByMailAsync("rechnung@aachen.example");
        MailOptions options = DeliveryStory.To(server);
        (options.User, options.Password) = ("markt", password);

        await story.DeliverAsync(new MailChannel(options));

        Assert.Equal(expected, (await story.AccountAsync(invoice.Id)).DeliveryState);
        Assert.Equal(expected == DeliveryState.Delivered ? ["markt"] : [], (await server.EndAsync()).Select(m => m.User!));
    }
}

using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.Delivery;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Billing.Delivery;

public sealed class InvoiceDeliveryTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    [Trait("attack", "V21")]
    public async Task A_folder_takes_each_invoice_whole_under_its_number(StoreKind kind)
    {
        using var folder = new TestFolder();
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Invoice invoice = await story.BilledAsync();
        Invoice note = await story.CreditAsync(invoice.Id);

        await story.DeliverAsync(new FolderChannel(folder.Path));

        Assert.Equal(["GD-R-2026-000001.xml", "GD-R-2026-000002.xml"], Directory.EnumerateFiles(folder.Path).Select(f => Path.GetFileName(f)).Order());
        Assert.Equal(await story.BytesAsync(invoice), await File.ReadAllBytesAsync(Path.Combine(folder.Path, "GD-R-2026-000001.xml")));
        foreach (Guid id in new[] { invoice.Id, note.Id }) Assert.Equal(DeliveryState.Delivered, (await story.AccountAsync(id)).DeliveryState);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_folder_that_is_gone_is_tried_again(StoreKind kind)
    {
        using var folder = new TestFolder();
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Invoice invoice = await story.BilledAsync();
        var channel = new FolderChannel(Path.Combine(folder.Path, "away"));

        await story.DeliverAsync(channel);
        Assert.Equal(DeliveryState.Retrying, (await story.AccountAsync(invoice.Id)).DeliveryState);
        Directory.CreateDirectory(Path.Combine(folder.Path, "away"));
        story.Store.Clock.Advance(TimeSpan.FromMinutes(1));
        await story.DeliverAsync(channel);

        Assert.Equal(DeliveryState.Delivered, (await story.AccountAsync(invoice.Id)).DeliveryState);
    }

    [Fact]
    public async Task An_access_point_is_one_more_channel_and_each_buyer_has_the_first_that_reaches_him()
    {
        using var folder = new TestFolder();
        await using MarketStory story = await MarketStory.BeginAsync(StoreKind.Sqlite);
        Invoice aachen = await story.BilledByMailAsync("rechnung@aachen.example");
        Invoice lippe = await story.BilledAsync(buyer: SmallMarket.Lippe);
        var accessPoint = new AccessPoint();

        await story.DeliverAsync(accessPoint, new FolderChannel(folder.Path));

        (string participant, byte[] xml) = Assert.Single(accessPoint.Sent);
        Assert.Equal("0204:05-LIPPE-08", participant);
        Assert.Equal(await story.BytesAsync(lippe), xml);
        Assert.Equal([$"{aachen.Number}.xml"], Directory.EnumerateFiles(folder.Path).Select(f => Path.GetFileName(f)));
    }

    [Fact]
    public async Task An_invoice_of_tomorrow_is_sent_tomorrow_and_one_that_no_channel_reaches_stays_pending()
    {
        using var folder = new TestFolder();
        await using MarketStory story = await MarketStory.BeginAsync(StoreKind.Sqlite);
        Invoice invoice = await story.BilledAsync();
        Guid id = await story.DoAsync(new CorrectInvoice(), new CorrectInvoice.Input(invoice.Id, "Name", story.Store.Today.AddDays(1), story.Store.Today.AddDays(14)), story.As(SmallMarket.Govdigital));

        await story.DeliverAsync(new FolderChannel(folder.Path));
        Assert.Equal((DeliveryState.Delivered, DeliveryState.Pending), ((await story.AccountAsync(invoice.Id)).DeliveryState, (await story.AccountAsync(id)).DeliveryState));
        Assert.Equal(new DateTimeOffset(2026, 2, 15, 23, 0, 0, TimeSpan.Zero), (await story.JobAsync(id)).NotBefore);

        story.Store.Clock.Advance(TimeSpan.FromDays(1));
        await story.DeliverAsync(new MailChannel(new MailOptions { Host = "127.0.0.1", From = "rechnung@markt.example" }));
        InvoiceAccount account = await story.AccountAsync(id);
        Assert.Equal((DeliveryState.Pending, 0, JobState.Done), (account.DeliveryState, account.DeliveryAttempts.Count, (await story.JobAsync(id)).State));
    }

    [Fact]
    public async Task The_server_delivers_where_a_folder_is_set_and_tells_it_in_the_api()
    {
        using var folder = new TestFolder();
        await using TradeHost trade = await TradeHost.StartAsync(settings: new Dictionary<string, string> { ["Delivery:Folder"] = folder.Path });
        await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await trade.BillAsync();

        JsonElement invoice = default;
        for (int i = 0; i < 300; i++)
        {
            invoice = (await trade.AskAsync("{ invoices { nodes { deliveryState deliveryAttempts { at status error } xml { content } } } }", client: SmallMarket.Aachen)).Data.At("invoices", "nodes")[0];
            if (invoice.GetProperty("deliveryState").GetString() == "DELIVERED") break;
            await Task.Delay(100);
        }

        Assert.Equal("DELIVERED", invoice.GetProperty("deliveryState").GetString());
        Assert.Equal("""[{"at":"2026-02-15T12:00:00.001Z","status":null,"error":null}]""", invoice.GetProperty("deliveryAttempts").ToString());
        Assert.Equal(invoice.At("xml", "content").GetString(), await File.ReadAllTextAsync(Path.Combine(folder.Path, "GD-R-2026-000001.xml")));
    }

    [Theory]
    [InlineData("Mail:Host is missing, but other settings of section Mail are there.", null, "rechnung@markt.example")]
    [InlineData("Mail:From must be an e-mail address, such as Marktplatz <rechnung@marktplatz.example>.", "mail.example", null)]
    [InlineData("Mail:From must be an e-mail address, such as Marktplatz <rechnung@marktplatz.example>.", "mail.example", "nobody")]
    [InlineData("Mail:User and Mail:Password come together.", "mail.example", "a@b.example", "user")]
    [InlineData("Mail:Security is None, but a password is never sent in clear.", "mail.example", "a@b.example", "user", "secret", MailSecurity.None)]
    [InlineData("Mail:Port is 0, but must be from 1 to 65535.", "mail.example", "a@b.example", null, null, MailSecurity.Tls, 0)]
    [InlineData("Mail:TimeoutSeconds is 0, but must be from 1 to 600.", "mail.example", "a@b.example", null, null, MailSecurity.Tls, 465, 0)]
    [InlineData(null, "mail.example", "Markt <a@b.example>", "user", "secret")]
    [InlineData(null, null, null)]
    public void Settings_that_cannot_work_are_named(
        string? problem, string? host, string? from, string? user = null, string? password = null, MailSecurity security = MailSecurity.StartTls, int port = 587, int timeout = 30) =>
        Assert.Equal(problem, MailOptions.Problem(new MailOptions { Host = host, From = from, User = user, Password = password, Security = security, Port = port, TimeoutSeconds = timeout }));

    /// <summary>What a Peppol access point would be here.</summary>
    private sealed class AccessPoint : InvoiceChannel
    {
        public List<(string Participant, byte[] Xml)> Sent { get; } = [];

        public override bool Reaches(InvoiceParty buyer) => buyer.ElectronicAddressScheme == "0204";

        public override Task<Handover> DeliverAsync(IssuedInvoice issued, CancellationToken cancellationToken)
        {
            Sent.Add(($"{issued.Invoice.BuyerParty.ElectronicAddressScheme}:{issued.Invoice.BuyerParty.ElectronicAddress}", issued.Xml));
            return Task.FromResult(Handover.Taken(202));
        }
    }

    private sealed class TestFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("efa_test_").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

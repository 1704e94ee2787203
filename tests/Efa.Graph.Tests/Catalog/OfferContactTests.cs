using System.Text.Json;
using Efa.Graph.Engine.Types;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Catalog;

public sealed class OfferContactTests
{
    private const string Person = "musterfrau@supplier.example";

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_person_is_forgotten_in_all_versions_and_what_is_hashed_stays(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store, change: seed => seed with
        {
            Offers = [.. seed.Offers.Select(o => o.Key == SmallMarket.Portal ? o with { Contacts = [new("Musterfrau", Person, ContactPurpose.Technical), new("Stelle", "stelle@supplier.example", ContactPurpose.General)] } : o)],
        });
        const string query = "query($id: ID!) { offer(by: { id: $id }) { contacts { id email } publishedVersion { contentHash } } }";
        JsonElement offer = (await trade.AskAsync(query, new { id = trade.Offer(SmallMarket.Portal) }, SmallMarket.Supplier)).Data.GetProperty("offer");
        string contact = offer.GetProperty("contacts").EnumerateArray().Single(c => c.GetProperty("email").GetString() == Person).GetProperty("id").GetString()!;
        await CopyAsync(trade, contact);
        long head = await trade.HeadAsync();
        Assert.Equal("PERMISSION_DENIED", await EraseAsync(trade, contact, SmallMarket.Govdigital));
        Assert.Equal("NOT_FOUND", await EraseAsync(trade, contact, SmallMarket.Wismar));
        Assert.Equal(head, await trade.HeadAsync());

        Assert.Null(await EraseAsync(trade, contact, SmallMarket.Supplier));

        JsonElement after = (await trade.AskAsync(query, new { id = trade.Offer(SmallMarket.Portal) }, SmallMarket.Supplier)).Data.GetProperty("offer");
        Assert.Equal("stelle@supplier.example", Assert.Single(after.GetProperty("contacts").EnumerateArray()).GetProperty("email").GetString());
        Assert.Equal(offer.GetProperty("publishedVersion").ToString(), after.GetProperty("publishedVersion").ToString());
        await using MarketContext context = await ContextAsync(trade);
        Assert.False(await context.Set<VersionContact>().AnyAsync(c => c.Email == Person));
        Guid id = GlobalIds.Parse(trade.Offer(SmallMarket.Portal), IdPrefix.Offer);
        OfferVersion version = await context.Set<OfferVersion>().Include(v => v.AvailableIn).Include(v => v.ConnectionTypes).Include(v => v.SpecialistApplications).Include(v => v.Terms)
            .Include(v => v.Documents).AsSplitQuery().SingleAsync(v => v.OfferId == id);
        Dictionary<Guid, string> hashes = await context.Set<TermsDocument>().ToDictionaryAsync(t => t.Id, t => t.Sha256);
        OfferContent content = OfferContent.Of(version);
        Assert.Equal(version.ContentHash, content.Hash(content.TermsIds.Select(t => hashes[t])));
        // No reader of the catalogue is told.
        LoggedEvent told = await context.Set<LoggedEvent>().SingleAsync(e => e.SubjectId == id);
        Assert.Equal(("offer.contact_erased", "contacts", null, null), (told.Type, told.ChangedFields, told.FromState, told.ToState));
    }

    /// <summary>The same person in another version's list.</summary>
    private static async Task CopyAsync(TradeHost trade, string contact)
    {
        await using MarketContext context = await ContextAsync(trade);
        Guid id = GlobalIds.Parse(contact, IdPrefix.Contact);
        VersionContact known = await context.Set<VersionContact>().SingleAsync(c => c.Id == id);
        context.Add(new VersionContact { Id = Guid.CreateVersion7(), VersionId = known.VersionId, Position = 2, Name = "Frau Musterfrau", Email = known.Email });
        await context.SaveChangesAsync();
    }

    private static async Task<string?> EraseAsync(TradeHost trade, string contactId, string who)
    {
        JsonElement payload = (await trade.RunAsync("EraseContact", new { input = new { contactId, idempotencyKey = trade.NewKey() } }, who)).Data.GetProperty("eraseContact");
        return payload.GetProperty("errors") is { } errors && errors.GetArrayLength() > 0 ? errors[0].GetProperty("code").GetString() : null;
    }

    private static Task<MarketContext> ContextAsync(TradeHost trade) => trade.Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
}

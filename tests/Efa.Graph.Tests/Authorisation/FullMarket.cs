using System.Text.Json;
using Efa.Graph.Engine.Types;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Authorisation;

/// <summary>A thing of the market, whose party shows it, and who else sees it.</summary>
internal sealed record Thing(string Type, string Id, string Party, Seen Seen);

/// <summary>The small market with one of everything that has an id, and what each field is asked with.</summary>
public sealed class FullMarket : IAsyncLifetime
{
    public const string Name = "Full market";

    private const string Buyer = SmallMarket.Aachen;
    private const string Seller = SmallMarket.Govdigital;

    private static readonly Dictionary<string, string> NoLimits = new[] { "DocumentChars", "DocumentTokens", "Aliases", "ExpandedFields", "Depth", "ExecutionSeconds" }.ToDictionary(l => $"Limits:{l}", _ => "100000");

    private TradeHost? trade;

    internal TradeHost Trade => trade!;

    /// <summary>What was asked of the store since it was filled, and while it was.</summary>
    internal AskedQueries Asked { get; } = new();

    /// <summary>One of each type with an id. Where its fields are shown to fewer than all who see another one of its type, it stands here twice.</summary>
    internal IReadOnlyList<Thing> Things { get; private set; } = [];

    /// <summary>What fields are asked with, where they need something or are empty without it.</summary>
    internal IReadOnlyDictionary<string, string> Arguments { get; private set; } = new Dictionary<string, string>();

    /// <summary>The party that is shown a root field, where that is not the buyer.</summary>
    internal static string PartyOf(string rootField) =>
        rootField is "offerImport" or "offerImports" ? SmallMarket.Supplier : rootField is "billingPreview" or "billingRuns" or "accreditations" ? Seller : Buyer;

    internal static string ClientOf(Who who, string party) => who switch
    {
        Who.Stranger => TradeHost.AllOf(SmallMarket.Wismar),
        Who.Powerless => TradeHost.NoneOf(party),
        _ => TradeHost.AllOf(party),
    };

    public async Task InitializeAsync()
    {
        trade = await TradeHost.StartAsync(settings: NoLimits, services: Asked.AddTo);
        await FillAsync();
    }

    public async Task DisposeAsync()
    {
        if (trade is not null) await trade.DisposeAsync();
    }

    internal Task<Answer> AskAsync(string query, Who who, string party) => who == Who.Anonymous ? Trade.AskAsync(query) : Trade.AskAsync(query, client: ClientOf(who, party));

    private async Task FillAsync()
    {
        string buyer = Trade.Organisation(Buyer), seller = Trade.Organisation(Seller);
        await DescribeSellerAsync(seller);
        await WantApprovalsAsync(SmallMarket.Solnhofen);
        string order = await Trade.ActiveAsync(SmallMarket.Portal, Buyer);
        await Trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Unreachable);
        string run = await Trade.BillAsync();
        // What is still to be billed.
        await Trade.ActiveAsync(SmallMarket.Mixed, Buyer);

        JsonElement known = (await Trade.AskAsync(
            "query($buyer: ID!, $offer: ID!) { organisation(id: $buyer) { accreditations { id } owns { nodes { id } } } invoices { nodes { id } } contracts { nodes { id } } apiClients(organisationId: $buyer) { id clientId } "
            + "offer(by: { id: $offer }) { service { id } publishedVersion { id } } }",
            new { buyer, offer = Trade.Offer(SmallMarket.Portal) }, TradeHost.AllOf(Buyer))).Data;
        string contact = (await Trade.AskAsync("query($id: ID!) { organisation(id: $id) { contacts { id } } }", new { id = seller }, TradeHost.AllOf(Seller))).Data.At("organisation", "contacts")[0].GetProperty("id").GetString()!;
        string service = known.At("offer", "service", "id").GetString()!;
        string contract = known.At("contracts", "nodes")[0].GetProperty("id").GetString()!;
        string invoice = known.At("invoices", "nodes")[0].GetProperty("id").GetString()!;

        string import = (await new Catalog.Imports.ImportDesk(Trade).StartAsync()).GetProperty("id").GetString()!;

        Things =
        [
            new("Organisation", seller, Buyer, Seen.ByEverybody),
            new("Organisation", Trade.Organisation(SmallMarket.Aggregator), SmallMarket.Aggregator, Seen.ByEverybody),
            new("Organisation", Trade.Organisation(SmallMarket.Solnhofen), SmallMarket.Solnhofen, Seen.ByEverybody),
            new("Ownership", known.At("organisation", "owns", "nodes")[0].GetProperty("id").GetString()!, Buyer, Seen.ByEverybody),
            new("Accreditation", known.At("organisation", "accreditations")[0].GetProperty("id").GetString()!, Buyer, Seen.ByParties),
            new("Contact", contact, Buyer, Seen.ByParties),
            new("TermsDocument", Trade.Terms("general"), Buyer, Seen.ByEverybody),
            new("Service", service, Buyer, Seen.ByEverybody),
            new("Offer", Trade.Offer(SmallMarket.Portal), Buyer, Seen.ByEverybody),
            new("Offer", Trade.Offer(SmallMarket.Unpublished), Seller, Seen.ByParties),
            new("OfferVersion", known.At("offer", "publishedVersion", "id").GetString()!, Buyer, Seen.ByEverybody),
            new("OfferVersion", await DraftAsync(), Seller, Seen.ByParties),
            new("OfferImport", import, SmallMarket.Supplier, Seen.ByPartiesWithScope),
            new("Order", order, Buyer, Seen.ByPartiesWithScope),
            new("Contract", contract, Buyer, Seen.ByPartiesWithScope),
            new("Invoice", invoice, Buyer, Seen.ByPartiesWithScope),
            new("BillingRun", run, Seller, Seen.ByPartiesWithScope),
            new("ApiClient", known.GetProperty("apiClients").EnumerateArray().Single(c => c.GetProperty("clientId").GetString() == Buyer).GetProperty("id").GetString()!, Buyer, Seen.ByPartiesWithScope),
        ];
        long entries = await AuditSizeAsync();
        const string quote = "{ for: { ars: \"053340002002\" }, startsOn: \"2026-02-15\" }";
        Arguments = new Dictionary<string, string>
        {
            // Without its own organisation, of which a stranger sees all.
            ["Query.organisations"] = "filter: { search: \"govdigital\" }",
            ["Query.organisation"] = $"id: \"{buyer}\"",
            ["Query.accreditations"] = $"sellerId: \"{seller}\"",
            ["Query.apiClients"] = $"organisationId: \"{buyer}\"",
            ["Query.termsDocuments"] = $"ownerId: \"{seller}\"",
            ["Query.offer"] = $"by: {{ id: \"{Trade.Offer(SmallMarket.Portal)}\" }}",
            ["Query.offerSuggestions"] = $"search: \"{SmallMarket.Portal}\"",
            ["Query.service"] = $"by: {{ id: \"{service}\" }}",
            ["Query.offerImport"] = $"id: \"{import}\"",
            ["Query.offerImports"] = $"supplierId: \"{Trade.Organisation(SmallMarket.Supplier)}\"",
            ["Query.order"] = $"by: {{ id: \"{order}\" }}",
            ["Query.contract"] = $"by: {{ id: \"{contract}\" }}",
            ["Query.invoice"] = $"by: {{ id: \"{invoice}\" }}",
            ["Query.billingPreview"] = $"sellerId: \"{seller}\", year: 2026",
            ["Query.billingRuns"] = $"sellerId: \"{seller}\"",
            ["AuditEntry.inclusionProof"] = $"treeSize: {entries}",
            ["Offer.asOf"] = "at: \"2026-02-15T12:00:00Z\"",
            ["Offer.eligibility"] = $"organisationId: \"{buyer}\"",
            ["Offer.eligibilities"] = $"organisationIds: [\"{buyer}\"]",
            ["Offer.quote"] = $"input: {quote}",
            ["Offer.quotes"] = $"inputs: [{quote}]",
        };
    }

    private async Task DescribeSellerAsync(string seller)
    {
        var input = new
        {
            organisationId = seller,
            expectedVersion = 0,
            leitwegId = "05999024-12345-95",
            vatId = "DE123456789",
            taxNumber = "27/123/45678",
            registerNumber = "GnR 123",
            idempotencyKey = Trade.NewKey(),
        };
        Answer answer = await Trade.RunAsync("UpdateOrganisation", new { input }, TradeHost.AllOf(Seller));
        Assert.Empty(answer.Data.At("updateOrganisation", "errors").EnumerateArray());
    }

    private async Task WantApprovalsAsync(string organisation)
    {
        var input = new { organisationId = Trade.Organisation(organisation), expectedVersion = 0, rules = new[] { new { amountAbove = "1000000", approvals = 1 } }, idempotencyKey = Trade.NewKey() };
        Answer answer = await Trade.RunAsync("SetApprovalRules", new { input }, TradeHost.AllOf(organisation));
        Assert.Empty(answer.Data.At("setApprovalRules", "errors").EnumerateArray());
    }

    private async Task<long> AuditSizeAsync()
    {
        await using MarketContext context = await Trade.Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        return await context.Set<LogHead>().Select(h => h.TreeSize).SingleAsync();
    }

    private async Task<string> DraftAsync()
    {
        await using MarketContext context = await Trade.Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        return GlobalIds.Of(IdPrefix.OfferVersion, await context.Set<OfferVersion>().Where(v => v.State == OfferVersionState.Draft).Select(v => v.Id).SingleAsync());
    }
}

[CollectionDefinition(FullMarket.Name)]
public sealed class FullMarketCollection : ICollectionFixture<FullMarket>;

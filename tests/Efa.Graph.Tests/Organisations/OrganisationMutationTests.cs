using System.Diagnostics;
using System.Text.Json;
using Efa.Graph.Engine.Types;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Organisations;

public sealed class OrganisationMutationTests
{
    private static readonly string Aachen = TradeHost.AllOf(SmallMarket.Aachen);
    private static readonly string Govdigital = TradeHost.AllOf(SmallMarket.Govdigital);

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task What_is_given_changes_what_is_null_is_emptied_and_the_rest_stays(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        var first = new Dictionary<string, object?>
        {
            ["organisationId"] = trade.Organisation(SmallMarket.Aachen),
            ["expectedVersion"] = 0,
            ["vatId"] = "DE123456789",
            ["taxNumber"] = "27/123/45678",
            ["electronicAddress"] = new { scheme = "EM", value = "rechnung@aachen.example" },
            ["address"] = new { street = "Markt 1", postalCode = "52062", city = "Aachen" },
            ["iban"] = "DE89 3704 0044 0532 0130 00",
            ["contacts"] = new object[] { Contact("Poststelle", "post@aachen.example"), Contact("Rechnungsstelle", "rechnung@aachen.example", "INVOICING") },
            ["idempotencyKey"] = trade.NewKey(),
        };
        JsonElement changed = (await DoneAsync(trade, "UpdateOrganisation", first, Aachen)).GetProperty("organisation");
        Assert.Equal(1, changed.GetProperty("version").GetInt32());
        Assert.Equal("""{"scheme":"EM","value":"rechnung@aachen.example"}""", changed.GetProperty("electronicAddress").ToString());
        Assert.Equal("""{"street":"Markt 1","postalCode":"52062","city":"Aachen","countryCode":"DE"}""", changed.GetProperty("address").ToString());
        Assert.Equal("DE89370400440532013000", changed.GetProperty("iban").GetString());
        Assert.Equal(["Poststelle", "Rechnungsstelle"], changed.GetProperty("contacts").Texts("name").Order(StringComparer.Ordinal));
        string leitwegId = changed.GetProperty("leitwegId").GetString()!;

        var second = new Dictionary<string, object?>
        {
            ["organisationId"] = trade.Organisation(SmallMarket.Aachen),
            ["expectedVersion"] = 1,
            ["name"] = "Stadt Aachen, Hauptamt",
            ["taxNumber"] = null,
            ["contacts"] = new object[] { Contact("Zentrale", "zentrale@aachen.example") },
            ["idempotencyKey"] = trade.NewKey(),
        };
        changed = (await DoneAsync(trade, "UpdateOrganisation", second, Aachen)).GetProperty("organisation");
        Assert.Equal((JsonValueKind.Null, "DE123456789", leitwegId), (changed.GetProperty("taxNumber").ValueKind, changed.GetProperty("vatId").GetString(), changed.GetProperty("leitwegId").GetString()));
        Assert.Equal("Zentrale", Assert.Single(changed.GetProperty("contacts").EnumerateArray()).GetProperty("name").GetString());
        Answer found = await trade.AskAsync("{ organisations(filter: { search: \"hauptamt\" }) { nodes { name } } }", client: Aachen);
        Assert.Equal("Stadt Aachen, Hauptamt", Assert.Single(found.Data.At("organisations", "nodes").EnumerateArray()).GetProperty("name").GetString());

        // Whoever was too late is told what changed, by names that tell no person.
        JsonElement stale = await RefusedAsync(trade, "UpdateOrganisation", "organisation", Changed(second, ("idempotencyKey", "late")), Aachen, "StaleVersionError", "STALE_VERSION", "input", "expectedVersion");
        Assert.Equal("""["name","taxNumber","contacts"]""", stale.GetProperty("changedFields").ToString());
    }

    [Fact]
    [Trait("attack", "V13"), Trait("attack", "V20")]
    public async Task Master_data_that_break_a_rule_are_told_by_their_path()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        await InvalidAsync("REQUIRED", new { name = (string?)null }, "name");
        await InvalidAsync("TOO_LONG", new { name = new string('x', 301) }, "name");
        foreach (string name in new[] { "\u202egnp.exe", "Stadt\u200bBonn", "Stadt\r\nBonn", "Stadt\u00adBonn" }) await InvalidAsync("NAME_INVALID", new { name }, "name");
        await InvalidAsync("NAME_INVALID", new { contacts = new[] { Contact("Post\r\nBcc: x@y.example", "post@aachen.example") } }, "contacts", "0", "name");
        await InvalidAsync("VAT_ID_INVALID", new { vatId = "DE12345678" }, "vatId");
        await InvalidAsync("TOO_LONG", new { taxNumber = new string('1', 31) }, "taxNumber");
        await InvalidAsync("TEXT_INVALID", new { registerNumber = "HRB\u0001" }, "registerNumber");
        await InvalidAsync("ELECTRONIC_ADDRESS_INVALID", new { electronicAddress = new { scheme = "0204", value = "05334002-31XYZ-00" } }, "electronicAddress");
        await InvalidAsync("ELECTRONIC_ADDRESS_INVALID", new { electronicAddress = new { scheme = "9999", value = "x" } }, "electronicAddress");
        await InvalidAsync("COUNTRY_UNKNOWN", new { address = new { street = "Markt 1", postalCode = "52062", city = "Aachen", countryCode = "XX" } }, "address", "countryCode");
        await InvalidAsync("REQUIRED", new { address = new { street = " ", postalCode = "52062", city = "Aachen" } }, "address", "street");
        await InvalidAsync("EMAIL_INVALID", new { contacts = new[] { Contact("Post", "post@aachen.example"), Contact("Post", "post at aachen") } }, "contacts", "1", "email");
        await InvalidAsync("EMAIL_INVALID", new { contacts = new[] { Contact("Post", "post@aachen.example\r\nBcc: x@y.example") } }, "contacts", "0", "email");
        await InvalidAsync("TOO_MANY", new { contacts = Enumerable.Range(0, 51).Select(i => Contact("Post", $"post{i}@aachen.example")) }, "contacts");

        async Task InvalidAsync(string code, object change, params string[] path)
        {
            Dictionary<string, object?> input = JsonSerializer.SerializeToElement(change).EnumerateObject().ToDictionary(p => p.Name, object? (p) => p.Value);
            (input["organisationId"], input["expectedVersion"], input["idempotencyKey"]) = (trade.Organisation(SmallMarket.Aachen), 0, trade.NewKey());
            await RefusedAsync(trade, "UpdateOrganisation", "organisation", input, Aachen, "ValidationError", code, ["input", .. path]);
        }
    }

    [Fact]
    [Trait("attack", "V14")]
    public async Task A_name_is_kept_in_one_Unicode_form_however_it_was_typed()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var input = new Dictionary<string, object?>
        {
            ["organisationId"] = trade.Organisation(SmallMarket.Aachen),
            ["expectedVersion"] = 0,
            ["name"] = "Ko\u0308ln",
            ["address"] = new { street = "Go\u0308bener Weg 1", postalCode = "50667", city = "Ko\u0308ln" },
            ["contacts"] = new object[] { Contact("Poststelle Ko\u0308ln", "post@koeln.example") },
            ["idempotencyKey"] = trade.NewKey(),
        };
        JsonElement changed = (await DoneAsync(trade, "UpdateOrganisation", input, Aachen)).GetProperty("organisation");
        Assert.Equal("K\u00f6ln", changed.GetProperty("name").GetString());
        Assert.Equal(("G\u00f6bener Weg 1", "K\u00f6ln"), (changed.At("address", "street").GetString(), changed.At("address", "city").GetString()));
        Assert.Equal("Poststelle K\u00f6ln", changed.GetProperty("contacts")[0].GetProperty("name").GetString());
    }

    [Fact]
    [Trait("attack", "V17")]
    public async Task A_text_that_patterns_choke_on_is_refused_at_once()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        long head = await trade.HeadAsync();
        foreach ((string field, string code) in new[] { ("vatId", "VAT_ID_INVALID"), ("electronicAddress", "ELECTRONIC_ADDRESS_INVALID"), ("contacts", "EMAIL_INVALID"), ("iban", "INVALID_VALUE"), ("leitwegId", "INVALID_VALUE") })
        {
            Assert.Equal((field, code), (field, await CodeAsync(field, "a@!")));
            long began = Stopwatch.GetTimestamp();
            Assert.Equal((field, code), (field, await CodeAsync(field, $"a@{new string('a', 25_000)}{new string('.', 25_000)}!")));
            Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }
        Assert.Equal(head, await trade.HeadAsync());

        async Task<string?> CodeAsync(string field, string text)
        {
            object value = field switch { "electronicAddress" => new { scheme = "EM", value = text }, "contacts" => new[] { Contact("Post", text) }, _ => text };
            var input = new Dictionary<string, object?> { ["organisationId"] = trade.Organisation(SmallMarket.Aachen), ["expectedVersion"] = 0, [field] = value, ["idempotencyKey"] = trade.NewKey() };
            Answer answer = await trade.RunAsync("UpdateOrganisation", new { input }, Aachen);
            return answer.Json.TryGetProperty("errors", out _)
                ? answer.OnlyError.At("extensions", "code").GetString()
                : Assert.Single(answer.Data.At("updateOrganisation", "errors").Texts("code"));
        }
    }

    [Fact]
    public async Task Only_the_organisation_and_the_operator_change_it()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var input = new Dictionary<string, object?> { ["organisationId"] = trade.Organisation(SmallMarket.Aachen), ["expectedVersion"] = 0, ["taxNumber"] = "1", ["idempotencyKey"] = trade.NewKey() };
        await RefusedAsync(trade, "UpdateOrganisation", "organisation", input, Govdigital, "PermissionDeniedError", "PERMISSION_DENIED", "input", "organisationId");
        await RefusedAsync(trade, "UpdateOrganisation", "organisation", Changed(input, ("organisationId", Unknown(IdPrefix.Organisation))), Aachen, "NotFoundError", "NOT_FOUND", "input", "organisationId");
        Assert.Equal("1", (await DoneAsync(trade, "UpdateOrganisation", input, TradeHost.Operator)).At("organisation", "taxNumber").GetString());
    }

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task An_erased_contact_is_gone_and_issued_invoices_keep_whom_they_named(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await trade.BillAsync();
        const string invoices = "{ invoices { nodes { xml { content sha256 } } } }";
        JsonElement before = (await trade.AskAsync(invoices, client: Aachen)).Data;
        string xml = before.At("invoices", "nodes")[0].At("xml", "content").GetString()!;
        Assert.Contains("Rechnungsstelle", xml, StringComparison.Ordinal);
        Assert.Contains("+49 30 5550101", xml, StringComparison.Ordinal);
        const string contacts = "query($id: ID!) { organisation(id: $id) { contacts { id name } } }";
        object govdigital = new { id = trade.Organisation(SmallMarket.Govdigital) };
        string id = (await trade.AskAsync(contacts, govdigital, Aachen)).Data.At("organisation", "contacts")[0].GetProperty("id").GetString()!;

        var input = new Dictionary<string, object?> { ["contactId"] = id, ["idempotencyKey"] = trade.NewKey() };
        await RefusedAsync(trade, "EraseContact", "erasedContactId", input, Aachen, "PermissionDeniedError", "PERMISSION_DENIED", "input", "contactId");
        await RefusedAsync(trade, "EraseContact", "erasedContactId", input, TradeHost.AllOf(SmallMarket.Wismar), "NotFoundError", "NOT_FOUND", "input", "contactId");
        Assert.Equal(id, (await DoneAsync(trade, "EraseContact", input, Govdigital)).GetProperty("erasedContactId").GetString());
        Assert.Equal(id, (await DoneAsync(trade, "EraseContact", input, Govdigital)).GetProperty("erasedContactId").GetString());

        Assert.Empty((await trade.AskAsync(contacts, govdigital, Aachen)).Data.At("organisation", "contacts").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, (await trade.AskAsync("query($id: ID!) { node(id: $id) { id } }", new { id }, Govdigital)).Data.GetProperty("node").ValueKind);
        Assert.Equal(before.ToString(), (await trade.AskAsync(invoices, client: Aachen)).Data.ToString());
        await using MarketContext context = await trade.Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        LoggedEvent logged = await context.Set<LoggedEvent>().OrderByDescending(e => e.Position).FirstAsync();
        Assert.Equal(("organisation.updated", "contacts"), (logged.Type, logged.ChangedFields));
    }

    [Fact]
    public async Task The_operator_records_ownership_and_eligibility_follows()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var input = new Dictionary<string, object?>
        {
            ["ownerId"] = trade.Organisation(SmallMarket.Wismar),
            ["ownedId"] = trade.Organisation(SmallMarket.Govdigital),
            ["kind"] = "MEMBERSHIP",
            ["validFrom"] = "2026-01-01",
            ["idempotencyKey"] = trade.NewKey(),
        };
        await RefusedAsync(trade, "RecordOwnership", "ownership", input, Govdigital, "PermissionDeniedError", "PERMISSION_DENIED");
        await RefusedAsync(trade, "RecordOwnership", "ownership", Changed(input, ("ownedId", input["ownerId"])), TradeHost.Operator, "ValidationError", "OWNS_ITSELF", "input", "ownedId");
        await RefusedAsync(trade, "RecordOwnership", "ownership", Changed(input, ("validTo", "2025-12-31")), TradeHost.Operator, "ValidationError", "ENDS_BEFORE_BEGINNING", "input", "validTo");
        await RefusedAsync(trade, "RecordOwnership", "ownership", Changed(input, ("ownerId", Unknown(IdPrefix.Organisation))), TradeHost.Operator, "NotFoundError", "NOT_FOUND", "input", "ownerId");

        JsonElement ownership = (await DoneAsync(trade, "RecordOwnership", input, TradeHost.Operator)).GetProperty("ownership");
        Assert.Equal((1, "MEMBERSHIP", "2026-01-01"), (ownership.GetProperty("version").GetInt32(), ownership.GetProperty("kind").GetString(), ownership.GetProperty("validFrom").GetString()));
        await RefusedAsync(trade, "RecordOwnership", "ownership", Changed(input, ("idempotencyKey", "again")), TradeHost.Operator, "ValidationError", "OWNERSHIP_OVERLAPS", "input", "validFrom");
        Assert.Equal(["NOT_ACCREDITED"], await ReasonsAsync(trade, SmallMarket.Wismar));

        var end = new Dictionary<string, object?> { ["ownershipId"] = ownership.GetProperty("id").GetString(), ["expectedVersion"] = 1, ["validTo"] = "2026-01-31", ["idempotencyKey"] = trade.NewKey() };
        await RefusedAsync(trade, "EndOwnership", "ownership", end, Govdigital, "PermissionDeniedError", "PERMISSION_DENIED", "input", "ownershipId");
        await RefusedAsync(trade, "EndOwnership", "ownership", Changed(end, ("validTo", "2025-12-31")), TradeHost.Operator, "ValidationError", "ENDS_BEFORE_BEGINNING", "input", "validTo");
        Assert.Equal("2026-01-31", (await DoneAsync(trade, "EndOwnership", end, TradeHost.Operator)).At("ownership", "validTo").GetString());
        await RefusedAsync(trade, "EndOwnership", "ownership", Changed(end, ("idempotencyKey", "late")), TradeHost.Operator, "StaleVersionError", "STALE_VERSION", "input", "expectedVersion");
        Assert.Equal(["NO_INHOUSE_RELATION", "NOT_ACCREDITED"], await ReasonsAsync(trade, SmallMarket.Wismar));
    }

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_seller_decides_who_may_order_from_it(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        string wismar = TradeHost.AllOf(SmallMarket.Wismar);
        var request = new Dictionary<string, object?>
        {
            ["organisationId"] = trade.Organisation(SmallMarket.Wismar),
            ["sellerId"] = trade.Organisation(SmallMarket.Govdigital),
            ["basis"] = "MEMBER",
            ["evidence"] = "Beschluss vom 1.2.",
            ["idempotencyKey"] = trade.NewKey(),
        };
        await RefusedAsync(trade, "RequestAccreditation", "accreditation", request, Aachen, "NotFoundError", "NOT_FOUND", "input", "organisationId");
        await RefusedAsync(trade, "RequestAccreditation", "accreditation", Changed(request, ("sellerId", trade.Organisation(SmallMarket.Lippe))), wismar, "ValidationError", "NOT_A_SELLER", "input", "sellerId");
        JsonElement accreditation = (await DoneAsync(trade, "RequestAccreditation", request, wismar)).GetProperty("accreditation");
        Assert.Equal(("REQUESTED", "Beschluss vom 1.2."), (accreditation.GetProperty("state").GetString(), accreditation.GetProperty("evidence").GetString()));
        Assert.Equal(["NO_INHOUSE_RELATION", "ACCREDITATION_PENDING"], await ReasonsAsync(trade, SmallMarket.Wismar));
        JsonElement twice = await RefusedAsync(trade, "RequestAccreditation", "accreditation", Changed(request, ("idempotencyKey", "twice")), wismar, "InvalidStateError", "INVALID_STATE", "input", "sellerId");
        Assert.Equal("""["decideAccreditation"]""", twice.GetProperty("allowed").ToString());

        var decide = new Dictionary<string, object?>
        {
            ["accreditationId"] = accreditation.GetProperty("id").GetString(),
            ["expectedVersion"] = 1,
            ["decision"] = "GRANT",
            ["basis"] = "COOPERATION_AGREEMENT",
            ["validTo"] = "2026-12-31",
            ["idempotencyKey"] = trade.NewKey(),
        };
        await RefusedAsync(trade, "DecideAccreditation", "accreditation", decide, wismar, "PermissionDeniedError", "PERMISSION_DENIED", "input", "accreditationId");
        await RefusedAsync(trade, "DecideAccreditation", "accreditation", decide, Aachen, "NotFoundError", "NOT_FOUND", "input", "accreditationId");
        await RefusedAsync(trade, "DecideAccreditation", "accreditation", Changed(decide, ("basis", null)), Govdigital, "ValidationError", "REQUIRED", "input", "basis");
        await RefusedAsync(trade, "DecideAccreditation", "accreditation", Changed(decide, ("decision", "REJECT")), Govdigital, "ValidationError", "REQUIRED", "input", "reason");
        await RefusedAsync(trade, "DecideAccreditation", "accreditation", Changed(decide, ("validTo", "2026-02-14")), Govdigital, "ValidationError", "VALID_TO_PAST", "input", "validTo");
        await RefusedAsync(trade, "DecideAccreditation", "accreditation", Changed(decide, ("decision", "SUSPEND"), ("reason", "x")), Govdigital, "InvalidStateError", "INVALID_STATE", "input", "decision");

        accreditation = (await DoneAsync(trade, "DecideAccreditation", decide, Govdigital)).GetProperty("accreditation");
        Assert.Equal(("GRANTED", "COOPERATION_AGREEMENT", "2026-02-15", "2026-12-31"),
            (accreditation.GetProperty("state").GetString(), accreditation.GetProperty("basis").GetString(), accreditation.GetProperty("validFrom").GetString(), accreditation.GetProperty("validTo").GetString()));
        Assert.Equal(["COOPERATION_AGREEMENT"], await ReasonsAsync(trade, SmallMarket.Wismar));
        await RefusedAsync(trade, "DecideAccreditation", "accreditation", Changed(decide, ("idempotencyKey", "late")), Govdigital, "StaleVersionError", "STALE_VERSION", "input", "expectedVersion");

        await DoneAsync(trade, "DecideAccreditation", Changed(decide, ("expectedVersion", 2), ("decision", "REVOKE"), ("reason", "Vereinbarung beendet."), ("validTo", null), ("idempotencyKey", "revoke")), Govdigital);
        Assert.Equal(["ACCREDITATION_NOT_GRANTED"], await ReasonsAsync(trade, SmallMarket.Wismar));
        accreditation = (await DoneAsync(trade, "RequestAccreditation", Changed(request, ("idempotencyKey", "anew")), wismar)).GetProperty("accreditation");
        Assert.Equal(("REQUESTED", 4), (accreditation.GetProperty("state").GetString(), accreditation.GetProperty("version").GetInt32()));
    }

    private static object Contact(string name, string email, string purpose = "GENERAL") => new { name, email, purpose };

    private static string Unknown(string prefix) => GlobalIds.Of(prefix, Guid.CreateVersion7());

    private static Dictionary<string, object?> Changed(Dictionary<string, object?> input, params (string Name, object? Value)[] changes)
    {
        var changed = new Dictionary<string, object?>(input);
        foreach ((string name, object? value) in changes) changed[name] = value;
        return changed;
    }

    /// <summary>Why Wismar may, or may not, order from govdigital; asked by the seller.</summary>
    private static async Task<List<string?>> ReasonsAsync(TradeHost trade, string organisation) =>
        (await trade.AskAsync("query($offer: ID!, $id: ID!) { offer(by: { id: $offer }) { eligibility(organisationId: $id) { reasons { code } } } }",
            new { offer = trade.Offer(SmallMarket.Portal), id = trade.Organisation(organisation) }, Govdigital)).Data.At("offer", "eligibility", "reasons").Texts("code");

    private static async Task<JsonElement> DoneAsync(TradeHost trade, string operation, object input, string client)
    {
        JsonElement payload = (await trade.RunAsync(operation, new { input }, client)).Data.EnumerateObject().Single().Value;
        Assert.Empty(payload.GetProperty("errors").EnumerateArray());
        return payload;
    }

    /// <summary>Asserts the one refusal, and that nothing has changed.</summary>
    private static async Task<JsonElement> RefusedAsync(
        TradeHost trade, string operation, string subject, object input, string client, string type, string code, params string[] path)
    {
        long head = await trade.HeadAsync();
        JsonElement payload = (await trade.RunAsync(operation, new { input }, client)).Data.EnumerateObject().Single().Value;
        JsonElement error = Assert.Single(payload.GetProperty("errors").EnumerateArray());
        Assert.Equal((type, code), (error.GetProperty("__typename").GetString(), error.GetProperty("code").GetString()));
        Assert.Equal(path, error.GetProperty("path") is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray().Select(p => p.GetString()) : []);
        Assert.Equal(JsonValueKind.Null, payload.GetProperty(subject).ValueKind);
        Assert.Equal(head, await trade.HeadAsync());
        return error;
    }
}

using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Billing;

public sealed class BlockedInvoiceTests
{
    // What is wrong with seller or buyer, and what must be said of it. Aachen orders what is taxed, Brandenburg what is not taxable.
    private static readonly (string Name, string Party, Action<Organisation> Spoil, string Rule, string Field)[] Cases =
    [
        ("no Leitweg-ID", SmallMarket.Aachen, o => o.LeitwegId = null, "BR-DE-15", "leitwegId"),
        ("wrong check digits", SmallMarket.Aachen, o => o.LeitwegId = "05-AACHEN-31", "EFA-LEITWEG-ID", "leitwegId"),
        ("no address of the buyer", SmallMarket.Aachen, o => o.Address = null, "BR-10", "address"),
        ("no street of the buyer", SmallMarket.Aachen, o => o.Address = o.Address! with { Street = "" }, "EFA-BUYER-STREET", "address.street"),
        ("no city of the buyer", SmallMarket.Aachen, o => o.Address = o.Address! with { City = " " }, "BR-DE-8", "address.city"),
        ("no post code of the buyer", SmallMarket.Aachen, o => o.Address = o.Address! with { PostalCode = "" }, "BR-DE-9", "address.postalCode"),
        ("unknown country of the buyer", SmallMarket.Aachen, o => o.Address = o.Address! with { CountryCode = "D" }, "BR-11", "address.countryCode"),
        ("no electronic address of the buyer", SmallMarket.Aachen, o => o.ElectronicAddress = null, "PEPPOL-EN16931-R010", "electronicAddress"),
        ("unknown scheme of the buyer", SmallMarket.Aachen, o => o.ElectronicAddressScheme = "0000", "BR-CL-25", "electronicAddress.scheme"),
        ("electronic address that does not fit", SmallMarket.Aachen, o => o.ElectronicAddress = "05-AACHEN-31", "EFA-ELECTRONIC-ADDRESS", "electronicAddress.value"),
        ("VAT id of the buyer without country", SmallMarket.Aachen, o => o.VatId = "123456789", "BR-CO-09", "vatId"),
        ("a name with a character that XML forbids", SmallMarket.Aachen, o => o.Name = "Stadt\u0001Aachen", "EFA-CHARACTERS", "name"),
        ("no address of the seller", SmallMarket.Govdigital, o => o.Address = null, "BR-08", "address"),
        ("no city of the seller", SmallMarket.Govdigital, o => o.Address = o.Address! with { City = "" }, "BR-DE-3", "address.city"),
        ("no post code of the seller", SmallMarket.Govdigital, o => o.Address = o.Address! with { PostalCode = "" }, "BR-DE-4", "address.postalCode"),
        ("no electronic address of the seller", SmallMarket.Govdigital, o => o.ElectronicAddress = null, "PEPPOL-EN16931-R020", "electronicAddress"),
        ("neither VAT id nor tax number", SmallMarket.Govdigital, o => o.VatId = null, "BR-S-02", "taxNumber"),
        ("VAT id of the seller with a digit too few", SmallMarket.Govdigital, o => o.VatId = "DE99999999", "BR-CO-09", "vatId"),
        ("no IBAN", SmallMarket.Govdigital, o => o.Iban = null, "BR-61", "iban"),
        ("IBAN with wrong check digits", SmallMarket.Govdigital, o => o.Iban = "DE88370400440532013000", "BR-DE-19", "iban"),
        ("a contact for other purposes only", SmallMarket.Govdigital, o => o.Contacts[0].Purpose = ContactPurpose.Technical, "BR-DE-2", "contacts"),
        ("no phone", SmallMarket.Govdigital, o => o.Contacts[0].Phone = null, "BR-DE-6", "contacts.phone"),
        ("a phone without digits", SmallMarket.Govdigital, o => o.Contacts[0].Phone = "Zentrale", "BR-DE-27", "contacts.phone"),
        ("no e-mail address", SmallMarket.Govdigital, o => o.Contacts[0].Email = "rechnung.example", "BR-DE-28", "contacts.email"),
        ("not taxable and not in a register", SmallMarket.Fitko, o => o.RegisterNumber = null, "BR-CO-26", "registerNumber"),
    ];

    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    public static TheoryData<string> Names => [.. Cases.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_would_break_a_rule_is_blocked_with_the_rule_and_what_to_mend(string name)
    {
        (_, string party, Action<Organisation> spoil, string rule, string field) = Cases.Single(c => c.Name == name);
        await using MarketStory story = await MarketStory.BeginAsync(StoreKind.Sqlite);
        bool fitko = party == SmallMarket.Fitko;
        string seller = fitko ? SmallMarket.Fitko : SmallMarket.Govdigital, buyer = fitko ? SmallMarket.Brandenburg : SmallMarket.Aachen;
        Order order = await story.ActiveAsync(fitko ? SmallMarket.Residence : SmallMarket.Portal, buyer);
        await SpoilAsync(story, party, spoil);

        IReadOnlyList<PreviewedBlock> previewed = await PreviewAsync(story, seller);
        BillingRun run = await story.BillAsync(seller, 2026);

        BlockedBuyer blocked = Assert.Single(run.Blocked);
        BlockReason reason = Assert.Single(blocked.Reasons);
        Assert.Equal((rule, field, story.Organisation(party), party == buyer ? RuleSubject.Buyer : RuleSubject.Seller), (reason.Rule, reason.Field, reason.SubjectId, reason.Subject));
        Assert.True(reason.Text is { German.Length: > 0, English.Length: > 0 } && reason.Text.German != reason.Text.English);
        Assert.Equal(story.Organisation(buyer), blocked.BuyerId);
        Assert.Equal([order.Id], blocked.OrderIds);
        Assert.Equal(blocked.BuyerId, Assert.Single(previewed).BuyerId);
        Assert.Equal([reason], previewed[0].Reasons);
        Assert.Empty(await story.InvoicesAsync());
        Assert.Equal(0, await story.Store.ReadAsync(context => context.Set<InvoiceDocument>().CountAsync()));
        Assert.Equal(0, await story.Store.ReadAsync(context => context.Set<BilledPeriod>().CountAsync()));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task All_reasons_are_told_at_once_and_one_buyer_does_not_hold_up_the_others(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.ActiveAsync(SmallMarket.Mixed, SmallMarket.Aachen);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Lippe);
        await SpoilAsync(story, SmallMarket.Aachen, o => (o.LeitwegId, o.Address) = (null, o.Address! with { City = "" }));

        IReadOnlyList<PreviewedBlock> previewed = await PreviewAsync(story, SmallMarket.Govdigital);
        BillingRun run = await story.BillAsync(SmallMarket.Govdigital, 2026);

        // Both of his invoices break the same rules, which are told once.
        Assert.Equal(["BR-DE-15", "BR-DE-8"], Assert.Single(run.Blocked).Reasons.Select(r => r.Rule));
        Assert.Equal(run.Blocked[0].Reasons, Assert.Single(previewed).Reasons);
        Assert.Equal([story.Organisation(SmallMarket.Lippe)], (await story.InvoicesAsync()).Select(i => i.BuyerId));
        Assert.Equal(["GD-R-2026-000001"], (await story.InvoicesAsync()).Select(i => i.Number));
    }

    private static Task SpoilAsync(MarketStory story, string party, Action<Organisation> spoil) => story.Store.ChangeAsync(async context =>
    {
        Guid id = story.Organisation(party);
        spoil(await context.Set<Organisation>().Include(o => o.Contacts).SingleAsync(o => o.Id == id));
    });

    private static async Task<IReadOnlyList<PreviewedBlock>> PreviewAsync(MarketStory story, string seller)
    {
        BillingPreviews previews = story.Store.Get<BillingPreviews>();
        BillingPreview preview = (await previews.FindAsync(story.As(seller), story.Organisation(seller), 2026, CancellationToken.None))!;
        Assert.DoesNotContain(await previews.InvoicesAsync(preview, null, 10, CancellationToken.None), i => i.Draft.BuyerId == story.Organisation(SmallMarket.Aachen) || seller == SmallMarket.Fitko);
        return await previews.BlockedAsync(preview, null, 10, CancellationToken.None);
    }
}

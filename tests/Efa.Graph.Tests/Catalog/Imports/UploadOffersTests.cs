using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Catalog.Imports;

public sealed class UploadOffersTests
{
    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_new_row_makes_an_offer_with_a_draft_and_a_service(StoreKind kind)
    {
        await using OfferStory story = await OfferStory.BeginAsync(kind);

        OfferRowResult row = (await story.UploadedAsync([story.Row("A-1")]))[0];

        Assert.Equal((1, "A-1", RowOutcome.Create, row.Subject), (row.Row, row.ExternalId, row.Outcome, row.OfferId));
        Assert.Empty(row.ChangedFields);
        Assert.Equal(["year"], row.PriceChanges.Select(c => c.Code));
        Offer offer = await story.OfferAsync(row.Subject!.Value);
        Assert.Equal((OfferState.Unpublished, null, 1), (offer.State, offer.PublishedVersionId, offer.Version));
        Assert.StartsWith("bewohnerparken-", offer.Slug, StringComparison.Ordinal);
        OfferVersion draft = Assert.Single(await story.VersionsAsync(offer.Id));
        Assert.Equal((1, OfferVersionState.Draft, offer.DraftVersionId, offer.ShownVersionId), (draft.Number, draft.State, draft.Id, draft.Id));
        Assert.Equal(["05", "09"], draft.AvailableIn.Select(s => s.State).Order(StringComparer.Ordinal));
        Assert.Equal("erika@supplier.example", Assert.Single(draft.Contacts).Email);
        Assert.Equal(["offer.created:  > UNPUBLISHED"], await story.EventsAsync(offer.Id));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task The_same_rows_twice_are_unchanged(StoreKind kind)
    {
        await using OfferStory story = await OfferStory.BeginAsync(kind);
        OfferRow[] rows = [story.Row("A-1"), story.Row("A-2", "Wohngeld")];
        await story.UploadedAsync(rows);
        Guid published = (await story.PublishedAsync("A-3")).Id;
        rows = [.. rows, story.Row("A-3")];
        long[] versions = await VersionsAsync(story);

        // The order in which sets are given does not matter, nor how an umlaut is composed.
        OfferRow[] again = [.. rows.Select(r => r with { AvailableIn = ["05", "09"], ConnectionTypes = ["FIT-Connect", "XTA"], Summary = r.Summary.Normalize(System.Text.NormalizationForm.FormD) })];
        IReadOnlyList<OfferRowResult> results = await story.UploadedAsync(again);

        Assert.All(results, r => Assert.Equal((RowOutcome.Unchanged, 0, 0), (r.Outcome, r.ChangedFields.Count, r.PriceChanges.Count)));
        Assert.Equal(versions, await VersionsAsync(story));
        Assert.Null((await story.OfferAsync(published)).DraftVersionId);
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_published_offer_gets_a_draft_beside_it_and_what_is_left_out_is_emptied(StoreKind kind)
    {
        await using OfferStory story = await OfferStory.BeginAsync(kind);
        Offer before = await story.PublishedAsync("A-1");

        OfferRow row = story.Row("A-1", "Anwohnerparken") with { Prices = [OfferStory.Year(1_000m), OfferStory.Year(10m, "extra")], AvailableIn = [], Contacts = [], MinimumTermMonths = null };
        OfferRowResult result = (await story.UploadedAsync([row]))[0];

        Assert.Equal(RowOutcome.Update, result.Outcome);
        Assert.Equal(["title", "availableIn", "prices", "contacts", "minimumTermMonths"], result.ChangedFields);
        Assert.Equal(["year: 950 > 1000", "extra:  > 10"], result.PriceChanges.Select(c => $"{c.Code}: {Amount(c.Before)} > {Amount(c.After)}"));
        Offer after = await story.OfferAsync(before.Id);
        Assert.Equal((before.ShownVersionId, before.TitleKey, OfferState.Published, before.UpdatedAt), (after.ShownVersionId, after.TitleKey, after.State, after.UpdatedAt));
        List<OfferVersion> versions = await story.VersionsAsync(before.Id);
        Assert.Equal([(1, OfferVersionState.Published, "Bewohnerparken"), (2, OfferVersionState.Draft, "Anwohnerparken")], versions.Select(v => (v.Number, v.State, v.Title)));
        Assert.Empty(versions[1].AvailableIn);
        Assert.Empty(versions[1].Contacts);

        // The draft is replaced, and its number stays.
        await story.UploadedAsync([row with { Title = "Parken für Anwohner" }]);
        versions = await story.VersionsAsync(before.Id);
        Assert.Equal([(1, "Bewohnerparken"), (2, "Parken für Anwohner")], versions.Select(v => (v.Number, v.Title)));
        Assert.NotEqual(versions[0].ContentHash, versions[1].ContentHash);
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Validating_says_the_same_and_changes_nothing(StoreKind kind)
    {
        await using OfferStory story = await OfferStory.BeginAsync(kind);
        Offer offer = await story.PublishedAsync("A-1");
        OfferRow[] rows = [story.Row("A-1", "Neu"), story.Row("A-2"), story.Row("A-3") with { ImplementingState = "17" }];

        OperationResult told = await story.Market.Store.UnchangedAsync(() => story.UploadAsync(UploadMode.Validate, rows, submit: true, key: "one"));
        OperationResult refused = await story.Market.Store.UnchangedAsync(() => story.UploadAsync(UploadMode.Atomic, rows, key: "two"));
        Assert.Equal(Lines(told), Lines(refused));
        Assert.Equal(["1 UPDATE title", "2 CREATE ", "3 REJECT STATE_UNKNOWN /implementingState"], Lines(told));
        Assert.Equal([offer.Id, null, null], told.Rows!.Cast<OfferRowResult>().Select(r => r.OfferId));

        // Neither kept its key.
        OperationResult partial = await story.UploadAsync(UploadMode.Partial, rows, key: "one");
        Assert.Equal(Lines(told), Lines(partial));
        Assert.Equal([true, true, false], partial.Rows!.Select(r => r.Subject is not null));
        OperationResult again = await story.Market.Store.UnchangedAsync(() => story.UploadAsync(UploadMode.Partial, rows, key: "one"));
        Assert.Equal(Lines(told), Lines(again));
        Assert.Equal("Ein Land ist eine zweistellige Kennung von 01 bis 16.", Assert.Single(again.Rows![2].Refusals).Message(Marketplace.Language.German));
        Assert.Equal(2, again.Rows!.Cast<OfferRowResult>().Sum(r => r.PriceChanges.Count) + 1);
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Rows_are_refused_for_what_others_have_said_or_done(StoreKind kind)
    {
        await using OfferStory story = await OfferStory.BeginAsync(kind);
        Offer offer = await story.PublishedAsync("A-1");
        Guid retired = (await story.PublishedAsync("A-2")).Id;
        await story.DoAsync(new RetireOffer(), new RetireOffer.Input(retired, (await story.OfferAsync(retired)).Version, "Vorbei."), story.Seller);
        OfferRow row = story.Row("A-1");
        ServiceRow other = new(Id: story.Market.Market.Services["service"]);
        OfferRow[] rows =
        [
            row with { ExpectedVersion = offer.Version - 1 },
            row with { ExternalId = "A-2" },
            row with { ExternalId = "A-3", SellerId = story.Market.Organisation(SmallMarket.Aachen) },
            row with { ExternalId = "A-4", Service = new ServiceRow(LeikaKey: "99108001001000") },
            row with { ExternalId = "A-5", Service = new ServiceRow(LeikaKey: "99000000000000") },
            row with { ExternalId = "A-6", Service = other, TermsDocumentIds = [Guid.CreateVersion7()], ExpectedVersion = 3 },
            row with { ExternalId = "A-7", Documents = [new NamedDocument(DocumentKind.Other, "Blatt", new string('a', 64))] },
            row with { ExternalId = "A-8", Service = other },
            row with { ExternalId = "A-8", Service = other },
            row with { ExternalId = "A-9", Service = new ServiceRow(Own: new OwnServiceRow("same", "Eins", ServiceKind.Other)) },
            row with { ExternalId = "A-10", Service = new ServiceRow(Own: new OwnServiceRow("same", "Zwei", ServiceKind.Other)) },
            row with { Service = other, SellerId = story.Market.Organisation(SmallMarket.Fitko), TermsDocumentIds = [] },
        ];

        OperationResult told = await story.Market.Store.UnchangedAsync(() => story.UploadAsync(UploadMode.Validate, rows));

        Assert.Equal(
            [
                "1 REJECT STALE_VERSION /expectedVersion", "2 REJECT OFFER_RETIRED /externalId SERVICE_FIXED /service", "3 REJECT SELLER_UNKNOWN /sellerId TERMS_UNKNOWN /termsDocumentIds/0",
                "4 REJECT SERVICE_AMBIGUOUS /service/leikaKey", "5 REJECT SERVICE_UNKNOWN /service/leikaKey", "6 REJECT TERMS_UNKNOWN /termsDocumentIds/0 STALE_VERSION /expectedVersion",
                "7 REJECT DOCUMENT_UNKNOWN /documents/0/sha256", "8 CREATE ", "9 REJECT DUPLICATE /externalId", "10 CREATE ", "11 REJECT SERVICE_CONTRADICTS /service/own",
                "12 REJECT SELLER_FIXED /sellerId SERVICE_FIXED /service DUPLICATE /externalId",
            ], Lines(told));
        Assert.Equal(["input", "offers", "6", "documents", "0", "sha256"], Assert.Single(told.Rows![6].Refusals).Path);
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_changed_service_is_said_by_all_its_offers(StoreKind kind)
    {
        await using OfferStory story = await OfferStory.BeginAsync(kind);
        Offer published = await story.PublishedAsync("A-1");
        ServiceRow service = story.Row("A-1").Service;
        Guid second = (await story.UploadedAsync([story.Row("A-2") with { Service = service }]))[0].Subject!.Value;

        var renamed = new ServiceRow(Own: service.Own! with { Name = "Anwohnerparkausweis", OzgIds = [], LeikaKeys = ["99108001001001"], SubjectArea = null });
        OfferRowResult result = (await story.UploadedAsync([story.Row("A-2") with { Service = renamed }]))[0];

        Assert.Equal((RowOutcome.Update, "service"), (result.Outcome, Assert.Single(result.ChangedFields)));
        foreach (Guid id in new[] { published.Id, second }) Assert.Null((await story.OfferAsync(id)).SubjectArea);
        Assert.Equal("offer.service_changed: PUBLISHED > PUBLISHED", (await story.EventsAsync(published.Id))[^1]);
        Service stored = await story.Market.Store.ReadAsync(context => context.Services().Include(s => s.LeikaKeys).Include(s => s.OzgIds).SingleAsync(s => s.Id == published.ServiceId));
        Assert.Equal(("Anwohnerparkausweis", 2, "99108001001001", 0), (stored.Name, stored.Version, Assert.Single(stored.LeikaKeys).LeikaKey, stored.OzgIds.Count));
    }

    [Fact]
    public async Task Only_the_supplier_uploads()
    {
        await using OfferStory story = await OfferStory.BeginAsync(StoreKind.Sqlite);
        OfferRow[] rows = [story.Row("A-1")];

        OperationResult seller = await story.Market.Store.UnchangedAsync(() => story.UploadAsync(UploadMode.Partial, rows, caller: story.Seller));
        OperationResult powerless = await story.Market.Store.UnchangedAsync(() => story.UploadAsync(UploadMode.Partial, rows, caller: story.Market.As(SmallMarket.Supplier, "orders:write")));
        OperationResult unknown = await story.TryAsync(new UploadOffers(), new UploadOffers.Input(Guid.CreateVersion7(), UploadMode.Partial, rows, false), story.Supplier);
        OperationResult asBuyer = await story.TryAsync(new UploadOffers(), new UploadOffers.Input(story.Market.Organisation(SmallMarket.Aachen), UploadMode.Partial, rows, false), story.Market.As(SmallMarket.Aachen));

        Assert.Equal([OrganisationRole.Supplier], Assert.IsType<PermissionDenied>(Assert.Single(seller.Refusals)).RequiredRoles);
        Assert.Equal("offers:write", Assert.IsType<PermissionDenied>(Assert.Single(powerless.Refusals)).RequiredScope);
        Assert.IsType<NotFound>(Assert.Single(unknown.Refusals));
        Assert.IsType<PermissionDenied>(Assert.Single(asBuyer.Refusals));
    }

    [Fact]
    public async Task There_are_1_to_100_rows()
    {
        await using OfferStory story = await OfferStory.BeginAsync(StoreKind.Sqlite);

        OperationResult none = await story.UploadAsync(UploadMode.Partial, []);
        OperationResult many = await story.UploadAsync(UploadMode.Partial, [.. Enumerable.Range(0, 101).Select(i => story.Row($"A-{i}"))]);

        Assert.Equal(["REQUIRED", "TOO_MANY"], none.Refusals.Concat(many.Refusals).Select(r => r.Code.Name));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_hundred_rows_are_checked_by_the_commands_of_one(StoreKind kind)
    {
        await using OfferStory story = await OfferStory.BeginAsync(kind);
        OfferRow[] rows = [.. Enumerable.Range(0, 100).Select(i => story.Row($"A-{i}") with { Documents = [new NamedDocument(DocumentKind.Other, "Blatt", new string('a', 64))] })];
        await story.UploadedAsync([.. rows.Select(r => r with { Documents = [] })]);

        int one = await story.Market.Store.Commands.OfAsync(() => story.UploadAsync(UploadMode.Validate, rows[..1]));
        int all = await story.Market.Store.Commands.OfAsync(() => story.UploadAsync(UploadMode.Validate, rows));

        Assert.Equal(one, all);
    }

    private static string[] Lines(OperationResult result) =>
    [
        .. result.Rows!.Cast<OfferRowResult>().Select(r =>
            $"{r.Row} {ApiName.Of(r.Outcome)} {string.Join(' ', r.Refusals.Count == 0 ? r.ChangedFields : r.Refusals.Cast<RowRefused>().Select(x => $"{x.Code} {x.Pointer}"))}"),
    ];

    private static string Amount(Marketplace.Pricing.PriceComponent? price) =>
        price is Marketplace.Pricing.FlatPrice flat ? flat.Amount.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) : "";

    private static Task<long[]> VersionsAsync(OfferStory story) => story.Market.Store.ReadAsync(async context => (long[])
    [
        .. (await context.Set<Offer>().OrderBy(o => o.Id).Select(o => o.Version).ToListAsync()).Select(v => (long)v),
        .. (await context.Set<Service>().OrderBy(s => s.Id).Select(s => s.Version).ToListAsync()).Select(v => (long)v),
        await context.Set<OfferVersion>().CountAsync(),
    ]);
}

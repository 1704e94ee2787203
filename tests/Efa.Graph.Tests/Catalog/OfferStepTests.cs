using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Catalog;

public sealed class OfferStepTests
{
    private static readonly string[] Mutations =
        [OfferTransitions.Submit, OfferTransitions.RequestChanges, OfferTransitions.Publish, OfferTransitions.DiscardDraft, OfferTransitions.Suspend, OfferTransitions.Resume, OfferTransitions.Retire];

    // Each pair of states that can be reached, with what may be done there.
    private static readonly (OfferState Offer, OfferVersionState? Draft, string[] Way, string[] Allowed)[] States =
    [
        (OfferState.Unpublished, OfferVersionState.Draft, [], ["submitOffer", "retireOffer"]),
        (OfferState.Unpublished, OfferVersionState.Submitted, ["submitOffer"], ["requestOfferChanges", "publishOffer", "retireOffer"]),
        (OfferState.Unpublished, OfferVersionState.ChangesRequested, ["submitOffer", "requestOfferChanges"], ["submitOffer", "retireOffer"]),
        (OfferState.Unpublished, OfferVersionState.Scheduled, ["submitOffer", "schedule"], ["requestOfferChanges", "publishOffer", "retireOffer"]),
        (OfferState.Published, null, ["submitOffer", "publishOffer"], ["suspendOffer", "retireOffer"]),
        (OfferState.Published, OfferVersionState.Draft, ["submitOffer", "publishOffer", "upload"], ["submitOffer", "discardOfferDraft", "suspendOffer", "retireOffer"]),
        (OfferState.Published, OfferVersionState.Submitted, ["submitOffer", "publishOffer", "upload", "submitOffer"], ["requestOfferChanges", "publishOffer", "discardOfferDraft", "suspendOffer", "retireOffer"]),
        (OfferState.Published, OfferVersionState.Scheduled, ["submitOffer", "publishOffer", "upload", "submitOffer", "schedule"], ["requestOfferChanges", "publishOffer", "discardOfferDraft", "suspendOffer", "retireOffer"]),
        (OfferState.Suspended, null, ["submitOffer", "publishOffer", "suspendOffer"], ["resumeOffer", "retireOffer"]),
        (OfferState.Suspended, OfferVersionState.Submitted, ["submitOffer", "publishOffer", "suspendOffer", "upload", "submitOffer"], ["requestOfferChanges", "publishOffer", "discardOfferDraft", "resumeOffer", "retireOffer"]),
        (OfferState.Retired, null, ["submitOffer", "publishOffer", "upload", "retireOffer"], []),
        (OfferState.Retired, OfferVersionState.Draft, ["submitOffer", "retireOffer"], []),
    ];

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Each_step_is_taken_in_its_states_only(StoreKind kind)
    {
        await using OfferStory story = await OfferStory.BeginAsync(kind);
        int made = 0;
        foreach ((OfferState state, OfferVersionState? draft, string[] way, string[] allowed) in States)
        {
            Guid offerId = (await story.UploadedAsync([story.Row($"S-{made++}")]))[0].Subject!.Value;
            foreach (string step in way) await TakeAsync(story, step, offerId);
            Offer offer = await story.OfferAsync(offerId);
            OfferVersionState? found = (await story.VersionsAsync(offerId)).Find(v => v.Id == offer.DraftVersionId)?.State;
            Assert.Equal((state, draft), (offer.State, found));
            foreach (string refused in Mutations.Except(allowed))
            {
                OperationResult result = await story.Market.Store.UnchangedAsync(() => StepAsync(story, refused, offer));
                var reason = Assert.IsType<InvalidState>(Assert.Single(result.Refusals));
                Assert.Equal(allowed, reason.Allowed);
                Assert.Equal(OfferTransitions.IsOfVersion(refused) && draft is { } inWork ? ApiName.Of(inWork) : ApiName.Of(state), reason.State);
            }
            foreach (string step in allowed)
            {
                Guid other = (await story.UploadedAsync([story.Row($"S-{made++}")]))[0].Subject!.Value;
                foreach (string before in way) await TakeAsync(story, before, other);
                Offer at = await story.OfferAsync(other);
                await TakeAsync(story, step, other);
                Offer after = await story.OfferAsync(other);
                Assert.Equal(at.Version + 1, after.Version);
                Assert.Equal(OfferTransitions.Offers.FirstOrDefault(t => t.Mutation == step && t.From == state)?.To ?? state, after.State);
            }
        }
    }

    [Fact]
    public async Task Each_step_is_taken_by_its_party_and_on_the_version_that_was_seen()
    {
        await using OfferStory story = await OfferStory.BeginAsync(StoreKind.Sqlite);
        foreach ((string mutation, string[] way, OrganisationRole[] by) in new (string, string[], OrganisationRole[])[]
        {
            ("submitOffer", [], [OrganisationRole.Supplier]),
            ("requestOfferChanges", ["submitOffer"], [OrganisationRole.Seller]),
            ("publishOffer", ["submitOffer"], [OrganisationRole.Seller]),
            ("discardOfferDraft", ["submitOffer", "publishOffer", "upload"], [OrganisationRole.Supplier]),
            ("suspendOffer", ["submitOffer", "publishOffer"], [OrganisationRole.Seller, OrganisationRole.Supplier]),
            ("resumeOffer", ["submitOffer", "publishOffer", "suspendOffer"], [OrganisationRole.Seller]),
            ("retireOffer", [], [OrganisationRole.Seller, OrganisationRole.Supplier]),
        })
        {
            Guid id = (await story.UploadedAsync([story.Row("P-" + mutation)]))[0].Subject!.Value;
            foreach (string step in way) await TakeAsync(story, step, id);
            Offer offer = await story.OfferAsync(id);
            bool isPublic = offer.State == OfferState.Published;

            foreach ((string party, OrganisationRole? role) in new (string, OrganisationRole?)[] { (SmallMarket.Govdigital, OrganisationRole.Seller), (SmallMarket.Supplier, OrganisationRole.Supplier), (SmallMarket.Fitko, null) })
            {
                if (role is { } own && by.Contains(own)) continue;
                OperationResult refused = await story.Market.Store.UnchangedAsync(() => StepAsync(story, mutation, offer, story.Market.As(party)));
                Refusal refusal = Assert.Single(refused.Refusals);
                if (role is null && !isPublic) Assert.IsType<NotFound>(refusal);
                else Assert.Equal(by, Assert.IsType<PermissionDenied>(refusal).RequiredRoles);
            }
            OperationResult powerless = await StepAsync(story, mutation, offer, story.Market.As(SmallMarket.Govdigital, "orders:write"));
            Assert.Equal("offers:write", Assert.IsType<PermissionDenied>(Assert.Single(powerless.Refusals)).RequiredScope);
            OperationResult stale = await story.Market.Store.UnchangedAsync(() => StepAsync(story, mutation, offer, version: offer.Version + 1));
            Assert.Equal(offer.Version, Assert.IsType<StaleVersion>(Assert.Single(stale.Refusals)).CurrentVersion);
        }
    }

    // One organisation may be both supplier and seller; then two of its clients are needed.
    [Fact]
    [Trait("attack", "Z21")]
    public async Task Whoever_submitted_a_version_does_not_publish_it()
    {
        await using OfferStory story = await OfferStory.BeginAsync(StoreKind.Sqlite);
        Guid id = (await story.UploadedAsync([story.Row("F-1")]))[0].Subject!.Value;
        Guid[] both = [story.Market.Organisation(SmallMarket.Supplier), story.Market.Organisation(SmallMarket.Govdigital)];
        var one = new Caller("one", null, both, new HashSet<string> { "offers:write" });
        await story.DoAsync(new SubmitOffer(), new SubmitOffer.Input(id, 1, null), one);

        OperationResult refused = await story.Market.Store.UnchangedAsync(() => story.TryAsync(new PublishOffer(), new PublishOffer.Input(id, 2, null), one));
        Assert.Equal(CatalogRefusals.FourEyes, Assert.IsType<PermissionDenied>(Assert.Single(refused.Refusals)).Code);
        await story.DoAsync(new PublishOffer(), new PublishOffer.Input(id, 2, null), one with { Id = "other" });

        Assert.Equal(OfferState.Published, (await story.OfferAsync(id)).State);
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_life_is_told_in_the_log_and_in_its_versions(StoreKind kind)
    {
        await using OfferStory story = await OfferStory.BeginAsync(kind);
        Guid id = (await story.UploadedAsync([story.Row("L-1")]))[0].Subject!.Value;
        foreach (string step in new[] { "submitOffer", "requestOfferChanges" }) await TakeAsync(story, step, id);
        Assert.Equal("Bitte ändern.", (await story.VersionsAsync(id))[0].ReviewNote);
        foreach (string step in new[] { "submitOffer", "publishOffer", "upload", "submitOffer", "publishOffer", "suspendOffer", "resumeOffer", "retireOffer" }) await TakeAsync(story, step, id);

        Assert.Equal(
            [
                "offer.created:  > UNPUBLISHED", "offer.submitted: DRAFT > SUBMITTED", "offer.changes_requested: SUBMITTED > CHANGES_REQUESTED", "offer.submitted: CHANGES_REQUESTED > SUBMITTED",
                "offer.published: UNPUBLISHED > PUBLISHED", "offer.draft_changed:  > DRAFT", "offer.submitted: DRAFT > SUBMITTED", "offer.published: PUBLISHED > PUBLISHED",
                "offer.suspended: PUBLISHED > SUSPENDED", "offer.resumed: SUSPENDED > PUBLISHED", "offer.retired: PUBLISHED > RETIRED",
            ], await story.EventsAsync(id));
        List<OfferVersion> versions = await story.VersionsAsync(id);
        Assert.Equal([(1, OfferVersionState.Superseded), (2, OfferVersionState.Published)], versions.Select(v => (v.Number, v.State)));
        Assert.Equal(["client-supplier", "client-supplier"], versions.Select(v => v.SubmittedBy));
        Assert.All(versions, v => Assert.Null(v.ReviewNote));
        Offer offer = await story.OfferAsync(id);
        Assert.Equal((versions[1].Id, null, versions[1].Id, OfferState.Retired), (offer.PublishedVersionId, offer.DraftVersionId, offer.ShownVersionId, offer.State));
    }

    [Fact]
    public async Task What_changed_in_content_is_told_to_whoever_comes_late()
    {
        await using OfferStory story = await OfferStory.BeginAsync(StoreKind.Sqlite);
        Offer offer = await story.PublishedAsync("L-1");
        await story.UploadedAsync([story.Row("L-1", "Neuer Titel")], submit: true);
        await story.PublishAsync(await story.OfferAsync(offer.Id));

        OperationResult stale = await story.TryAsync(new SuspendOffer(), new SuspendOffer.Input(offer.Id, offer.Version, "Wartung."), story.Seller);

        Assert.Equal(["draft", "publishedVersion", "title"], Assert.IsType<StaleVersion>(Assert.Single(stale.Refusals)).ChangedFields);
    }

    private static async Task TakeAsync(OfferStory story, string step, Guid offerId)
    {
        Offer offer = await story.OfferAsync(offerId);
        OperationResult done = step switch
        {
            "upload" => await story.UploadAsync(UploadMode.Atomic, [story.Row(offer.ExternalId!, "Zweite Fassung")]),
            "schedule" => await story.TryAsync(new PublishOffer(), new PublishOffer.Input(offer.Id, offer.Version, MarketStore.FifteenthOfFebruary.AddDays(1)), story.Seller),
            _ => await StepAsync(story, step, offer),
        };
        Assert.Empty(done.Refusals);
    }

    private static Task<OperationResult> StepAsync(OfferStory story, string mutation, Offer offer, Caller? caller = null, int? version = null)
    {
        Caller by = caller ?? (OfferTransitions.TakenBy(mutation)[0] == OrganisationRole.Seller ? story.Seller : story.Supplier);
        int seen = version ?? offer.Version;
        return mutation switch
        {
            OfferTransitions.Submit => story.TryAsync(new SubmitOffer(), new SubmitOffer.Input(offer.Id, seen, null), by),
            OfferTransitions.RequestChanges => story.TryAsync(new RequestOfferChanges(), new RequestOfferChanges.Input(offer.Id, seen, "Bitte ändern."), by),
            OfferTransitions.Publish => story.TryAsync(new PublishOffer(), new PublishOffer.Input(offer.Id, seen, null), by),
            OfferTransitions.DiscardDraft => story.TryAsync(new DiscardOfferDraft(), new DiscardOfferDraft.Input(offer.Id, seen), by),
            OfferTransitions.Suspend => story.TryAsync(new SuspendOffer(), new SuspendOffer.Input(offer.Id, seen, "Wartung."), by),
            OfferTransitions.Resume => story.TryAsync(new ResumeOffer(), new ResumeOffer.Input(offer.Id, seen), by),
            OfferTransitions.Retire => story.TryAsync(new RetireOffer(), new RetireOffer.Input(offer.Id, seen, "Vorbei."), by),
            _ => throw new ArgumentOutOfRangeException(nameof(mutation), mutation, null),
        };
    }
}

using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Catalog;

public sealed class ScheduledPublicationTests
{
    private static readonly DateTimeOffset At = MarketStore.FifteenthOfFebruary.AddHours(6);

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_version_is_published_at_its_time_and_once_however_many_nodes_try(StoreKind kind)
    {
        await using OfferStory story = await OfferStory.BeginAsync(kind);
        Offer offer = await ScheduledAsync(story, "J-1", At);
        Job job = await JobAsync(story);
        Assert.Equal((PublicationJob.JobKind, offer.DraftVersionId, At), (job.Kind, job.SubjectId, job.NotBefore));

        await RunAsync(story, job);
        Assert.Equal(OfferState.Unpublished, (await story.OfferAsync(offer.Id)).State);

        story.Market.Store.Clock.SetUtcNow(At);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync(story, job)));
        await RunAsync(story, job);

        Offer published = await story.OfferAsync(offer.Id);
        Assert.Equal((OfferState.Published, offer.DraftVersionId, null, offer.Version + 1), (published.State, published.PublishedVersionId, published.DraftVersionId, published.Version));
        OfferVersion version = Assert.Single(await story.VersionsAsync(offer.Id));
        Assert.Equal((OfferVersionState.Published, At, At), (version.State, version.PublishAt, version.PublishedAt));
        Assert.Single(await story.EventsAsync(offer.Id), e => e == "offer.published: UNPUBLISHED > PUBLISHED");
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task The_job_worker_finds_it_when_its_time_has_come(StoreKind kind)
    {
        await using OfferStory story = await OfferStory.BeginAsync(kind);
        Offer offer = await ScheduledAsync(story, "J-1", At);
        JobWorker worker = story.Market.Store.Get<JobWorker>();
        await worker.StartAsync(CancellationToken.None);
        try
        {
            story.Market.Store.Clock.SetUtcNow(At.AddSeconds(1));
            for (int i = 0; i < 300 && (await story.OfferAsync(offer.Id)).State != OfferState.Published; i++) await Task.Delay(100);
            Assert.Equal(OfferState.Published, (await story.OfferAsync(offer.Id)).State);
        }
        finally
        {
            await worker.StopAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task What_was_put_off_given_back_or_thrown_away_meanwhile_is_left_alone()
    {
        await using OfferStory story = await OfferStory.BeginAsync(StoreKind.Sqlite);
        Offer putOff = await ScheduledAsync(story, "J-1", At);
        await story.DoAsync(new PublishOffer(), new PublishOffer.Input(putOff.Id, putOff.Version, At.AddDays(1)), story.Seller);
        Offer givenBack = await ScheduledAsync(story, "J-2", At);
        await story.DoAsync(new RequestOfferChanges(), new RequestOfferChanges.Input(givenBack.Id, givenBack.Version, "Doch nicht."), story.Seller);
        Offer edited = await ScheduledAsync(story, "J-3", At);
        await story.UploadedAsync([story.Row("J-3", "Anders")]);
        Offer retired = await ScheduledAsync(story, "J-4", At);
        await story.DoAsync(new RetireOffer(), new RetireOffer.Input(retired.Id, retired.Version, "Vorbei."), story.Seller);
        story.Market.Store.Clock.SetUtcNow(At);

        foreach (Job job in await story.Market.Store.ReadAsync(context => context.Set<Job>().AsNoTracking().Where(j => j.NotBefore <= At).ToListAsync())) await RunAsync(story, job);

        Assert.Equal(
            [OfferVersionState.Scheduled, OfferVersionState.ChangesRequested, OfferVersionState.Draft, OfferVersionState.Draft],
            [(await story.VersionsAsync(putOff.Id))[0].State, (await story.VersionsAsync(givenBack.Id))[0].State, (await story.VersionsAsync(edited.Id))[0].State, (await story.VersionsAsync(retired.Id))[0].State]);

        // What was put off comes at its new time all the same.
        story.Market.Store.Clock.SetUtcNow(At.AddDays(1));
        await story.Market.Store.Get<PublicationJob>().RunAsync(putOff.DraftVersionId!.Value, CancellationToken.None);
        Assert.Equal(OfferVersionState.Published, (await story.VersionsAsync(putOff.Id))[0].State);
    }

    [Fact]
    public async Task The_time_lies_ahead_and_within_two_years()
    {
        await using OfferStory story = await OfferStory.BeginAsync(StoreKind.Sqlite);
        Guid id = (await story.UploadedAsync([story.Row("J-1")], submit: true))[0].Subject!.Value;
        DateTimeOffset now = MarketStore.FifteenthOfFebruary;
        foreach (DateTimeOffset at in new[] { now, now.AddYears(2).AddMilliseconds(1) })
        {
            OperationResult refused = await story.Market.Store.UnchangedAsync(() => story.TryAsync(new PublishOffer(), new PublishOffer.Input(id, 2, at), story.Seller));
            Assert.Equal(CatalogRefusals.PublishAtOutOfRange, Assert.IsType<Invalid>(Assert.Single(refused.Refusals)).Code);
        }
        await story.DoAsync(new PublishOffer(), new PublishOffer.Input(id, 2, now.AddYears(2)), story.Seller);
    }

    private static async Task<Offer> ScheduledAsync(OfferStory story, string externalId, DateTimeOffset at)
    {
        Guid id = (await story.UploadedAsync([story.Row(externalId)], submit: true))[0].Subject!.Value;
        await story.DoAsync(new PublishOffer(), new PublishOffer.Input(id, 2, at), story.Seller);
        return await story.OfferAsync(id);
    }

    private static Task<Job> JobAsync(OfferStory story) => story.Market.Store.ReadAsync(context => context.Set<Job>().AsNoTracking().SingleAsync());

    private static Task RunAsync(OfferStory story, Job job) => story.Market.Store.Get<PublicationJob>().RunAsync(job.SubjectId, CancellationToken.None);
}

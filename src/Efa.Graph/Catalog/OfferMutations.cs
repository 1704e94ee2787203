using Efa.Graph.Catalog.Imports;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Imports;
using GraphQL.DataLoader;

namespace Efa.Graph.Catalog;

/// <summary>The life of an offer, from its draft to its end.</summary>
internal static class OfferMutations
{
    public static void AddTo(MutationType mutation)
    {
        mutation.AddBatch<UploadOffers, UploadOffers.Input, UploadOffersInputType, OfferRowResultType>(
            "By the supplier: whole offers, found by externalId. New ones are made, those that say something else get a draft, also from one in review, which it ends; the same again changes nothing.");
        mutation.Add<SubmitOffer, SubmitOffer.Input, SubmitOfferInputType, OfferType>("offer", Load, "By the supplier: gives the draft to the seller for review.");
        mutation.Add<RequestOfferChanges, RequestOfferChanges.Input, RequestOfferChangesInputType, OfferType>("offer", Load,
            "By the seller: gives a submitted version back, also one that waits for its publication.");
        mutation.Add<PublishOffer, PublishOffer.Input, PublishOfferInputType, OfferType>("offer", Load,
            "By the seller, on what the supplier submitted: at once, or at publishAt. Four eyes: another client than the one that submitted, also where one organisation is both supplier and seller. A suspended offer stays suspended.");
        mutation.Add<DiscardOfferDraft, DiscardOfferDraft.Input, DiscardOfferDraftInputType, OfferType>("offer", Load,
            "By the supplier: throws the version in work away, also one in review; the published one stays. An offer that was never published is retired instead.");
        mutation.Add<SuspendOffer, SuspendOffer.Input, SuspendOfferInputType, OfferType>("offer", Load, "By seller or supplier: no new orders, running ones go on.");
        mutation.Add<ResumeOffer, ResumeOffer.Input, ResumeOfferInputType, OfferType>("offer", Load, "By the seller of a suspended offer.");
        mutation.Add<RetireOffer, RetireOffer.Input, RetireOfferInputType, OfferType>("offer", Load, "By seller or supplier: ends the offer for good. Running orders go on, a version in work is thrown away.");
    }

    private static IDataLoaderResult<object?> Load(RequestContext request, Guid id) => request.Get<OfferLoader>().Load(id).AsObject();
}

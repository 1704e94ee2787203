using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using GraphQL.Types;

namespace Efa.Graph.Catalog;

/// <summary>What every step of an offer takes: the offer, and the row version that the caller has seen.</summary>
public abstract class OfferStepInputType<T> : MutationInputType<T>
    where T : OfferStepInput
{
    protected OfferStepInputType(string name)
        : base(name)
    {
        Id("offerId", IdPrefix.Offer);
        Add<NonNullGraphType<IntGraphType>>("expectedVersion", "Offer.version as the caller read it.");
    }

    protected static string ReadByParties => $"Read by seller and supplier; up to {OfferStepInput.NoteLength} characters.";

    protected sealed override T ReadInput(InputFields fields) => ReadStep(fields.Get<Guid>("offerId"), fields.Get<int>("expectedVersion"), fields);

    protected abstract T ReadStep(Guid offerId, int expectedVersion, InputFields fields);
}

public sealed class SubmitOfferInputType : OfferStepInputType<SubmitOffer.Input>
{
    public SubmitOfferInputType()
        : base("SubmitOfferInput") => Add<StringGraphType>("note", ReadByParties);

    protected override SubmitOffer.Input ReadStep(Guid offerId, int expectedVersion, InputFields fields) => new(offerId, expectedVersion, fields.Optional<string>("note"));
}

public sealed class RequestOfferChangesInputType : OfferStepInputType<RequestOfferChanges.Input>
{
    public RequestOfferChangesInputType()
        : base("RequestOfferChangesInput") => Add<NonNullGraphType<StringGraphType>>("note", $"What to change. {ReadByParties}");

    protected override RequestOfferChanges.Input ReadStep(Guid offerId, int expectedVersion, InputFields fields) => new(offerId, expectedVersion, fields.Get<string>("note"));
}

public sealed class PublishOfferInputType : OfferStepInputType<PublishOffer.Input>
{
    public PublishOfferInputType()
        : base("PublishOfferInput") => Add<InstantType>("publishAt", $"Within {PublishOffer.MostYearsAhead} years; at once where nothing is said.");

    protected override PublishOffer.Input ReadStep(Guid offerId, int expectedVersion, InputFields fields) => new(offerId, expectedVersion, fields.Optional<DateTimeOffset?>("publishAt"));
}

public sealed class DiscardOfferDraftInputType() : OfferStepInputType<DiscardOfferDraft.Input>("DiscardOfferDraftInput")
{
    protected override DiscardOfferDraft.Input ReadStep(Guid offerId, int expectedVersion, InputFields fields) => new(offerId, expectedVersion);
}

public sealed class SuspendOfferInputType : OfferStepInputType<SuspendOffer.Input>
{
    public SuspendOfferInputType()
        : base("SuspendOfferInput") => Add<NonNullGraphType<StringGraphType>>("reason", ReadByParties);

    protected override SuspendOffer.Input ReadStep(Guid offerId, int expectedVersion, InputFields fields) => new(offerId, expectedVersion, fields.Get<string>("reason"));
}

public sealed class ResumeOfferInputType() : OfferStepInputType<ResumeOffer.Input>("ResumeOfferInput")
{
    protected override ResumeOffer.Input ReadStep(Guid offerId, int expectedVersion, InputFields fields) => new(offerId, expectedVersion);
}

public sealed class RetireOfferInputType : OfferStepInputType<RetireOffer.Input>
{
    public RetireOfferInputType()
        : base("RetireOfferInput") => Add<NonNullGraphType<StringGraphType>>("reason", ReadByParties);

    protected override RetireOffer.Input ReadStep(Guid offerId, int expectedVersion, InputFields fields) => new(offerId, expectedVersion, fields.Get<string>("reason"));
}

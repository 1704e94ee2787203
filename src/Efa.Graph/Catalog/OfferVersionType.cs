using Efa.Graph.Engine;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using GraphQL.Types;

namespace Efa.Graph.Catalog;

/// <summary>A version of an offer.</summary>
public sealed class OfferVersionType : ObjectGraphType<OfferVersion>
{
    public OfferVersionType()
    {
        Name = "OfferVersion";
        Description = "Immutable from publication on. Versions that were published once are public for ever, also those of an offer that is not offered any more.";
        Interface<NodeInterface>();
        this.IdField(IdPrefix.OfferVersion, v => v.Id);
        Field<OfferType>("offer").Description("Null where the caller does not see the offer any more.").Resolve(context => context.Request().Get<OfferLoader>().Load(context.Source.OfferId));
        Field<NonNullGraphType<IntGraphType>>("number").Description("Counts the versions of the offer from 1.").Resolve(context => context.Source.Number);
        Field<NonNullGraphType<OfferVersionStateType>>("state").Resolve(context => context.Source.State);
        Field<NonNullGraphType<Sha256Type>>("contentHash").Description("SHA-256 over all content with the hashes of its terms and documents; contacts, which can be erased, are left out.").Resolve(context => context.Source.ContentHash);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("changedFields").Description("Names of the content's fields that differ from the version before; empty for the first.").Costs(2)
            .Resolve(context => context.Request().Get<ChangedFieldsLoader>().Load(context.Source.Id));

        OfferContentField.AddTo(this, v => v.Id, (_, v) => new Known<OfferVersion?>(v));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TermsDocumentType>>>>(OfferContentField.Terms).Description("Those of its publication; before it those of today.")
            .Resolve(context => context.Request().Get<TermsOfVersionLoader>().Load((context.Source.Id,
                context.Source.PublishedAt is { } at ? BerlinCalendar.DayOf(at) : context.Request().Services.GetRequiredService<TimeProvider>().Today())));
        Field<InstantType>("submittedAt").Resolve(context => context.Source.SubmittedAt);
        Field<InstantType>("publishAt").Description("When it is, or was, to be published; null where that was done at once.").Resolve(context => context.Source.PublishAt);
        Field<StringGraphType>("reviewNote").Description("What the seller wants changed; null once it is submitted again.").Resolve(context => context.Source.ReviewNote);
    }
}

public sealed class OfferVersionConnectionType : ConnectionType<OfferVersionType, OfferVersion>;

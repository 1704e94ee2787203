using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using GraphQL.Types;

namespace Efa.Graph.Catalog;

/// <summary>For whom a quote is: an organisation, or whoever lives under a regional key.</summary>
public sealed record QuoteFor(Guid? OrganisationId, string? Ars);

/// <summary>A wish for a quote, of whatever offer.</summary>
public sealed record QuoteInput(QuoteFor Orderer, IReadOnlyList<Guid>? UsedByIds, DateOnly StartsOn, string? PackageCode, int? ExpectedUses, int Years)
{
    public QuoteQuestion For(Guid offerId) => new(offerId, Orderer.OrganisationId, Orderer.Ars, UsedByIds, StartsOn, PackageCode, ExpectedUses, Years);
}

public sealed class QuoteForInputType : InputType<QuoteFor>
{
    public QuoteForInputType()
        : base("QuoteForInput", "An organisation quotes to order; a regional key estimates for whoever lives there, without a token.")
    {
        IsOneOf = true;
        Id("organisationId", IdPrefix.Organisation, required: false);
        Add<ArsType>("ars");
    }

    protected override QuoteFor Read(InputFields fields) => new(fields.Optional<Guid?>("organisationId"), fields.Optional<string>("ars"));
}

public sealed class QuoteInputType : InputType<QuoteInput>
{
    public QuoteInputType()
        : base("QuoteInput", "Quantities are those of the users.")
    {
        Add<NonNullGraphType<QuoteForInputType>>("for");
        Ids("usedByIds", IdPrefix.Organisation, $"Who will use it: up to {OfferQuotes.MostUsers}, the orderer unless told.");
        Add<NonNullGraphType<DateType>>("startsOn");
        Add<StringGraphType>("packageCode", "Needed where the offer has packages.");
        Add<IntGraphType>("expectedUses", "In a calendar year, for prices by use.");
        Add<IntGraphType>("years", "1 to 10 calendar years, beginning with that of the start.", defaultValue: 1);
    }

    protected override QuoteInput Read(InputFields fields) => new(
        fields.Get<QuoteFor>("for"),
        fields.List<Guid>("usedByIds"),
        fields.Get<DateOnly>("startsOn"),
        fields.Optional<string>("packageCode"),
        fields.Optional<int?>("expectedUses"),
        fields.Optional<int?>("years") ?? 1);
}

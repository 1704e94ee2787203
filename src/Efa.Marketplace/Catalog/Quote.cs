using Efa.Marketplace.Operations;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Catalog;

/// <summary>What an organisation pays for an offer, year by year.</summary>
/// <param name="OrderedById">Null for an estimate by regional key.</param>
/// <param name="OneTime">Part of the first year, named once more.</param>
/// <param name="Hash">What an order gives back. Covers offer version, parties, start, package, uses and prices, not the number of years. Null for an estimate.</param>
public sealed record Quote(
    Guid OfferId,
    Guid OfferVersionId,
    Guid? OrderedById,
    IReadOnlyList<Guid> UsedByIds,
    DateOnly StartsOn,
    string? PackageCode,
    int? ExpectedUses,
    decimal OneTime,
    IReadOnlyList<QuoteYear> Years,
    decimal Net,
    decimal Tax,
    decimal Gross,
    DateTimeOffset ValidUntil,
    string? Hash);

/// <summary>A calendar year of a quote; lines sum to net.</summary>
public sealed record QuoteYear(int Year, decimal Net, decimal Tax, decimal Gross, IReadOnlyList<PriceLine> Lines);

/// <summary>A question for a price: by an organisation that would order, or by a regional key as an estimate.</summary>
public sealed record QuoteQuestion(
    Guid OfferId, Guid? OrganisationId, string? Ars, IReadOnlyList<Guid>? UsedByIds, DateOnly StartsOn, string? PackageCode, int? ExpectedUses, int Years = 1);

/// <summary>Either a quote with the basis that an order keeps, or why there is none.</summary>
public sealed record QuoteAnswer(Quote? Quote, PricingBasis? Basis, IReadOnlyList<Refusal> Refusals);

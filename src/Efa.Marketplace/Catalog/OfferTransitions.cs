using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog;

/// <summary>A step that an offer can take, and which party takes it.</summary>
/// <param name="Mutation">Name of the mutation that takes it.</param>
public sealed record OfferTransition(string Mutation, OrganisationRole By, OfferState From, OfferState To);

/// <summary>A step that the version in work can take.</summary>
/// <param name="To">Null where it is thrown away.</param>
public sealed record OfferVersionTransition(string Mutation, OrganisationRole By, OfferVersionState From, OfferVersionState? To);

/// <summary>The lives of an offer and of the version in work as two tables. A step that stands in both needs both.</summary>
public static class OfferTransitions
{
    public const string Upload = "uploadOffers";
    public const string Submit = "submitOffer";
    public const string RequestChanges = "requestOfferChanges";
    public const string Publish = "publishOffer";
    public const string DiscardDraft = "discardOfferDraft";
    public const string Suspend = "suspendOffer";
    public const string Resume = "resumeOffer";
    public const string Retire = "retireOffer";

    /// <summary>What a supplier or seller has ended or halted, only the seller opens again.</summary>
    public static readonly IReadOnlyList<OfferTransition> Offers =
    [
        new(Publish, OrganisationRole.Seller, OfferState.Unpublished, OfferState.Published),
        new(Publish, OrganisationRole.Seller, OfferState.Published, OfferState.Published),
        new(Publish, OrganisationRole.Seller, OfferState.Suspended, OfferState.Suspended),
        new(Suspend, OrganisationRole.Seller, OfferState.Published, OfferState.Suspended),
        new(Suspend, OrganisationRole.Supplier, OfferState.Published, OfferState.Suspended),
        new(Resume, OrganisationRole.Seller, OfferState.Suspended, OfferState.Published),
        new(Retire, OrganisationRole.Seller, OfferState.Unpublished, OfferState.Retired),
        new(Retire, OrganisationRole.Seller, OfferState.Published, OfferState.Retired),
        new(Retire, OrganisationRole.Seller, OfferState.Suspended, OfferState.Retired),
        new(Retire, OrganisationRole.Supplier, OfferState.Unpublished, OfferState.Retired),
        new(Retire, OrganisationRole.Supplier, OfferState.Published, OfferState.Retired),
        new(Retire, OrganisationRole.Supplier, OfferState.Suspended, OfferState.Retired),
    ];

    public static readonly IReadOnlyList<OfferVersionTransition> Versions =
    [
        new(Upload, OrganisationRole.Supplier, OfferVersionState.Draft, OfferVersionState.Draft),
        new(Upload, OrganisationRole.Supplier, OfferVersionState.Submitted, OfferVersionState.Draft),
        new(Upload, OrganisationRole.Supplier, OfferVersionState.ChangesRequested, OfferVersionState.Draft),
        new(Upload, OrganisationRole.Supplier, OfferVersionState.Scheduled, OfferVersionState.Draft),
        new(Submit, OrganisationRole.Supplier, OfferVersionState.Draft, OfferVersionState.Submitted),
        new(Submit, OrganisationRole.Supplier, OfferVersionState.ChangesRequested, OfferVersionState.Submitted),
        new(RequestChanges, OrganisationRole.Seller, OfferVersionState.Submitted, OfferVersionState.ChangesRequested),
        new(RequestChanges, OrganisationRole.Seller, OfferVersionState.Scheduled, OfferVersionState.ChangesRequested),
        new(Publish, OrganisationRole.Seller, OfferVersionState.Submitted, OfferVersionState.Published),
        new(Publish, OrganisationRole.Seller, OfferVersionState.Submitted, OfferVersionState.Scheduled),
        new(Publish, OrganisationRole.Seller, OfferVersionState.Scheduled, OfferVersionState.Published),
        new(Publish, OrganisationRole.Seller, OfferVersionState.Scheduled, OfferVersionState.Scheduled),
        new(Publish, OrganisationRole.Seller, OfferVersionState.Published, OfferVersionState.Superseded),
        new(DiscardDraft, OrganisationRole.Supplier, OfferVersionState.Draft, null),
        new(DiscardDraft, OrganisationRole.Supplier, OfferVersionState.Submitted, null),
        new(DiscardDraft, OrganisationRole.Supplier, OfferVersionState.ChangesRequested, null),
        new(DiscardDraft, OrganisationRole.Supplier, OfferVersionState.Scheduled, null),
    ];

    private static readonly IReadOnlyList<string> Steps = [Submit, RequestChanges, Publish, DiscardDraft, Suspend, Resume, Retire];

    /// <summary>Which parties take a step, whatever the state.</summary>
    public static IReadOnlyList<OrganisationRole> TakenBy(string mutation) =>
        [.. Offers.Where(t => t.Mutation == mutation).Select(t => t.By).Concat(Versions.Where(t => t.Mutation == mutation).Select(t => t.By)).Distinct()];

    /// <summary>Whether an offer can take a step.</summary>
    /// <param name="draft">State of its version in work; null where there is none.</param>
    public static bool Allow(string mutation, OfferState offer, OfferVersionState? draft)
    {
        bool ofOffer = Offers.Any(t => t.Mutation == mutation), ofDraft = Versions.Any(t => t.Mutation == mutation);
        return (!ofOffer || Offers.Any(t => t.Mutation == mutation && t.From == offer))
            && (!ofDraft || Versions.Any(t => t.Mutation == mutation && t.From == draft))
            // What was never published is nothing without its draft, and what is retired gets no new version.
            && (mutation != DiscardDraft || offer != OfferState.Unpublished)
            && (!ofDraft || offer != OfferState.Retired);
    }

    /// <summary>Mutations that an offer in these states allows.</summary>
    public static IReadOnlyList<string> Allowed(OfferState offer, OfferVersionState? draft) => [.. Steps.Where(step => Allow(step, offer, draft))];

    /// <summary>Whether a step is about the version in work, so that its state is what a refusal tells.</summary>
    public static bool IsOfVersion(string mutation) => Versions.Any(t => t.Mutation == mutation);
}

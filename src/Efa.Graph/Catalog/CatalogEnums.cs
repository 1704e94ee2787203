using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;

namespace Efa.Graph.Catalog;

public sealed class OfferStateType() : EnumType<OfferState>("Whether an offer can be ordered. The review of its next version is told by that version.",
    (OfferState.Unpublished, "Never published."),
    (OfferState.Suspended, "No new orders; running ones go on."),
    (OfferState.Retired, "Not offered any more; running orders go on."));

public sealed class OfferVersionStateType() : EnumType<OfferVersionState>("How far a version of an offer is.",
    (OfferVersionState.Scheduled, "Accepted, waits for its day."),
    (OfferVersionState.Superseded, "Published once; a newer version is published now."));

public sealed class OrderingModeType() : EnumType<OrderingMode>("How an offer is ordered.",
    (OrderingMode.Direct, "Fixed conditions: placeOrder is binding at once."),
    (OrderingMode.Coordinated, "Interest first; fees are agreed, then placeCoordinatedOrder binds."));

public sealed class ProvisioningModeType() : EnumType<ProvisioningMode>("How an ordered offer is provisioned.",
    (ProvisioningMode.Automatic, "Provisioned at once through the supplier's Open Service Broker."));

public sealed class OfferSortType() : EnumType<OfferSort>("The order of a list of offers.",
    (OfferSort.Relevance, "Needs a search. First offers whose title has all its words, then those with the service's name or a key, then those with the summary; within these by title."),
    (OfferSort.Title, "Alphabetically, umlauts as their vowels."),
    (OfferSort.PublishedAtDesc, "Newest publication first; a later version counts anew."));

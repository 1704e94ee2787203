using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>What a row comes to, before anything is done.</summary>
/// <param name="Content">What its offer would say; null where the row is rejected.</param>
public sealed record PlannedRow(
    OfferRow Row, StandingOffer? Standing, RowOutcome Outcome, OfferContent? Content, IReadOnlyList<string> ChangedFields, IReadOnlyList<PriceChange> PriceChanges, IReadOnlyList<Invalid> Faults);

/// <summary>Decides what rows come to: a pure function of the rows and of what they refer to.</summary>
public static class OfferPlan
{
    public static IReadOnlyList<PlannedRow> Of(IReadOnlyList<OfferRow> rows, OfferReferences references)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var services = new Dictionary<string, string>(StringComparer.Ordinal);
        var plan = new List<PlannedRow>(rows.Count);
        foreach (OfferRow row in rows)
        {
            List<Invalid> faults = [.. OfferRowCheck.Faults(row, references)];
            if (!seen.Add(row.ExternalId)) faults.Add(new Invalid(OperationsRefusals.Duplicate, ["externalId"]));
            if (row.Service.Own is { } own && services.TryGetValue(own.ExternalId, out string? said) && said != MarketJson.Write(own))
                faults.Add(new Invalid(ImportRefusals.ServiceContradicts, ["service", "own"]));
            PlannedRow planned = Plan(row, faults, references);
            if (planned.Outcome != RowOutcome.Reject && row.Service.Own is { } accepted) services.TryAdd(accepted.ExternalId, MarketJson.Write(accepted));
            plan.Add(planned);
        }
        return plan;
    }

    /// <summary>The row as it is told.</summary>
    /// <param name="path">To the row in the request.</param>
    public static OfferRowResult Told(this PlannedRow planned, int index, Guid? subject, params string[] path) => new(
        index + 1, subject,
        [
            .. planned.Faults.Select(fault => new RowRefused(fault.Code, [.. path, index.ToString(CultureInfo.InvariantCulture), .. fault.Path], index + 1, null, planned.Row.ExternalId, Pointer(fault.Path))
            {
                Values = fault.Values,
            }),
        ],
        planned.Row.ExternalId, subject ?? planned.Standing?.Offer.Id, planned.Outcome, planned.ChangedFields, planned.PriceChanges);

    private static PlannedRow Plan(OfferRow row, List<Invalid> faults, OfferReferences references)
    {
        StandingOffer? standing = references.Offers.GetValueOrDefault(row.ExternalId);
        if (faults.Count > 0) return new(row, standing, RowOutcome.Reject, null, [], [], faults);
        OfferContent content = row.Content();
        if (standing is null) return new(row, null, RowOutcome.Create, content, [], [.. content.Prices.Select(p => new PriceChange(p.Code, null, p))], []);

        OfferContent before = OfferContent.Of(standing.Latest);
        bool serviceChanges = row.Service.Own is { } own && !references.OwnServices[own.ExternalId].Says(own);
        string[] changed = [.. OfferVersionChanges.Between(before, content), .. serviceChanges ? new[] { "service" } : []];
        return new(row, standing, changed.Length == 0 ? RowOutcome.Unchanged : RowOutcome.Update, content, changed, [.. Changes(before.Prices, content.Prices)], []);
    }

    private static IEnumerable<PriceChange> Changes(IReadOnlyList<PriceComponent> before, IReadOnlyList<PriceComponent> after)
    {
        Dictionary<string, PriceComponent> old = before.ToDictionary(p => p.Code, StringComparer.Ordinal);
        foreach (PriceComponent price in after)
        {
            PriceComponent? was = old.GetValueOrDefault(price.Code);
            if (was is null || MarketJson.Write(was) != MarketJson.Write(price)) yield return new PriceChange(price.Code, was, price);
        }
        foreach (PriceComponent gone in before.Where(p => after.All(a => a.Code != p.Code))) yield return new PriceChange(gone.Code, gone, null);
    }

    private static string Pointer(IReadOnlyList<string> path) =>
        string.Concat(path.Select(part => "/" + part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
}

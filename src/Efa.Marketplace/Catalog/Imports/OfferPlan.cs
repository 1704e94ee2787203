using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>Decides what rows come to: by themselves, by the rows before them, and by what they refer to.</summary>
public sealed class OfferPlan
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    // What accepted rows have said of own services, by hash: there may be as many as rows.
    private readonly Dictionary<string, string> services = new(StringComparer.Ordinal);

    /// <summary>The next rows of the same upload.</summary>
    public IReadOnlyList<PlannedRow> Of(IReadOnlyList<OfferRow> rows, OfferReferences references)
    {
        var plan = new List<PlannedRow>(rows.Count);
        foreach (OfferRow given in rows)
        {
            OfferRow row = given.Beside(references);
            List<Invalid> faults = [.. OfferRowCheck.Faults(row, references)];
            if (seen.Contains(row.ExternalId)) faults.Add(new Invalid(OperationsRefusals.Duplicate, ["externalId"]));
            if (row.Service.Own is { } own && services.TryGetValue(own.ExternalId, out string? said) && said != CanonicalJson.Hash(own))
                faults.Add(new Invalid(ImportRefusals.ServiceContradicts, ["service", "own"]));
            PlannedRow planned = Plan(row, faults, references);
            Pass(row, planned.Outcome != RowOutcome.Reject);
            plan.Add(planned);
        }
        return plan;
    }

    /// <summary>A row that was planned before, by which later ones are judged.</summary>
    public void Pass(OfferRow row, bool accepted)
    {
        seen.Add(row.ExternalId);
        if (accepted && row.Service.Own is { } own) services.TryAdd(own.ExternalId, CanonicalJson.Hash(own));
    }

    private static PlannedRow Plan(OfferRow row, List<Invalid> faults, OfferReferences references)
    {
        StandingOffer? standing = references.Offers.GetValueOrDefault(row.ExternalId);
        if (faults.Count > 0) return new(row, standing, RowOutcome.Reject, null, [], [], faults);
        if (standing is null) return new(row, null, RowOutcome.Create, row.Content(), [], [.. row.Prices.Select(p => new PriceChange(p.Code, null, p))], []);

        OfferContent before = OfferContent.Of(standing.Latest), content = row.Content(before);
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
}

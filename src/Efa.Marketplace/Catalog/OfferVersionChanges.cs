using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>Which parts of an offer's content differ from the version before.</summary>
public static class OfferVersionChanges
{
    /// <summary>API names of the changed fields of many versions, in the same few SQL commands; none for a first version.</summary>
    public static async Task<ILookup<Guid, string>> ChangedFieldsAsync(this MarketContext context, IReadOnlyCollection<Guid> versionIds, CancellationToken cancellationToken)
    {
        List<OfferVersion> versions = await context.Set<OfferVersion>().AsNoTracking().AsSplitQuery()
            .Include(v => v.AvailableIn).Include(v => v.ConnectionTypes).Include(v => v.SpecialistApplications).Include(v => v.Terms).Include(v => v.Documents)
            .Where(v => versionIds.Contains(v.Id)
                || context.Set<OfferVersion>().Any(next => versionIds.Contains(next.Id) && next.OfferId == v.OfferId && next.Number == v.Number + 1))
            .OrderBy(v => v.OfferId).ThenBy(v => v.Number).ToListAsync(cancellationToken);

        Dictionary<(Guid, int), OfferVersion> byNumber = versions.ToDictionary(v => (v.OfferId, v.Number));
        return versions.Where(v => versionIds.Contains(v.Id) && byNumber.ContainsKey((v.OfferId, v.Number - 1)))
            .SelectMany(v => Between(byNumber[(v.OfferId, v.Number - 1)], v), (v, field) => (v.Id, field))
            .ToLookup(c => c.Id, c => c.field);
    }

    internal static IEnumerable<string> Between(OfferVersion before, OfferVersion after) =>
        Parts(before).Zip(Parts(after)).Where(pair => pair.First.Value != pair.Second.Value).Select(pair => pair.First.Field);

    // As text, so that equal content is equal whatever it is made of.
    private static IEnumerable<(string Field, string Value)> Parts(OfferVersion version) =>
    [
        ("title", version.Title),
        ("summary", version.Summary),
        ("description", version.Description ?? ""),
        ("implementingState", version.ImplementingState ?? ""),
        ("availableIn", Set(version.AvailableIn.Select(s => s.State))),
        ("orderingMode", version.OrderingMode.ToString()),
        ("provisioningMode", version.ProvisioningMode.ToString()),
        ("connectionTypes", Set(version.ConnectionTypes.Select(c => c.ConnectionType))),
        ("specialistApplications", Set(version.SpecialistApplications.Select(a => a.Application))),
        ("maturity", MarketJson.Write(version.Maturity)),
        ("efaFinanced", MarketJson.Write(version.EfaFinanced)),
        ("prices", MarketJson.Write(version.Prices)),
        ("terms", MarketJson.Write(version.Terms.OrderBy(t => t.Position).Select(t => t.TermsId))),
        ("documents", MarketJson.Write(version.Documents.OrderBy(d => d.Position).Select(d => new { d.DocumentKind, d.Title, d.Sha256 }))),
        ("minimumTermMonths", MarketJson.Write(version.MinimumTermMonths)),
        ("noticePeriodMonths", MarketJson.Write(version.NoticePeriodMonths)),
        ("noticeTo", MarketJson.Write(version.NoticeTo)),
    ];

    private static string Set(IEnumerable<string> values) => MarketJson.Write(values.Order(StringComparer.Ordinal));
}

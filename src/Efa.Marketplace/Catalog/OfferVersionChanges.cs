using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>Which parts of an offer's content differ from the version before.</summary>
public static class OfferVersionChanges
{
    /// <summary>API names of the changed fields of many versions, in the same few SQL commands; none for a first version.</summary>
    public static async Task<ILookup<Guid, string>> ChangedFieldsAsync(this MarketContext context, IReadOnlyCollection<Guid> versionIds, CancellationToken cancellationToken)
    {
        List<OfferVersion> versions = await context.Set<OfferVersion>().AsNoTracking().WithParts()
            .Where(v => versionIds.Contains(v.Id)
                || (v.State == OfferVersionState.Published || v.State == OfferVersionState.Superseded) && context.Set<OfferVersion>().Any(next => versionIds.Contains(next.Id) && next.OfferId == v.OfferId && next.Number == v.Number + 1))
            .OrderBy(v => v.OfferId).ThenBy(v => v.Number).ToListAsync(cancellationToken);

        Dictionary<(Guid, int), OfferVersion> byNumber = versions.ToDictionary(v => (v.OfferId, v.Number));
        return versions.Where(v => versionIds.Contains(v.Id) && byNumber.ContainsKey((v.OfferId, v.Number - 1)))
            .SelectMany(v => Between(OfferContent.Of(byNumber[(v.OfferId, v.Number - 1)]), OfferContent.Of(v)), (v, field) => (v.Id, field))
            .ToLookup(c => c.Id, c => c.field);
    }

    /// <summary>Versions with everything that their content is made of.</summary>
    internal static IQueryable<OfferVersion> WithParts(this IQueryable<OfferVersion> versions) => versions.AsSplitQuery()
        .Include(v => v.AvailableIn).Include(v => v.ConnectionTypes).Include(v => v.SpecialistApplications)
        .Include(v => v.Terms).Include(v => v.Documents).Include(v => v.Contacts);

    /// <summary>API names of the fields in which two contents differ.</summary>
    internal static IEnumerable<string> Between(OfferContent before, OfferContent after) =>
        Parts(before).Zip(Parts(after)).Where(pair => pair.First.Value != pair.Second.Value).Select(pair => pair.First.Field);

    // As text, so that equal content is equal whatever it is made of.
    private static IEnumerable<(string Field, string Value)> Parts(OfferContent content) =>
    [
        ("title", content.Title),
        ("summary", content.Summary),
        ("description", content.Description ?? ""),
        ("implementingState", content.ImplementingState ?? ""),
        ("availableIn", MarketJson.Write(content.AvailableIn)),
        ("orderingMode", content.OrderingMode.ToString()),
        ("provisioningMode", content.ProvisioningMode.ToString()),
        ("brokerPlan", MarketJson.Write(content.BrokerPlan)),
        ("connectionTypes", MarketJson.Write(content.ConnectionTypes)),
        ("specialistApplications", MarketJson.Write(content.SpecialistApplications)),
        ("maturity", MarketJson.Write(content.Maturity)),
        ("efaFinanced", MarketJson.Write(content.EfaFinanced)),
        ("prices", MarketJson.Write(content.Prices)),
        ("terms", MarketJson.Write(content.TermsIds)),
        ("documents", MarketJson.Write(content.Documents)),
        ("contacts", MarketJson.Write(content.Contacts)),
        ("minimumTermMonths", MarketJson.Write(content.MinimumTermMonths)),
        ("noticePeriodMonths", MarketJson.Write(content.NoticePeriodMonths)),
        ("noticeTo", MarketJson.Write(content.NoticeTo)),
    ];
}

using System.Runtime.CompilerServices;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Mirrors;

/// <summary>An offer as a mirror keeps it: ids as in the API, names of organisations left to be asked for.</summary>
public sealed record ExportedOffer(
    string Id, string? ExternalId, string Slug, string SellerId, string SupplierId, ExportedService Service, DateTimeOffset UpdatedAt, DateTimeOffset? PublishedAt, int VersionNumber, string ContentHash,
    string Title, string Summary, string? Description, string? ImplementingState, IReadOnlyList<string> AvailableIn, OrderingMode OrderingMode, ProvisioningMode ProvisioningMode,
    IReadOnlyList<string> ConnectionTypes, IReadOnlyList<string> SpecialistApplications, Maturity? Maturity, bool EfaFinanced, IReadOnlyList<PriceComponent> Prices,
    IReadOnlyList<ExportedTerms> Terms, IReadOnlyList<NamedDocument> Documents, int? MinimumTermMonths, int? NoticePeriodMonths, NoticeTo? NoticeTo);

/// <summary>The service of an exported offer.</summary>
public sealed record ExportedService(string Id, string Name, ServiceKind Kind, IReadOnlyList<string> LeikaKeys, IReadOnlyList<string> OzgIds, string? SubjectArea, string? FimType);

/// <summary>Terms that an exported offer names; what takes their place is told by their supersededBy.</summary>
public sealed record ExportedTerms(string Id, string Sha256);

/// <summary>The whole public catalogue, offer by offer.</summary>
public sealed class CatalogExport(IDbContextFactory<MarketContext> contexts)
{
    private const int PageSize = 200;

    /// <summary>Every offer that is published all the while it is read, once, by id; the same SQL commands for each part of 200.</summary>
    public async IAsyncEnumerable<ExportedOffer> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (Guid last = Guid.Empty; ;)
        {
            IReadOnlyList<ExportedOffer> page = await PageAsync(last, cancellationToken);
            foreach (ExportedOffer offer in page) yield return offer;
            if (page.Count < PageSize) yield break;
            TypeId.TryDecode(page[^1].Id, IdPrefix.Offer, out last);
        }
    }

    private async Task<IReadOnlyList<ExportedOffer>> PageAsync(Guid after, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        List<Offer> offers = await context.OffersVisibleTo(Caller.Anonymous).Where(o => o.Id > after).OrderBy(o => o.Id).Take(PageSize).ToListAsync(cancellationToken);
        Guid[] versionIds = [.. offers.Select(o => o.ShownVersionId)], serviceIds = [.. offers.Select(o => o.ServiceId).Distinct()];
        Dictionary<Guid, OfferVersion> versions = await context.VersionsVisibleTo(Caller.Anonymous).WithParts().Where(v => versionIds.Contains(v.Id)).ToDictionaryAsync(v => v.Id, cancellationToken);
        Dictionary<Guid, Service> services = await context.Services().Include(s => s.LeikaKeys).Include(s => s.OzgIds).AsSplitQuery()
            .Where(s => serviceIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellationToken);
        Guid[] termsIds = [.. versions.Values.SelectMany(v => v.Terms).Select(t => t.TermsId).Distinct()];
        Dictionary<Guid, string> terms = await context.Terms().Where(t => termsIds.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Sha256, cancellationToken);
        return [.. offers.Select(o => Exported(o, versions[o.ShownVersionId], services[o.ServiceId], terms))];
    }

    private static ExportedOffer Exported(Offer offer, OfferVersion version, Service service, Dictionary<Guid, string> terms)
    {
        OfferContent content = OfferContent.Of(version);
        return new ExportedOffer(
            TypeId.Encode(IdPrefix.Offer, offer.Id), offer.ExternalId, offer.Slug, TypeId.Encode(IdPrefix.Organisation, offer.SellerId), TypeId.Encode(IdPrefix.Organisation, offer.SupplierId),
            Exported(service), offer.UpdatedAt, version.PublishedAt, version.Number, version.ContentHash,
            content.Title, content.Summary, content.Description, content.ImplementingState, content.AvailableIn, content.OrderingMode, content.ProvisioningMode,
            content.ConnectionTypes, content.SpecialistApplications, content.Maturity, content.EfaFinanced, content.Prices,
            [.. content.TermsIds.Select(id => new ExportedTerms(TypeId.Encode(IdPrefix.Terms, id), terms[id]))], content.Documents,
            content.MinimumTermMonths, content.NoticePeriodMonths, content.NoticeTo);
    }

    private static ExportedService Exported(Service service) => new(
        TypeId.Encode(IdPrefix.Service, service.Id), service.Name, service.ServiceKind, [.. service.LeikaKeys.Select(k => k.LeikaKey).Order(StringComparer.Ordinal)],
        [.. service.OzgIds.Select(k => k.OzgId).Order(StringComparer.Ordinal)], service.SubjectArea, service.FimType);
}

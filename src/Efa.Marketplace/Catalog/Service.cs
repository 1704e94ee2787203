using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Events;

namespace Efa.Marketplace.Catalog;

/// <summary>What kind of digital service it is.</summary>
public enum ServiceKind { EfaOnlineService, SpecialistApplication, DigitalWorkplace, CloudService, Infrastructure, Other }

/// <summary>What is provided, whoever sells it.</summary>
public sealed class Service : Aggregate
{
    public override string Kind => IdPrefix.Service;

    public override IEnumerable<Guid> Parties => SupplierId is { } supplier ? [supplier] : [];

    /// <summary>The supplier whose own key <see cref="ExternalId"/> is.</summary>
    public Guid? SupplierId { get; init; }

    public string? ExternalId { get; init; }

    public required string Name { get; set; }

    /// <summary>Name as sorted and searched.</summary>
    public required string NameKey { get; set; }

    public ServiceKind ServiceKind { get; set; }

    /// <summary>Code of one of the <c>SubjectAreas</c>.</summary>
    public string? SubjectArea { get; set; }

    /// <summary>Value of urn:de:fim:leika:typisierung, such as 2/3a.</summary>
    public string? FimType { get; set; }

    public List<ServiceLeikaKey> LeikaKeys { get; init; } = [];

    public List<ServiceOzgId> OzgIds { get; init; } = [];

    /// <summary>A service of a supplier's own.</summary>
    public static Service Make(Guid supplierId, OwnServiceRow own, DateTimeOffset now)
    {
        var service = new Service { Id = Guid.CreateVersion7(now), SupplierId = supplierId, ExternalId = own.ExternalId, Name = "", NameKey = "" };
        service.Take(own);
        service.Record("service.created", ["name", "kind", "leikaKeys", "ozgIds", "subjectArea", "fimType"]);
        return service;
    }

    /// <summary>Whether it says already what its supplier wants it to.</summary>
    public bool Says(OwnServiceRow own) =>
        Name == own.Name.Normalize() && ServiceKind == own.Kind && SubjectArea == own.SubjectArea && FimType == own.FimType
        && LeikaKeys.Select(k => k.LeikaKey).ToHashSet().SetEquals(own.LeikaKeys) && OzgIds.Select(k => k.OzgId).ToHashSet().SetEquals(own.OzgIds);

    public void Change(OwnServiceRow own)
    {
        Take(own);
        Record("service.changed", ["name", "kind", "leikaKeys", "ozgIds", "subjectArea", "fimType"]);
    }

    private void Take(OwnServiceRow own)
    {
        Name = own.Name.Normalize();
        NameKey = Organisations.NameKey.Of(Name);
        (ServiceKind, SubjectArea, FimType) = (own.Kind, own.SubjectArea, own.FimType);
        LeikaKeys.RemoveAll(k => !own.LeikaKeys.Contains(k.LeikaKey));
        LeikaKeys.AddRange(own.LeikaKeys.Except(LeikaKeys.Select(k => k.LeikaKey)).ToArray().Select(k => new ServiceLeikaKey { ServiceId = Id, LeikaKey = k }));
        OzgIds.RemoveAll(k => !own.OzgIds.Contains(k.OzgId));
        OzgIds.AddRange(own.OzgIds.Except(OzgIds.Select(k => k.OzgId)).ToArray().Select(k => new ServiceOzgId { ServiceId = Id, OzgId = k }));
    }
}

/// <summary>A LeiKa key of a service, in a table of its own so that all databases index it.</summary>
public sealed class ServiceLeikaKey
{
    public Guid ServiceId { get; init; }

    public required string LeikaKey { get; init; }
}

/// <summary>An OZG number of a service.</summary>
public sealed class ServiceOzgId
{
    public Guid ServiceId { get; init; }

    public required string OzgId { get; init; }
}

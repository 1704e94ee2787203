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

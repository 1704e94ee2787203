using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Organisations;

/// <summary>What an organisation is by law.</summary>
public enum OrganisationKind { Federation, State, District, Municipality, Association, PublicInstitution, ItProvider, Cooperative, Other }

/// <summary>Whether contracts of a year's last quarters are billed with the next year's bill.</summary>
public enum CarryOver { None, Q4, Q3AndQ4 }

/// <summary>A body that takes part in the marketplace: it orders, supplies, sells, passes on or runs it.</summary>
public sealed class Organisation : Aggregate
{
    public const int NameLength = 300;

    public override string Kind => IdPrefix.Organisation;

    public override IEnumerable<Guid> Parties => [Id];

    public required string Name { get; set; }

    /// <summary>Name as sorted and searched: lower case, umlauts and accents off.</summary>
    public required string NameKey { get; set; }

    public OrganisationKind OrganisationKind { get; init; }

    public IReadOnlyList<OrganisationRole> Roles { get; set; } = [];

    /// <summary>Regional key of 2, 5, 9 or 12 digits.</summary>
    public string? Ars { get; init; }

    /// <summary>Official two digits, 01 to 16.</summary>
    public string? FederalState { get; init; }

    public int? Population { get; set; }

    public DateOnly? PopulationOn { get; set; }

    public string? LeitwegId { get; set; }

    /// <summary>EAS code of the e-invoice address (BT-34, BT-49), such as 0204 or EM.</summary>
    public string? ElectronicAddressScheme { get; set; }

    public string? ElectronicAddress { get; set; }

    public PostalAddress? Address { get; set; }

    public string? VatId { get; set; }

    public string? TaxNumber { get; set; }

    public string? RegisterNumber { get; set; }

    public string? Iban { get; set; }

    public List<Contact> Contacts { get; init; } = [];

    /// <summary>How it sells; null for all who do not.</summary>
    public Selling? Selling { get; set; }

    /// <summary>Which of its orders others than who placed them have to approve.</summary>
    public IReadOnlyList<ApprovalRule> ApprovalRules { get; private set; } = [];

    /// <summary>True for demonstration data.</summary>
    public bool IsDemo { get; init; }

    public bool Is(OrganisationRole role) => Roles.Contains(role);

    /// <param name="fields">Names of the API fields whose values are others now.</param>
    public void Update(IReadOnlyList<string> fields) => Record("organisation.updated", fields);

    /// <summary>Begins.</summary>
    public void Register() => Record("organisation.registered", ["name", "kind", "roles"]);

    /// <summary>Gets services through an aggregator, or one of the two wants that.</summary>
    public void GoThrough(bool isClient) => Record(isClient ? "organisation.client-added" : "organisation.client-asked", isClient ? ["aggregators"] : []);

    /// <summary>Where the broker is and how it is entered is told to nobody, not even to the log.</summary>
    public void SetServiceBroker() => Record("organisation.service-broker-set", []);

    public void SetApprovalRules(IReadOnlyList<ApprovalRule> rules)
    {
        ApprovalRules = rules;
        Record("organisation.approval-rules-set", ["approvalRules"]);
    }
}

/// <summary>Where an organisation is reached by post; countryCode is ISO 3166-1 alpha-2.</summary>
public sealed record PostalAddress(string Street, string PostalCode, string City, string CountryCode = "DE")
{
    public const int StreetLength = 200;
    public const int PostalCodeLength = 20;
    public const int CityLength = 100;

    /// <summary>The same in one Unicode form.</summary>
    public PostalAddress Normalised() => this with { Street = Street.Normalize(), City = City.Normalize() };
}

/// <summary>Where an organisation gets e-invoices: scheme is an EAS code such as 0204 or EM.</summary>
public sealed record ElectronicAddress(string Scheme, string Value)
{
    public const int ValueLength = 200;

    public static ElectronicAddress? Of(Organisation organisation) => Of(organisation.ElectronicAddressScheme, organisation.ElectronicAddress);

    public static ElectronicAddress? Of(string? scheme, string? value) => scheme is not null && value is not null ? new ElectronicAddress(scheme, value) : null;
}

/// <summary>Settings of a seller.</summary>
/// <param name="NumberPrefix">Begins its order and invoice numbers; unique among sellers.</param>
/// <param name="FeeChangesUntilMonth">With the day: the last day of a year on which fee changes still reach that year.</param>
public sealed record Selling(string NumberPrefix, CarryOver CarryOver, int FeeChangesUntilMonth, int FeeChangesUntilDay, int PaymentDays)
{
    /// <summary>Last day on which fee changes still reach a year. A setting of 29 February means the last day of February in other years.</summary>
    public DateOnly FeeChangesUntil(int year) => new(year, FeeChangesUntilMonth, Math.Min(FeeChangesUntilDay, DateTime.DaysInMonth(year, FeeChangesUntilMonth)));
}

/// <summary>What a contact is for.</summary>
public enum ContactPurpose { General, Technical, Commercial, Invoicing, DataProtection }

/// <summary>Whom to reach at an organisation; the only personal data kept.</summary>
public sealed class Contact
{
    public const int NameLength = 200;
    public const int EmailLength = 254;
    public const int PhoneLength = 50;

    /// <summary>Most contacts of an organisation.</summary>
    public const int Most = 50;

    public Guid Id { get; init; }

    public Guid OrganisationId { get; init; }

    public required string Name { get; set; }

    public required string Email { get; set; }

    public string? Phone { get; set; }

    public ContactPurpose Purpose { get; set; }

    public static Contact Of(ContactData data, Guid organisationId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        OrganisationId = organisationId,
        Name = data.Name.Normalize(),
        Email = data.Email,
        Phone = data.Phone,
        Purpose = data.Purpose,
    };
}

using System.Globalization;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Organisations;

/// <summary>Whom to reach, as a caller gives it.</summary>
public sealed record ContactData(string Name, string Email, string? Phone, ContactPurpose Purpose);

/// <summary>What is checked of an organisation's master data, from whichever input they come.</summary>
public static class MasterData
{
    public const int TaxNumberLength = 30;
    public const int RegisterNumberLength = 60;

    public static IEnumerable<Refusal> VatId(string? vatId)
    {
        if (vatId is not null && !Organisations.VatId.IsValid(vatId)) yield return new Invalid(OrganisationsRefusals.VatIdInvalid, ["input", "vatId"]);
    }

    public static IEnumerable<Refusal> ElectronicAddress(ElectronicAddress? address)
    {
        if (address is { } given && (given.Value.Length > Organisations.ElectronicAddress.ValueLength || !ElectronicAddresses.IsValid(given.Scheme, given.Value)))
            yield return new Invalid(OrganisationsRefusals.ElectronicAddressInvalid, ["input", "electronicAddress"]);
    }

    public static IEnumerable<Refusal> Address(PostalAddress? address)
    {
        if (address is null) return [];
        return
        [
            .. InputCheck.Name(address.Street, PostalAddress.StreetLength, "input", "address", "street"),
            .. InputCheck.Name(address.PostalCode, PostalAddress.PostalCodeLength, "input", "address", "postalCode"),
            .. InputCheck.Name(address.City, PostalAddress.CityLength, "input", "address", "city"),
            .. CountryCodes.IsKnown(address.CountryCode) ? Array.Empty<Refusal>() : [new Invalid(OrganisationsRefusals.CountryUnknown, ["input", "address", "countryCode"])],
        ];
    }

    public static IEnumerable<Refusal> Contacts(IReadOnlyList<ContactData>? contacts)
    {
        if (contacts is null) return [];
        if (contacts.Count > Organisations.Contact.Most) return [new Invalid(OperationsRefusals.TooMany, ["input", "contacts"]) { Values = [Organisations.Contact.Most] }];
        return contacts.Index().SelectMany(c => Contact(c.Item, ["input", "contacts", c.Index.ToString(CultureInfo.InvariantCulture)]));
    }

    public static IEnumerable<Refusal> Contact(ContactData contact, params string[] path) =>
    [
        .. InputCheck.Name(contact.Name, Organisations.Contact.NameLength, [.. path, "name"]),
        .. contact.Email.Length <= Organisations.Contact.EmailLength && ElectronicAddresses.IsEmail(contact.Email) && !contact.Email.Any(char.IsControl)
            ? Array.Empty<Refusal>() : [new Invalid(OrganisationsRefusals.EmailInvalid, [.. path, "email"])],
        .. InputCheck.OptionalText(contact.Phone, Organisations.Contact.PhoneLength, [.. path, "phone"]),
    ];
}

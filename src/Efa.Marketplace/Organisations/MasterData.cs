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
            .. InputCheck.Text(address.Street, PostalAddress.StreetLength, "input", "address", "street"),
            .. InputCheck.Text(address.PostalCode, PostalAddress.PostalCodeLength, "input", "address", "postalCode"),
            .. InputCheck.Text(address.City, PostalAddress.CityLength, "input", "address", "city"),
            .. CountryCodes.IsKnown(address.CountryCode) ? Array.Empty<Refusal>() : [new Invalid(OrganisationsRefusals.CountryUnknown, ["input", "address", "countryCode"])],
        ];
    }

    public static IEnumerable<Refusal> Contacts(IReadOnlyList<ContactData>? contacts)
    {
        if (contacts is null) return [];
        if (contacts.Count > Contact.Most) return [new Invalid(OperationsRefusals.TooMany, ["input", "contacts"]) { Values = [Contact.Most] }];
        return contacts.Index().SelectMany(c => Of(c.Item, ["input", "contacts", c.Index.ToString(CultureInfo.InvariantCulture)]));
    }

    private static IEnumerable<Refusal> Of(ContactData contact, string[] path) =>
    [
        .. InputCheck.Text(contact.Name, Contact.NameLength, [.. path, "name"]),
        .. contact.Email.Length <= Contact.EmailLength && ElectronicAddresses.IsEmail(contact.Email) && !contact.Email.Any(char.IsControl)
            ? Array.Empty<Refusal>() : [new Invalid(OrganisationsRefusals.EmailInvalid, [.. path, "email"])],
        .. InputCheck.OptionalText(contact.Phone, Contact.PhoneLength, [.. path, "phone"]),
    ];
}

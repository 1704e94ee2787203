using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;

namespace Efa.Marketplace.Ordering.Contracts;

/// <summary>Between whom a contract is: supplier and seller, seller and customer, a customer and its client, that client and a client of its own.</summary>
public enum ContractKind { Supply, Reuse, SubReuse, SubSubReuse }

/// <summary>A contract about what was ordered, with its folder (Vertragsmappe): who grants the service to whom, which documents are part of it, whom to reach.</summary>
public sealed class Contract : Aggregate
{
    public const int NumberLength = 60;
    public const int MostDocuments = 100;

    public override string Kind => IdPrefix.Contract;

    public override IEnumerable<Guid> Parties => [GrantedById, GrantedToId];

    /// <summary>Consecutive for seller and calendar year: GD-V-2026-000042. That of a contract concluded elsewhere is the one it has there.</summary>
    public string Number { get; private set; } = "";

    public ContractKind ContractKind { get; init; }

    public Guid OrderId { get; init; }

    /// <summary>The contract from which the grantor has what it grants; null for the first of an order.</summary>
    public Guid? ParentId { get; init; }

    public Guid GrantedById { get; init; }

    public Guid GrantedToId { get; init; }

    public DateOnly StartsOn { get; init; }

    /// <summary>Last day; null while it goes on.</summary>
    public DateOnly? EndsOn { get; private set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>In the sequence in which they came.</summary>
    public List<ContractDocument> Documents { get; init; } = [];

    public List<ContractContact> Contacts { get; init; } = [];

    public void NumberAs(string number) => Number = number;

    public void Conclude() => Record("contract.concluded", ["number", "startsOn", "documents"]);

    /// <summary>Comes with the number and the last day that it has elsewhere.</summary>
    public void Import(string number, DateOnly? endsOn)
    {
        Number = number;
        EndsOn = endsOn;
        Record("contract.imported", ["number", "startsOn", "endsOn", "documents"]);
    }

    /// <summary>Ends with the order.</summary>
    public void End(DateOnly lastDay)
    {
        EndsOn = lastDay;
        Record("contract.ended", ["endsOn"]);
    }

    /// <summary>Puts documents into the folder, without telling of it.</summary>
    public void Enclose(IEnumerable<NamedDocument> documents) => Documents.AddRange(documents.Select((d, i) => new ContractDocument
    {
        ContractId = Id,
        Position = Documents.Count + i,
        DocumentKind = d.Kind,
        Title = d.Title.Normalize(),
        Sha256 = d.Sha256,
    }).ToArray());

    public void AddDocument(NamedDocument document)
    {
        Enclose([document]);
        Record("contract.document-added", ["documents"]);
    }

    /// <summary>Replaces whom to reach.</summary>
    public void NameContacts(IEnumerable<ContactData> contacts, DateTimeOffset at)
    {
        Contacts.Clear();
        Contacts.AddRange(contacts.Select((c, i) => new ContractContact
        {
            Id = Guid.CreateVersion7(at),
            ContractId = Id,
            Position = i,
            Name = c.Name,
            Email = c.Email,
            Phone = c.Phone,
            Purpose = c.Purpose,
        }));
        Record("contract.contacts-named", ["contacts"]);
    }

    public void ForgetContact(Guid contactId)
    {
        Contacts.RemoveAll(c => c.Id == contactId);
        Record("contract.contact-erased", ["contacts"]);
    }
}

/// <summary>A document of a contract; the bytes are the stored file of that hash.</summary>
public sealed class ContractDocument
{
    public Guid ContractId { get; init; }

    public int Position { get; init; }

    public DocumentKind DocumentKind { get; init; }

    public required string Title { get; init; }

    public required string Sha256 { get; init; }
}

/// <summary>Whom to reach about a contract. Personal data: it can be erased, so no event, audit entry or receipt covers it.</summary>
public sealed class ContractContact
{
    public Guid Id { get; init; }

    public Guid ContractId { get; init; }

    public int Position { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public string? Phone { get; init; }

    public ContactPurpose Purpose { get; init; }
}

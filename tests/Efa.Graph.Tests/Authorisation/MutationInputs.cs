using GraphQL;
using GraphQL.Types;

namespace Efa.Graph.Tests.Authorisation;

/// <summary>Inputs of mutations that name things of the full market and are well formed, made from the schema.</summary>
internal static class MutationInputs
{
    public static object Of(FieldType mutation, FullMarket market)
    {
        Dictionary<string, object?> input = Input((IInputObjectGraphType)mutation.Arguments!.Single().ResolvedType!.GetNamedType(), market);
        // Others are ordered directly.
        if (mutation.Name == "expressInterest") input["offerId"] = market.Trade.Offer(Ordering.SmallMarket.Coordinated);
        return input;
    }

    private static Dictionary<string, object?> Input(IInputObjectGraphType type, FullMarket market)
    {
        // A basis is needed to grant an accreditation, which is what is decided first.
        IEnumerable<FieldType> wanted = type is InputObjectGraphType { IsOneOf: true } ? type.Fields.Take(1) : type.Fields.Where(f => (f.ResolvedType is NonNullGraphType && f.DefaultValue is null) || f.Name == "basis");
        return wanted.ToDictionary(f => f.Name, f => Value(f.Name, f.ResolvedType is NonNullGraphType inner ? inner.ResolvedType! : f.ResolvedType!, market));
    }

    private static object? Value(string name, IGraphType type, FullMarket market) => type switch
    {
        ListGraphType list => new[] { Value(name, list.ResolvedType is NonNullGraphType item ? item.ResolvedType! : list.ResolvedType!, market) },
        EnumerationGraphType some => some.Values.First().Name,
        IInputObjectGraphType input => Input(input, market),
        IdGraphType => Id(name, market),
        BooleanGraphType => true,
        IntGraphType => name == "year" ? 2026 : 1,
        _ => Text(name, type.Name, market),
    };

    /// <summary>The thing that a name ending in Id is about.</summary>
    private static string Id(string name, FullMarket market)
    {
        string type = name switch
        {
            "orderId" => "Order",
            "invoiceId" => "Invoice",
            "contractId" => "Contract",
            "contactId" => "Contact",
            "ownershipId" => "Ownership",
            "accreditationId" => "Accreditation",
            "apiClientId" => "ApiClient",
            "offerId" => "Offer",
            "importId" => "OfferImport",
            // Offers name theirs so.
            "id" or "serviceId" => "Service",
            "documentId" => "TermsDocument",
            _ => "Organisation",
        };
        Thing[] things = [.. market.Things.Where(t => t.Type == type)];
        // No organisation owns itself, or is its own client.
        return name is "ownedId" or "aggregatorId" ? things[1].Id : things[0].Id;
    }

    private static string Text(string name, string type, FullMarket market) => (name, type) switch
    {
        ("scopes", _) => "orders:read",
        ("email", _) => "post@stelle.example",
        (_, "Date") => market.Trade.Today.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        (_, "Decimal") => "1.00",
        (_, "URL") => "https://broker.example/",
        (_, "Sha256") => new string('0', 64),
        ("idempotencyKey", _) => market.Trade.NewKey(),
        _ => "text",
    };
}

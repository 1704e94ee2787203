namespace Efa.Marketplace.Operations;

/// <summary>As what an organisation takes part in the marketplace; it can hold several roles.</summary>
public enum OrganisationRole
{
    /// <summary>Orders for itself or for its authorities.</summary>
    Customer,

    /// <summary>Builds and runs services (Bereitsteller).</summary>
    Supplier,

    /// <summary>Sells services of suppliers on the marketplace (Anbieter).</summary>
    Seller,

    /// <summary>Orders in bulk and passes on to its clients (bündelnde Organisation).</summary>
    Aggregator,

    /// <summary>Gets services through an aggregator (Klient).</summary>
    Client,

    /// <summary>Runs the marketplace.</summary>
    Operator,
}

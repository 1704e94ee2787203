namespace Efa.Marketplace.Events;

/// <summary>The kinds of things that have a global id; the prefix of the id and the subject kind in the event log.</summary>
public static class IdPrefix
{
    public const string Organisation = "org";
    public const string Ownership = "own";
    public const string Accreditation = "accr";
    public const string Contact = "contact";
    public const string Terms = "terms";
    public const string Service = "service";
    public const string Offer = "offer";
    public const string OfferVersion = "version";
    public const string OfferImport = "import";
    public const string Order = "order";
    public const string Contract = "contract";
    public const string Invoice = "invoice";
    public const string BillingRun = "run";
    public const string ApiClient = "client";
    public const string Webhook = "hook";
    public const string WebhookDelivery = "delivery";

    public static readonly IReadOnlySet<string> All = new HashSet<string>(StringComparer.Ordinal)
    {
        Organisation, Ownership, Accreditation, Contact, Terms, Service, Offer, OfferVersion, OfferImport, Order, Contract, Invoice, BillingRun, ApiClient, Webhook, WebhookDelivery,
    };
}

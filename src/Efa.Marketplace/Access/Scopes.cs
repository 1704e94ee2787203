namespace Efa.Marketplace.Access;

/// <summary>The OAuth 2 scopes; a <c>:write</c> scope reads too, and <c>billing:write</c> reads invoices.</summary>
/// <remarks>Contracts go with orders, terms and imports with offers, accreditations and ownerships with organisations.</remarks>
public static class Scopes
{
    public const string OffersWrite = "offers:write";
    public const string OrdersRead = "orders:read";
    public const string OrdersWrite = "orders:write";
    public const string InvoicesRead = "invoices:read";
    public const string BillingWrite = "billing:write";
    public const string OrganisationsWrite = "organisations:write";
    public const string WebhooksWrite = "webhooks:write";
    public const string ClientsWrite = "clients:write";
    public const string AuditRead = "audit:read";

    public static readonly IReadOnlyList<string> All =
        [OffersWrite, OrdersRead, OrdersWrite, InvoicesRead, BillingWrite, OrganisationsWrite, WebhooksWrite, ClientsWrite, AuditRead];
}

namespace Efa.Marketplace.Billing.Delivery;

/// <summary>Settings of section <c>Delivery</c>: what becomes of invoices that are not sent by mail.</summary>
public sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>Folder for the XML of invoices that no other channel delivers; a relative path starts at the content root. Null where buyers fetch them.</summary>
    public string? Folder { get; set; }
}

namespace Efa.Marketplace.Catalog;

/// <summary>Names of the catalogue's values for people.</summary>
public static class CatalogTexts
{
    private static readonly Text Financed = new("Aus EfA-Mitteln finanziert", "Financed by EfA funds");
    private static readonly Text NotFinanced = new("Nicht aus EfA-Mitteln finanziert", "Not financed by EfA funds");

    public static Text Of(ServiceKind kind) => kind switch
    {
        ServiceKind.EfaOnlineService => new("EfA-Onlinedienst", "EfA online service"),
        ServiceKind.SpecialistApplication => new("Fachverfahren", "Specialist application"),
        ServiceKind.DigitalWorkplace => new("Digitaler Arbeitsplatz", "Digital workplace"),
        ServiceKind.CloudService => new("Cloud-Dienst", "Cloud service"),
        ServiceKind.Infrastructure => new("Infrastruktur", "Infrastructure"),
        ServiceKind.Other => new("Sonstiges", "Other"),
    };

    public static Text Of(OrderingMode mode) => mode switch
    {
        OrderingMode.Direct => new("Direkt bestellbar", "Ordered directly"),
        OrderingMode.Coordinated => new("Bestellung nach Abstimmung", "Ordered after coordination"),
    };

    public static Text OfEfaFinanced(bool financed) => financed ? Financed : NotFinanced;
}

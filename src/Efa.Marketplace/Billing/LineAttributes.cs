using System.Globalization;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing;

/// <summary>What a line says beside its price (EN 16931 BG-32): which order it bills, and what its quantity came from.</summary>
internal static class LineAttributes
{
    public static IEnumerable<ItemAttribute> Of(Order order, PricingBasis basis, PriceLine price) => [.. OfOrder(order), .. OfQuantity(order, basis, price), .. OfTier(price)];

    private static IEnumerable<ItemAttribute> OfOrder(Order order)
    {
        if (order.Number is { } number) yield return new ItemAttribute("Auftrag", number);
        if (order.PurchaseOrderNumber is { } purchaseOrder) yield return new ItemAttribute("Bestellnummer", purchaseOrder);
    }

    private static ItemAttribute[] OfQuantity(Order order, PricingBasis basis, PriceLine price) => basis.Components.FirstOrDefault(c => c.Code == price.ComponentCode) switch
    {
        PerInhabitantPrice or TieredPrice { Basis: QuantityBasis.Inhabitants } => Inhabitants(basis.Users.FirstOrDefault(u => u.OrganisationId == price.UsedById)),
        PerUsePrice or TieredPrice { Basis: QuantityBasis.Uses } => [.. order.UsageIn(price.PeriodFrom.Year) is { } report ? [new ItemAttribute("Gemeldete Vorgänge", Number(report.Uses))] : Array.Empty<ItemAttribute>()],
        TieredPrice { Basis: QuantityBasis.Bodies } => [new ItemAttribute("Stellen", Number(basis.Users.Count))],
        PackagePrice package => [.. package.Packages.Where(p => p.Code == basis.PackageCode).Select(p => new ItemAttribute("Paket", p.Label))],
        SharedCostPrice { WeightsOn: { } on } => [new ItemAttribute("Stichtag des Schlüssels", Day(on))],
        _ => [],
    };

    // A line of tiers has the price of the tier as a whole; its steps say what that came from.
    private static IEnumerable<ItemAttribute> OfTier(PriceLine price)
    {
        if (price.Steps.FirstOrDefault(s => s.Code == PriceStepCodes.TierQuantity) is not { Result: var quantity }) yield break;
        yield return new ItemAttribute("Menge der Stufe", quantity.ToString("0", CultureInfo.InvariantCulture));
        if (quantity > 0 && price.Steps.FirstOrDefault(s => s.Code == PriceStepCodes.TierUnits) is { Result: var amount })
            yield return new ItemAttribute("Einzelpreis der Stufe EUR", (amount / quantity).ToString("0.00####", CultureInfo.InvariantCulture));
    }

    private static ItemAttribute[] Inhabitants(PricedUser? user) => user switch
    {
        { Population: { } inhabitants, PopulationOn: { } on } => [new ItemAttribute("Einwohner", Number(inhabitants)), new ItemAttribute("Stichtag", Day(on))],
        { Population: { } inhabitants } => [new ItemAttribute("Einwohner", Number(inhabitants))],
        _ => [],
    };

    // For machines: read back without knowing a culture.
    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

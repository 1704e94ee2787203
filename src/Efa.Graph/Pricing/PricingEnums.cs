using Efa.Graph.Engine.Types;
using Efa.Marketplace.Pricing;

namespace Efa.Graph.Pricing;

public sealed class BillingPeriodType() : EnumType<BillingPeriod>("How often a price is due. A part of a period is priced by its days.");

public sealed class QuantityBasisType() : EnumType<QuantityBasis>("What a tier counts.",
    (QuantityBasis.Inhabitants, "Official population of the user."),
    (QuantityBasis.Uses, "Expected uses in a year."),
    (QuantityBasis.Bodies, "Users named in the order."));

public sealed class AllocationKeyType() : EnumType<AllocationKey>("By what weight a shared cost is divided (IT-PLR 2021/24).",
    (AllocationKey.AdjustedKoenigstein, "The Königstein key among those only who share."),
    (AllocationKey.Flat, "The same for each."));

public sealed class AllocationRoundingType() : EnumType<AllocationRounding>("How the parts of a shared cost are rounded.",
    (AllocationRounding.LargestRemainder, "Parts add up to the whole."),
    (AllocationRounding.UpToEuro, "Each part up to the full euro; the sum may exceed the whole."));

public sealed class CostTypeType() : EnumType<CostType>("Eligible cost types of IT-PLR 2021/24; onboarding is never among them.");

using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Ordering;

namespace Efa.Marketplace.Billing;

/// <summary>What an order needs before a part of it can be billed.</summary>
internal static class OrderRules
{
    public static readonly InvoiceRule TaxUnknown = new("EFA-TAX-REGIME", RuleSubject.Order, "fees",
        "Für das vereinbarte Entgelt ist keine steuerliche Behandlung bekannt.", "It is not known how the agreed fees are taxed.");

    public static readonly InvoiceRule UsageMissing = new("EFA-USAGE", RuleSubject.Order, "usage",
        "Für einen abgelaufenen Zeitraum hat der Bereitsteller noch keine Vorgänge gemeldet.", "The supplier has not reported the uses of a period that is over.");

    public static BlockReason Against(this InvoiceRule rule, Order order) => new(rule.Id, rule.Subject, order.Id, rule.Field, rule.Text);
}

using Efa.Graph.Engine;
using Efa.Graph.Engine.Types;
using Efa.Graph.Ordering;
using Efa.Graph.Organisations;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using GraphQL.Types;

namespace Efa.Graph.Billing;

/// <summary>A rule that an invoice would break.</summary>
public sealed class InvoiceRuleErrorType : UserErrorType<InvoiceRuleBroken>
{
    public InvoiceRuleErrorType()
        : base("InvoiceRuleError", "An invoice that would break a rule, and so is not issued.")
    {
        Fields.Find("path")!.Description = "The field of the subject that is to be mended, such as address and city; null where it is none.";
        Field<NonNullGraphType<StringGraphType>>("rule").Description("Its official id of EN 16931, XRechnung or Peppol, such as BR-DE-15, or ours, which begins with EFA.").Resolve(context => context.Source.Reason.Rule);
        Field<NodeInterface>("subject").Description("What is to be mended: the seller, the buyer, or the order of a line or that waits; null where it is the invoice itself.").Resolve(context =>
        {
            BlockReason reason = context.Source.Reason;
            if (reason.SubjectId is not { } id) return null;
            return reason.Subject is RuleSubject.Line or RuleSubject.Order ? context.Request().Get<OrderLoader>().Load(id).AsObject() : context.Request().Get<OrganisationLoader>().Load(id).AsObject();
        });
    }
}

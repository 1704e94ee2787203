using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Billing;

/// <summary>A rule that an invoice would break, and what to mend; kept as it was said, because rules change.</summary>
/// <param name="Rule">Official id, such as BR-DE-15, or ours.</param>
/// <param name="SubjectId">The organisation or order whose data are to be mended; null where it is the invoice itself.</param>
/// <param name="Field">Of the subject, in the API's words: address.city.</param>
public sealed record BlockReason(string Rule, RuleSubject Subject, Guid? SubjectId, string Field, Text Text)
{
    /// <summary>False where it concerns one order and not what else the buyer owes.</summary>
    internal bool BlocksBuyer => Subject != RuleSubject.Order;

    /// <summary>All that stands against an invoice without number; each reason once, however many lines it is about.</summary>
    public static IEnumerable<BlockReason> Against(Invoice draft) => InvoiceRules.CheckDraft(ElectronicInvoice.Of(draft)).Select(b => Of(b, draft)).Distinct();

    private static BlockReason Of(RuleBreach breach, Invoice draft) => new(
        breach.Rule.Id,
        breach.Subject,
        breach.Subject switch
        {
            RuleSubject.Seller => draft.SellerId,
            RuleSubject.Buyer => draft.BuyerId,
            RuleSubject.Line => draft.Lines.Where(l => ElectronicInvoice.IdOf(l) == breach.LineId).Select(l => (Guid?)l.OrderId).FirstOrDefault(),
            RuleSubject.Invoice or RuleSubject.Order => null,
        },
        breach.Field,
        new Text(breach.Message(Language.German), breach.Message(Language.English)));
}

/// <summary>An invoice that is not issued, because it would break a rule.</summary>
public sealed record InvoiceRuleBroken(BlockReason Reason) : Refusal(BillingRefusals.InvoiceRuleBroken, Reason.Field.Split('.', StringSplitOptions.RemoveEmptyEntries))
{
    public override string Message(Language language) => Reason.Text.In(language);
}

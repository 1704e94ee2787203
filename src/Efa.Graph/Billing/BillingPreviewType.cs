using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Ordering;
using Efa.Graph.Organisations;
using Efa.Marketplace.Billing;
using GraphQL.Types;

namespace Efa.Graph.Billing;

/// <summary>What a run would bill today, as the seller sees it.</summary>
public sealed class BillingPreviewType : ObjectGraphType<BillingPreview>
{
    public BillingPreviewType()
    {
        Name = "BillingPreview";
        Description = "What executeBillingRun would do today: the same invoices, without numbers and without a trace. What is billed already is not in it. Sums are those of the invoices, without the blocked ones.";
        Field<NonNullGraphType<OrganisationType>>("seller").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.SellerId));
        Field<NonNullGraphType<IntGraphType>>("year").Resolve(context => context.Source.Year);
        Field<NonNullGraphType<DateType>>("feeChangesUntil").Description("Last day on which changes of fees still reach this year.").Resolve(context => context.Source.FeeChangesUntil);
        Sum("net", s => s.Net);
        Sum("tax", s => s.Tax);
        Sum("gross", s => s.Gross);
        Field<NonNullGraphType<DraftInvoiceConnectionType>>("invoices").Description("By buyer.").PageArgumentsForward()
            .ResolveAsync(async context => await BillingLists.InvoicesOfPreviewAsync(context, context.Source));
        Field<NonNullGraphType<BlockedInvoiceConnectionType>>("blocked").Description("Buyers that could not be billed, or of whom orders wait while the others are billed, by id.").PageArgumentsForward()
            .ResolveAsync(async context => await BillingLists.BlockedOfPreviewAsync(context, context.Source));
        Field<NonNullGraphType<DraftCreditNoteConnectionType>>("credits").Description("Credit notes for contracts that were billed in advance and have ended, by credited invoice; not in the sums.").PageArgumentsForward()
            .ResolveAsync(async context => await BillingLists.CreditsOfPreviewAsync(context, context.Source));
    }

    private void Sum(string name, Func<BillingSums, decimal> sum) =>
        Field<NonNullGraphType<MoneyType>>(name).Resolve(context => context.Request().Get<BillingSumsLoader>().Load(context.Source).Then(sums => sum(sums!)));
}

/// <summary>An invoice that is not issued.</summary>
public sealed class DraftInvoiceType : ObjectGraphType<DraftInvoice>
{
    public DraftInvoiceType()
    {
        Name = "DraftInvoice";
        Description = "An invoice as it would be issued today.";
        Field<NonNullGraphType<OrganisationType>>("buyer").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.BuyerId));
        Field<NonNullGraphType<InvoiceLineConnectionType>>("lines").PageArgumentsForward(InvoiceLists.LinesSize).Resolve(context => InvoiceLists.LinesOf(context, context.Source));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TaxSubtotalType>>>>("taxes").Resolve(context => context.Source.Taxes);
        Field<NonNullGraphType<MoneyType>>("net").Resolve(context => context.Source.Net);
        Field<NonNullGraphType<MoneyType>>("tax").Resolve(context => context.Source.Tax);
        Field<NonNullGraphType<MoneyType>>("gross").Resolve(context => context.Source.Gross);
    }
}

public sealed class DraftInvoiceConnectionType : ConnectionType<DraftInvoiceType, DraftInvoice>;

/// <summary>A credit note that is not issued.</summary>
public sealed class DraftCreditNoteType : ObjectGraphType<Invoice>
{
    public DraftCreditNoteType()
    {
        Name = "DraftCreditNote";
        Description = "A credit note as it would be issued today.";
        Field<NonNullGraphType<InvoiceType>>("corrects").Description("The invoice that it credits.").Resolve(context => context.Request().Get<InvoiceLoader>().Load(context.Source.CorrectsId!.Value));
        Field<NonNullGraphType<InvoiceLineConnectionType>>("lines").PageArgumentsForward(InvoiceLists.LinesSize).Resolve(context => InvoiceLists.LinesOfDraft(context, context.Source));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TaxSubtotalType>>>>("taxes").Resolve(context => context.Source.Taxes.Select(TaxSubtotalType.Of));
        Field<NonNullGraphType<MoneyType>>("net").Resolve(context => context.Source.Net);
        Field<NonNullGraphType<MoneyType>>("tax").Resolve(context => context.Source.Tax);
        Field<NonNullGraphType<MoneyType>>("gross").Resolve(context => context.Source.Gross);
    }
}

public sealed class DraftCreditNoteConnectionType : ConnectionType<DraftCreditNoteType, Invoice>;

/// <summary>A buyer who cannot be billed.</summary>
public sealed class BlockedInvoiceType : ObjectGraphType<PreviewedBlock>
{
    public BlockedInvoiceType()
    {
        Name = "BlockedInvoice";
        Description = "A buyer who cannot be billed, with the orders concerned and all rules that his invoices would break. Nothing of him is billed until it is mended; then the next run does.";
        Field<NonNullGraphType<OrganisationType>>("buyer").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.BuyerId));
        Field<NonNullGraphType<OrderConnectionType>>("orders").Description("By id.").PageArgumentsForward().Resolve(context => InvoiceLists.Orders(context, context.Source.OrderIds));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<UserErrorInterface>>>>("reasons").Description("InvoiceRuleError each.")
            .Resolve(context => context.Source.Reasons.Select(reason => new InvoiceRuleBroken(reason)));
    }
}

public sealed class BlockedInvoiceConnectionType : ConnectionType<BlockedInvoiceType, PreviewedBlock>;

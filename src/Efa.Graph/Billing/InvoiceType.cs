using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Http;
using Efa.Graph.Ordering;
using Efa.Graph.Organisations;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using GraphQL.Types;

namespace Efa.Graph.Billing;

public sealed class InvoiceKindType() : EnumType<InvoiceKind>("UNTDID 1001: 380, 381 and 384.");

/// <summary>An invoice, as its seller and its buyer see it.</summary>
public sealed class InvoiceType : ObjectGraphType<Invoice>
{
    public InvoiceType()
    {
        Name = "Invoice";
        Description = "An invoice as issued. Never changes but in delivery, response, payments and credits. Seen by its seller and its buyer. seller and buyer are who they are today, the parties who they were at issue.";
        Interface<NodeInterface>();
        this.IdField(IdPrefix.Invoice, i => i.Id);
        Field<NonNullGraphType<StringGraphType>>("number").Description("Consecutive for the seller and the calendar year of issue, without gaps: GD-R-2026-000001.").Resolve(context => context.Source.Number);
        Field<NonNullGraphType<InvoiceKindType>>("kind").Resolve(context => context.Source.InvoiceKind);
        Field<NonNullGraphType<DateType>>("issuedOn").Resolve(context => context.Source.IssuedOn);
        Field<NonNullGraphType<DateType>>("dueOn").Description("Of a credit note its date of issue: it is set off.").Resolve(context => context.Source.DueOn);
        Field<DateType>("periodFrom").Description("First day that is billed.").Resolve(context => context.Source.PeriodFrom);
        Field<DateType>("periodTo").Description("Last day that is billed.").Resolve(context => context.Source.PeriodTo);
        Field<NonNullGraphType<OrganisationType>>("seller").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.SellerId));
        Field<NonNullGraphType<OrganisationType>>("buyer").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.BuyerId));
        Field<NonNullGraphType<InvoicePartyType>>("sellerParty").Resolve(context => context.Source.SellerParty);
        Field<NonNullGraphType<InvoicePartyType>>("buyerParty").Resolve(context => context.Source.BuyerParty);
        Field<NonNullGraphType<StringGraphType>>("buyerReference").Description("BT-10: the buyer's Leitweg-ID.").Resolve(context => context.Source.BuyerReference);
        Field<NonNullGraphType<StringGraphType>>("paymentReference").Description("BT-83: what a payment must name.").Resolve(context => context.Source.PaymentReference);
        Field<NonNullGraphType<InvoiceLineConnectionType>>("lines").PageArgumentsForward(InvoiceLists.LinesSize)
            .Resolve(context => InvoiceLists.LinesOf(context, context.Source));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TaxSubtotalType>>>>("taxes").Description("One for each treatment and rate.")
            .Resolve(context => context.Request().Get<InvoiceTaxLoader>().Load(context.Source.Id).Then(taxes => (taxes ?? []).Select(TaxSubtotalType.Of)));
        Field<NonNullGraphType<MoneyType>>("net").Resolve(context => context.Source.Net);
        Field<NonNullGraphType<MoneyType>>("tax").Resolve(context => context.Source.Tax);
        Field<NonNullGraphType<MoneyType>>("gross").Resolve(context => context.Source.Gross);
        Field<NonNullGraphType<InvoiceDocumentType>>("xml").Description("XRechnung (EN 16931, UBL 2.1) exactly as issued.").Resolve(context => context.Source);
        Field<NonNullGraphType<UrlType>>("viewUrl").Description("The same record to read and print, for callers with a token who may see the invoice.")
            .Resolve(context => context.Request().Get<DocumentAddress>().OfInvoice(context.Source.Id, "html"));
        Field<NonNullGraphType<OrderConnectionType>>("orders").Description("Orders that it bills, by id.").PageArgumentsForward()
            .Resolve(context => InvoiceLists.OrdersOf(context, context.Source));
        this.AddAccountFields();
    }
}

public sealed class InvoicePartyType : ObjectGraphType<InvoiceParty>
{
    public InvoicePartyType()
    {
        Name = "InvoiceParty";
        Description = "A party of an invoice as it was at issue (§ 14 (4) UStG, EN 16931 BG-4 and BG-7).";
        Field<NonNullGraphType<StringGraphType>>("name").Resolve(context => context.Source.Name);
        Field<NonNullGraphType<PostalAddressType>>("address").Resolve(context => context.Source.Address);
        Field<LeitwegIdType>("leitwegId").Resolve(context => context.Source.LeitwegId);
        Field<NonNullGraphType<ElectronicAddressType>>("electronicAddress").Description("BT-34 of the seller, BT-49 of the buyer.")
            .Resolve(context => ElectronicAddress.Of(context.Source.ElectronicAddressScheme, context.Source.ElectronicAddress));
        Field<StringGraphType>("vatId").Resolve(context => context.Source.VatId);
        Field<StringGraphType>("taxNumber").Resolve(context => context.Source.TaxNumber);
        Field<StringGraphType>("registerNumber").Resolve(context => context.Source.RegisterNumber);
    }
}

public sealed class TaxSubtotalType : ObjectGraphType<TaxAmount>
{
    public TaxSubtotalType()
    {
        Name = "TaxSubtotal";
        Description = "Tax for one treatment and rate, computed on the sum of its lines and then rounded (EN 16931 BR-CO-17). rate: percent, null where not taxable.";
        Field<NonNullGraphType<EnumType<TaxTreatment>>>("treatment").Resolve(context => context.Source.Treatment);
        Field<DecimalType>("rate").Resolve(context => context.Source.Rate);
        Field<StringGraphType>("exemptionReason").Resolve(context => context.Source.ExemptionReason);
        Field<NonNullGraphType<MoneyType>>("taxable").Resolve(context => context.Source.Taxable);
        Field<NonNullGraphType<MoneyType>>("tax").Resolve(context => context.Source.Tax);
    }

    internal static TaxAmount Of(InvoiceTax tax) => new(tax.Treatment, tax.Rate, tax.ExemptionReason, tax.Taxable, tax.Tax);
}

public sealed class InvoiceConnectionType : ConnectionType<InvoiceType, Invoice>
{
    public InvoiceConnectionType() =>
        Field<InvoiceTotalsType>("totals").Description("Over the whole filter; computed only when selected.").Resolve(context => ((InvoiceList)context.Source).Totals());
}

public sealed class InvoiceTotalsType : ObjectGraphType<InvoiceTotals>
{
    public InvoiceTotalsType()
    {
        Name = "InvoiceTotals";
        Description = "net, tax and gross are what is billed: credit notes are taken off, and invoices that a correction replaces are left out.";
        Field<NonNullGraphType<MoneyType>>("net").Resolve(context => context.Source.Net);
        Field<NonNullGraphType<MoneyType>>("tax").Resolve(context => context.Source.Tax);
        Field<NonNullGraphType<MoneyType>>("gross").Resolve(context => context.Source.Gross);
        Field<NonNullGraphType<MoneyType>>("paid").Resolve(context => context.Source.Paid);
        Field<NonNullGraphType<MoneyType>>("outstanding").Resolve(context => context.Source.Outstanding);
    }
}

using System.Globalization;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Ordering;

/// <summary>Many orders and invoices like one that was made in the usual way, and older than it; one commit makes them all.</summary>
internal static class Copies
{
    public static Task OfOrderAsync(TradeHost trade, string orderId, int times) => RunAsync(trade, new CopyOrder(), orderId, IdPrefix.Order, times);

    public static Task OfInvoiceAsync(TradeHost trade, string invoiceId, int times) => RunAsync(trade, new CopyInvoice(), invoiceId, IdPrefix.Invoice, times);

    private static async Task RunAsync(TradeHost trade, Operation<Original> copy, string id, string prefix, int times)
    {
        OperationRunner runner = trade.Host.Services.GetRequiredService<OperationRunner>();
        OperationResult result = await runner.RunAsync(copy, new Original(GlobalIds.Parse(id, prefix), times), Caller.System, trade.NewKey(), CancellationToken.None);
        Assert.Empty(result.Refusals);
    }

    private sealed record Original(Guid Id, int Times);

    private sealed class CopyOrder : Operation<Original>
    {
        public override string Name => "copyOrder";

        public override string Scope => "orders:write";

        public override async Task<Outcome> RunAsync(Original input, Work work, CancellationToken cancellationToken)
        {
            Order order = await work.Context.Set<Order>().AsNoTracking().Include(o => o.Users).SingleAsync(o => o.Id == input.Id, cancellationToken);
            List<TermsAcceptance> accepted = await work.Context.Set<TermsAcceptance>().AsNoTracking().Where(a => a.OrderId == order.Id).ToListAsync(cancellationToken);
            for (int i = 0; i < input.Times; i++)
            {
                Guid id = Guid.CreateVersion7(work.Now);
                var copy = new Order
                {
                    Id = id,
                    OfferId = order.OfferId,
                    OfferVersionId = order.OfferVersionId,
                    SellerId = order.SellerId,
                    SupplierId = order.SupplierId,
                    OrderedById = order.OrderedById,
                    BillToId = order.BillToId,
                    Users = [.. order.Users.Select(u => new OrderUser { OrderId = id, OrganisationId = u.OrganisationId, Position = u.Position })],
                    StartsOn = order.StartsOn,
                    EligibilityJson = order.EligibilityJson,
                    QuoteJson = order.QuoteJson,
                    QuoteHash = order.QuoteHash,
                    PricingJson = order.PricingJson,
                    CreatedAt = work.Now.AddSeconds(-1 - i),
                };
                copy.Place("copy", approvalsNeeded: 0, work.Now);
                copy.NumberAs(string.Create(CultureInfo.InvariantCulture, $"COPY-{id:N}"));
                work.Context.Add(copy);
                work.Context.AddRange(accepted.Select(a => new TermsAcceptance { OrderId = id, TermsId = a.TermsId, Position = a.Position, Sha256 = a.Sha256, Actor = a.Actor, At = a.At }));
            }
            return Outcome.Done(order.Id);
        }
    }

    private sealed class CopyInvoice : Operation<Original>
    {
        public override string Name => "copyInvoice";

        public override string Scope => "billing:write";

        public override async Task<Outcome> RunAsync(Original input, Work work, CancellationToken cancellationToken)
        {
            Invoice invoice = await work.Context.Set<Invoice>().AsNoTracking().Include(i => i.Lines).Include(i => i.Taxes).AsSplitQuery().SingleAsync(i => i.Id == input.Id, cancellationToken);
            for (int i = 0; i < input.Times; i++)
            {
                Guid id = Guid.CreateVersion7(work.Now);
                var copy = new Invoice
                {
                    Id = id,
                    RunId = invoice.RunId,
                    SellerId = invoice.SellerId,
                    BuyerId = invoice.BuyerId,
                    SellerParty = invoice.SellerParty,
                    BuyerParty = invoice.BuyerParty,
                    BuyerReference = invoice.BuyerReference,
                    OrderNumbers = invoice.OrderNumbers,
                    IssuedOn = invoice.IssuedOn,
                    DueOn = invoice.DueOn,
                    PeriodFrom = invoice.PeriodFrom,
                    PeriodTo = invoice.PeriodTo,
                    Net = invoice.Net,
                    Tax = invoice.Tax,
                    Gross = invoice.Gross,
                    CreatedAt = work.Now.AddSeconds(-1 - i),
                    Lines = [.. invoice.Lines.Select(l => new InvoiceLine
                    {
                        InvoiceId = id, Position = l.Position, Description = l.Description, Quantity = l.Quantity, UnitCode = l.UnitCode, UnitPrice = l.UnitPrice, BaseQuantity = l.BaseQuantity, Net = l.Net,
                        TaxTreatment = l.TaxTreatment, TaxRate = l.TaxRate, OrderId = l.OrderId, Part = l.Part, UsedById = l.UsedById, PeriodFrom = l.PeriodFrom, PeriodTo = l.PeriodTo, Steps = l.Steps,
                    })],
                    Taxes = [.. invoice.Taxes.Select(t => new InvoiceTax { InvoiceId = id, Position = t.Position, Treatment = t.Treatment, Rate = t.Rate, Taxable = t.Taxable, Tax = t.Tax })],
                };
                copy.NumberAs(string.Create(CultureInfo.InvariantCulture, $"COPY-{id:N}"));
                var document = InvoiceDocument.Of(copy);
                copy.KeepAs(document);
                work.Context.AddRange(copy, document, InvoiceAccount.Open(copy));
            }
            return Outcome.Done(invoice.Id);
        }
    }
}

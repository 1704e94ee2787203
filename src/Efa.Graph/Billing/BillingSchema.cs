using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Errors;
using Efa.Graph.Engine.Types;
using Efa.Graph.Ordering;
using Efa.Marketplace.Access;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Efa.Graph.Billing;

/// <summary>What billing adds to the schema.</summary>
internal static class BillingSchema
{
    public static void AddTo(MarketSchema schema, QueryType query, MutationType mutation, Nodes nodes)
    {
        schema.RegisterTypes(typeof(InvoiceRuleErrorType), typeof(DeadlinePassedErrorType));
        nodes.Add(IdPrefix.Invoice, LoadInvoice);
        nodes.Add(IdPrefix.BillingRun, LoadRun);

        AddQueries(query);
        AddMutations(mutation);
    }

    private static void AddQueries(QueryType query)
    {
        query.Field<InvoiceConnectionType>("invoices").Description("Invoices that the caller may see, newest first.").SeenBy(FieldAccess.PartiesWith(Scopes.InvoicesRead))
            .Argument<InvoiceFilterType>("filter").PageArgumentsBothWays()
            .ResolveAsync(async context => await InvoiceLists.AllAsync(context));

        query.Field<InvoiceType>("invoice").Description("Null where there is no such invoice or the caller may not see it.").SeenBy(FieldAccess.PartiesWith(Scopes.InvoicesRead))
            .Argument<NonNullGraphType<InvoiceByType>>("by")
            .Resolve(context =>
            {
                var key = (InvoiceKey)context.Given("by")!;
                return key.Id is { } id ? context.Request().Get<InvoiceLoader>().Load(id) : context.Request().Get<InvoiceByNumberLoader>().Load(key.Number!);
            });

        query.Field<BillingPreviewType>("billingPreview").Description("What executeBillingRun would do today; null for all but the seller.").SeenBy(FieldAccess.PartiesWith(Scopes.BillingWrite))
            .IdArgument("sellerId", IdPrefix.Organisation)
            .Argument<NonNullGraphType<IntGraphType>>("year", $"From {ExecuteBillingRun.FirstYear} to the next year.")
            .ResolveAsync(async context => await PreviewAsync(context));

        query.Field<BillingRunConnectionType>("billingRuns").Description("Runs of a seller, newest first.").SeenBy(FieldAccess.PartiesWith(Scopes.BillingWrite))
            .IdArgument("sellerId", IdPrefix.Organisation)
            .PageArgumentsForward()
            .ResolveAsync(async context =>
            {
                Guid seller = context.Id("sellerId");
                Caller caller = context.Request().Caller;
                return await context.PageAsync(BillingRunVisibility.NewestFirst, market => market.BillingRunsVisibleTo(caller).Where(r => r.SellerId == seller));
            });
    }

    private static void AddMutations(MutationType mutation)
    {
        mutation.Add<ExecuteBillingRun, ExecuteBillingRun.Input, ExecuteBillingRunInputType, BillingRunType>("run", LoadRun,
            "By the seller: issues the invoices of a year. What is billed for an order and a year, no run bills again. Answers when the run has ended, after three seconds at the latest; read the run to follow one that goes on.",
            finish: (request, id, cancellationToken) => request.Services.GetRequiredService<BillingRunEnd>().WaitAsync(id, cancellationToken));
        mutation.Add<CreditInvoice, CreditInvoice.Input, CreditInvoiceInputType, InvoiceType>("creditNote", LoadInvoice,
            "By the seller: takes back an invoice, whole or by line and quantity, with a credit note (381) of today that has a number of its own and mirrors the invoice. Credits never exceed a line, and credits of everything add up to the invoice to the cent, tax included.");
        mutation.Add<CorrectInvoice, CorrectInvoice.Input, CorrectInvoiceInputType, InvoiceType>("correction", LoadInvoice,
            "By the seller: issues the invoice anew from today's master data as CORRECTION (384) that names it. Lines and sums stay: those are changed by credit. The wrong one is CANCELLED, what was paid on it counts for the correction.");
        mutation.Add<RecordPayment, RecordPayment.Input, RecordPaymentInputType, InvoiceType>("invoice", LoadInvoice,
            "By the seller: money was received for an invoice, a part or too much included. Not for credit notes and cancelled invoices.");
        mutation.Add<RecordInvoiceResponse, RecordInvoiceResponse.Input, RecordInvoiceResponseInputType, InvoiceType>("invoice", LoadInvoice,
            "By the buyer: how he takes an invoice. PAID is what he says; what was paid is for the seller to record.");
        mutation.AddBatch<ChangeFees, ChangeFees.Input, ChangeFeesInputType, OrderRowResultType>(
            "By the supplier: the yearly adjustment of fees. In force from effectiveYear on, also for orders that were billed from their prices up to then; taxed as the offer is today. Refused after the seller's deadline for that year (BillingPreview.feeChangesUntil).");
    }

    private static async Task<BillingPreview?> PreviewAsync(IResolveFieldContext context)
    {
        RequestContext request = context.Request();
        var year = (int)context.Given("year")!;
        int last = request.Services.GetRequiredService<TimeProvider>().Today().Year + 1;
        if (year < ExecuteBillingRun.FirstYear || year > last) throw new RequestError(RequestErrors.InvalidValue, expected: $"a year from {ExecuteBillingRun.FirstYear} to {last}");
        return await request.Services.GetRequiredService<BillingPreviews>().FindAsync(request.Caller, context.Id("sellerId"), year, context.CancellationToken);
    }

    private static IDataLoaderResult<object?> LoadInvoice(RequestContext request, Guid id) => request.Get<InvoiceLoader>().Load(id).AsObject();

    private static IDataLoaderResult<object?> LoadRun(RequestContext request, Guid id) => request.Get<BillingRunLoader>().Load(id).AsObject();
}

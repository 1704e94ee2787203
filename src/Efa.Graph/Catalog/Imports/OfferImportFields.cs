using System.Runtime.CompilerServices;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Documents;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Access;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Catalog.Imports;

/// <summary>Many offers from one file.</summary>
internal static class OfferImportFields
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public static void AddTo(MarketSchema schema, QueryType query, MutationType mutation, SubscriptionType subscription, Nodes nodes)
    {
        schema.RegisterType(typeof(ImportPlanOutdatedErrorType));
        nodes.Add(IdPrefix.OfferImport, Load);

        query.Field<OfferImportConnectionType>("offerImports").Description("Imports of a supplier, newest first.").SeenBy(FieldAccess.PartiesWith(Scopes.OffersWrite))
            .IdArgument("supplierId", IdPrefix.Organisation)
            .PageArgumentsForward()
            .ResolveAsync(async context =>
            {
                Guid supplier = context.Id("supplierId");
                Caller caller = context.Request().Caller;
                return await context.PageAsync(OfferImportVisibility.NewestFirst, market => market.OfferImportsVisibleTo(caller).Where(i => i.SupplierId == supplier));
            });
        query.Field<OfferImportType>("offerImport").Description("Null where there is no such import or the caller may not see it.").SeenBy(FieldAccess.PartiesWith(Scopes.OffersWrite))
            .IdArgument("id", IdPrefix.OfferImport)
            .Resolve(context => context.Request().Get<OfferImportLoader>().Load(context.Id("id")));

        mutation.Add<StartOfferImport, StartOfferImport.Input, StartOfferImportInputType, OfferImportType>("import", Load,
            $"By the supplier: gives an address for a file of offers, good for {OfferImport.UploadTime.TotalMinutes:0} minutes. Columns of CSV files are those of /imports/template.csv, lines of NDJSON files are described by /imports/schema.json; a publiccode.yml is a file of one offer. The file is planned as soon as it is there.");
        mutation.Add<ApplyOfferImport, ApplyOfferImport.Input, ApplyOfferImportInputType, OfferImportType>("import", Load,
            "By the supplier: applies exactly the plan, as drafts; refused where an offer of the plan has changed since. Goes on after the answer: follow it by offerImportProgress. ATOMIC needs a plan without rejected rows and makes all drafts current at one moment; PARTIAL 500 at a time, and rejects rows whose offer changes meanwhile. Own services that were there are changed last. Until the end the supplier uploads nothing else.",
            finish: Wake);
        mutation.Add<CancelOfferImport, CancelOfferImport.Input, CancelOfferImportInputType, OfferImportType>("import", Load,
            "By the supplier: ends an import early. Of an ATOMIC one nothing stays, and once its drafts are current it is refused; of a PARTIAL one what is current stays.",
            finish: Wake);

        subscription.Field<NonNullGraphType<OfferImportType>>("offerImportProgress").Description("The import as it is, then each time it has moved on, until it has ended.")
            .SeenBy(FieldAccess.PartiesWith(Scopes.OffersWrite))
            .IdArgument("importId", IdPrefix.OfferImport)
            .ResolveEvents(Follow);
    }

    private static IDataLoaderResult<object?> Load(RequestContext request, Guid id) => request.Get<OfferImportLoader>().Load(id).AsObject();

    private static Task Wake(RequestContext request, Guid id, CancellationToken cancellationToken)
    {
        request.Services.GetRequiredService<JobSignal>().Wake();
        return Task.CompletedTask;
    }

    private static async IAsyncEnumerable<OfferImport> Follow(IResolveFieldContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RequestContext request = context.Request();
        Guid id = context.Id("importId");
        IDbContextFactory<MarketContext> contexts = request.Services.GetRequiredService<IDbContextFactory<MarketContext>>();
        (ImportState State, int RowsDone)? told = null;
        while (request.CallerNow() is { } caller)
        {
            OfferImport? import;
            await using (MarketContext market = await contexts.CreateDbContextAsync(cancellationToken))
                import = await market.OfferImportsVisibleTo(caller).SingleOrDefaultAsync(i => i.Id == id, cancellationToken);
            if (import is null) yield break;
            if (told != (import.State, import.RowsDone)) yield return import;
            if (import.IsFinished) yield break;
            told = (import.State, import.RowsDone);
            await Task.Delay(Look, cancellationToken);
        }
    }
}

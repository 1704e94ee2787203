using Efa.Graph.Engine;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Http;
using Efa.Graph.Organisations;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Catalog.Publiccode;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage.Paging;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Efa.Graph.Catalog.Imports;

public sealed class ImportStateType() : EnumType<ImportState>("How far an import is.",
    (ImportState.AwaitingFile, "Takes one PUT to uploadUrl until uploadUntil."),
    (ImportState.Planned, "Has changed nothing; waits to be applied, 30 days unless the server was set otherwise."),
    (ImportState.PartiallySucceeded, "Applied, but for the rows that are rejected."),
    (ImportState.Failed, "Ended for the reason in failure. Of an import that was applied as ATOMIC nothing stays."));

public sealed class ImportFormatType() : EnumType<ImportFormat>("What an uploaded file is, in UTF-8.",
    (ImportFormat.Csv, "A header with names of columns as in /imports/template.csv, then a row for each offer."),
    (ImportFormat.Ndjson, "In each line an offer as a JSON object; /imports/schema.json describes it."),
    (ImportFormat.Publiccode, $"A publiccode.yml with its German extension, of at most {PubliccodeFile.MostBytes} bytes: makes a draft whose key is the address of the software, prices are added later. Of an offer that is there it changes texts, technical contacts and keys only. Its rows point into the file."));

/// <summary>Offers of a supplier from one file, as the supplier sees them.</summary>
public sealed class OfferImportType : ObjectGraphType<OfferImport>
{
    private const int RowsSize = 50;

    public OfferImportType()
    {
        Name = "OfferImport";
        Description = "Offers of a supplier from one file: planned row by row, then applied as planned. Seen by the supplier. Counts are those of the plan until it is applied.";
        Interface<NodeInterface>();
        this.IdField(IdPrefix.OfferImport, i => i.Id);
        Field<NonNullGraphType<OrganisationType>>("supplier").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.SupplierId));
        Field<NonNullGraphType<ImportFormatType>>("format").Resolve(context => context.Source.Format);
        Field<NonNullGraphType<ImportStateType>>("state").Resolve(context => context.Source.State);
        Field<UrlType>("uploadUrl").Description("Takes one PUT with the token of a client of the supplier, also with Content-Encoding: gzip. Null once the file is there.")
            .Resolve(context => context.Source.State == ImportState.AwaitingFile ? context.Request().Get<DocumentAddress>().OfImport(context.Source.Id) : null);
        Field<InstantType>("uploadUntil").Resolve(context => context.Source.UploadUntil);
        Field<Sha256Type>("fileSha256").Description("Of the file, unpacked.").Resolve(context => context.Source.FileSha256);
        Field<Sha256Type>("planHash").Description("Stands for the file, what each row comes to, and the versions of the offers that the plan saw.").Resolve(context => context.Source.PlanHash);
        Field<IntGraphType>("rowsTotal").Description("Null until the file was read to its end.").Resolve(context => context.Source.RowsTotal);
        Field<NonNullGraphType<IntGraphType>>("rowsDone").Description("Planned; once it is applied those that are stored, of a PARTIAL one those that are current.").Resolve(context => context.Source.RowsDone);
        Field<NonNullGraphType<IntGraphType>>("created").Resolve(context => context.Source.Created);
        Field<NonNullGraphType<IntGraphType>>("updated").Resolve(context => context.Source.Updated);
        Field<NonNullGraphType<IntGraphType>>("unchanged").Resolve(context => context.Source.Unchanged);
        Field<NonNullGraphType<IntGraphType>>("rejected").Resolve(context => context.Source.Rejected);
        Field<NonNullGraphType<OfferImportRowConnectionType>>("rows").Description("In the order of the file; readable while it is planned, and for as long after its end as the server keeps them, a year unless it was set otherwise.")
            .PageArgumentsForward(RowsSize)
            .Argument<ListGraphType<NonNullGraphType<EnumType<RowOutcome>>>>("outcomes")
            .Resolve(context => Rows(context, context.Source.Id));
        Field<NonNullGraphType<InstantType>>("startedAt").Resolve(context => context.Source.StartedAt);
        Field<InstantType>("finishedAt").Resolve(context => context.Source.FinishedAt);
        Field<UserErrorInterface>("failure").Description("Why it FAILED; where it is about the file, with the line.").Resolve(context => context.Source.Failure);
    }

    private static IDataLoaderResult<Connection<RowResult>> Rows(IResolveFieldContext context, Guid importId)
    {
        RequestContext request = context.Request();
        ImportRows rows = ImportRows.Of(importId, context.Values<RowOutcome>("outcomes"));
        PageRequest page = context.PageOf(OfferImportVisibility.RowsInOrder.Name, RowsSize);
        return request.Get<OfferImportRowsLoader>().Load(new ImportRowsPage(rows, page))
            .Then(found => new Connection<RowResult>((found ?? Page<OfferImportRow>.Empty).Select(row => (RowResult)row.Told), () => request.Get<OfferImportRowCounts>().Load(rows)));
    }
}

public sealed class OfferImportConnectionType : ConnectionType<OfferImportType, OfferImport>;

/// <summary>Rows of an import, which are told like those of an upload.</summary>
public sealed class OfferImportRowConnectionType : ObjectGraphType<Connection<RowResult>>
{
    public OfferImportRowConnectionType()
    {
        Name = "OfferImportRowConnection";
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<OfferImportRowEdgeType>>>>("edges")
            .Resolve(context => context.Source.Page.Items.Zip(context.Source.Page.Cursors, (node, cursor) => new Edge<RowResult>(cursor, node)));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<OfferRowResultType>>>>("nodes").Resolve(context => context.Source.Page.Items);
        Field<NonNullGraphType<PageInfoType>>("pageInfo").Resolve(context => context.Source.PageInfo);
        Field<IntGraphType>("totalCount").Description("Of the whole list; counted only when selected.").Costs(10).Resolve(context => context.Source.TotalCount?.Invoke());
    }
}

public sealed class OfferImportRowEdgeType : ObjectGraphType<Edge<RowResult>>
{
    public OfferImportRowEdgeType()
    {
        Name = "OfferImportRowEdge";
        Field<NonNullGraphType<CursorType>>("cursor").Resolve(context => context.Source.Cursor);
        Field<NonNullGraphType<OfferRowResultType>>("node").Resolve(context => context.Source.Node);
    }
}

public sealed class ImportPlanOutdatedErrorType : UserErrorType<ImportPlanOutdated>
{
    public ImportPlanOutdatedErrorType()
        : base("ImportPlanOutdatedError", "The catalogue has moved under the plan: plan again.") =>
        Field<NonNullGraphType<IntGraphType>>("changedRows").Description("Rows whose offer has changed since, or is there by now although it was to be made.").Resolve(context => context.Source.ChangedRows);
}

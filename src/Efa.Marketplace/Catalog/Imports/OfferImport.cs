using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage.Files;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>How far an import is.</summary>
public enum ImportState { AwaitingFile, Planning, Planned, Applying, Succeeded, PartiallySucceeded, Failed, Cancelled }

/// <summary>What an uploaded file is.</summary>
public enum ImportFormat { Csv, Ndjson, Publiccode }

/// <summary>Offers of a supplier from one file: planned row by row, and applied as planned.</summary>
public sealed class OfferImport : Aggregate
{
    /// <summary>How long a file is waited for.</summary>
    public static readonly TimeSpan UploadTime = TimeSpan.FromHours(1);

    public override string Kind => IdPrefix.OfferImport;

    public override IEnumerable<Guid> Parties => [SupplierId];

    public Guid SupplierId { get; init; }

    /// <summary>Of rows that name none.</summary>
    public Guid? SellerId { get; init; }

    public ImportFormat Format { get; init; }

    public ImportState State { get; private set; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Id of the caller who started it.</summary>
    public required string StartedBy { get; init; }

    public DateTimeOffset UploadUntil { get; init; }

    /// <summary>Of the file's pieces; null while there is none.</summary>
    public Guid? ContentId { get; private set; }

    public string? FileSha256 { get; private set; }

    /// <summary>Stands for the file and what each of its rows comes to.</summary>
    public string? PlanHash { get; private set; }

    public int? RowsTotal { get; private set; }

    /// <summary>Planned; once it is applied those that are stored, of a PARTIAL one those that are current.</summary>
    public int RowsDone { get; private set; }

    /// <summary>Rows whose new versions are stored, current or not.</summary>
    public int RowsStaged { get; private set; }

    /// <summary>Rows whose new versions are current.</summary>
    public int RowsCurrent { get; private set; }

    public int Created { get; private set; }

    public int Updated { get; private set; }

    public int Unchanged { get; private set; }

    public int Rejected { get; private set; }

    public BatchMode? Mode { get; private set; }

    public bool Submit { get; private set; }

    /// <summary>Id of the caller who has it applied.</summary>
    public string? AppliedBy { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Why it failed, as it is kept.</summary>
    public string? FailureJson { get; private set; }

    /// <summary>Whether a file is still taken; one that has begun to arrive in time is.</summary>
    public bool TakesFile(DateTimeOffset now) => State == ImportState.AwaitingFile && now <= UploadUntil;

    public bool IsFinished => State is ImportState.Succeeded or ImportState.PartiallySucceeded or ImportState.Failed or ImportState.Cancelled;

    public static OfferImport Start(StartOfferImport.Input input, string by, DateTimeOffset now)
    {
        var import = new OfferImport
        {
            Id = Guid.CreateVersion7(now),
            SupplierId = input.SupplierId,
            SellerId = input.SellerId,
            Format = input.Format,
            StartedAt = now,
            StartedBy = by,
            UploadUntil = now + UploadTime,
        };
        import.Record("import.started", ["state"], to: ApiName.Of(import.State));
        return import;
    }

    public void Take(ReceivedFile file)
    {
        (ContentId, FileSha256) = (file.ContentId, file.Sha256);
        Move(ImportState.Planning, "import.file_taken", "fileSha256");
    }

    public void Plan(string planHash)
    {
        (PlanHash, RowsTotal) = (planHash, RowsDone);
        Move(ImportState.Planned, "import.planned", "planHash", "rowsTotal");
    }

    public void Apply(BatchMode mode, bool submit, string by)
    {
        (Mode, Submit, AppliedBy, RowsDone) = (mode, submit, by, 0);
        Move(ImportState.Applying, "import.applying");
    }

    /// <summary>All rows up to one are current, but for those that were rejected last because their offers had changed.</summary>
    public void Switch(int row, int rejectedLast)
    {
        RowsDone = RowsCurrent = row;
        Rejected += rejectedLast;
        Updated -= rejectedLast;
        Record("import.continued", ["rowsDone"]);
    }

    public void Succeed(DateTimeOffset now) => Finish(Rejected == 0 ? ImportState.Succeeded : ImportState.PartiallySucceeded, "import.applied", now);

    public void Fail(Refusal failure, DateTimeOffset now)
    {
        FailureJson = KeptRows.Write(failure);
        Finish(ImportState.Failed, "import.failed", now);
    }

    public void Cancel(DateTimeOffset now) => Finish(ImportState.Cancelled, "import.cancelled", now);

    /// <summary>Why it failed; null where it did not.</summary>
    public Refusal? Failure => FailureJson is { } json ? KeptRows.ReadRefusal(json) : null;

    private void Finish(ImportState to, string type, DateTimeOffset now)
    {
        FinishedAt = now;
        Move(to, type, "finishedAt");
    }

    private void Move(ImportState to, string type, params string[] changed)
    {
        string from = ApiName.Of(State);
        State = to;
        Record(type, ["state", .. changed], from, ApiName.Of(to));
    }
}

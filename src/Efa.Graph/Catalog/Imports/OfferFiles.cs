using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Catalog.Publiccode;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;

namespace Efa.Graph.Catalog.Imports;

/// <summary>Reads files of offers: CSV with a header, a JSON object in each line, or one offer as a <c>publiccode.yml</c>.</summary>
internal sealed class OfferFiles(OfferRowForm form) : OfferFile
{
    private const int MostLineCharacters = 1024 * 1024;
    private const string ExternalId = "externalId";
    private const string SellerId = "sellerId";

    public static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    public override IAsyncEnumerable<FileRow> ReadAsync(Stream file, ImportFormat format, Guid? sellerId, CancellationToken cancellationToken) => format switch
    {
        ImportFormat.Csv => CsvAsync(new FileText(file), sellerId, cancellationToken),
        ImportFormat.Ndjson => LinesAsync(new FileText(file), sellerId, cancellationToken),
        ImportFormat.Publiccode => PubliccodeAsync(file, sellerId!.Value, cancellationToken),
    };

    private static async IAsyncEnumerable<FileRow> PubliccodeAsync(Stream file, Guid sellerId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await PubliccodeFile.ReadAsync(file, sellerId, cancellationToken);
    }

    private async IAsyncEnumerable<FileRow> CsvAsync(FileText text, Guid? sellerId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        OfferColumn[]? columns = null;
        await foreach (CsvRecord record in CsvRecords.ReadAsync(text, cancellationToken))
        {
            if (columns is null)
            {
                columns = Columns(record, text);
                continue;
            }
            text.Row++;
            if (record.Cells.Count != columns.Length)
            {
                yield return FileRow.Of(text.Row, record.Line, "", null, new Invalid(ImportRefusals.CellsMiscounted, []) { Values = [record.Cells.Count, columns.Length] });
                continue;
            }
            JsonObject row = [];
            foreach ((OfferColumn column, string cell) in columns.Zip(record.Cells)) column.Put(row, cell);
            yield return Read(row, text.Row, record.Line, sellerId);
        }
    }

    private OfferColumn[] Columns(CsvRecord header, FileText text)
    {
        Dictionary<string, OfferColumn> known = OfferColumns.Of(form.Type).ToDictionary(c => c.Name, StringComparer.Ordinal);
        var columns = new List<OfferColumn>();
        foreach (string name in header.Cells.Select(c => c.Trim()))
        {
            if (!known.TryGetValue(name, out OfferColumn? column)) throw text.Unreadable(ImportRefusals.ColumnUnknown, header.Line, name.Length > 100 ? name[..100] : name);
            if (columns.Contains(column)) throw text.Unreadable(ImportRefusals.ColumnDuplicate, header.Line, name);
            columns.Add(column);
        }
        if (columns.All(c => c.Name != ExternalId)) throw text.Unreadable(ImportRefusals.ColumnMissing, header.Line, ExternalId);
        return [.. columns];
    }

    private async IAsyncEnumerable<FileRow> LinesAsync(FileText text, Guid? sellerId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        int number = 1;
        bool more = true;
        while (more)
        {
            more = await text.MoreAsync(cancellationToken);
            char next = more ? text.Next() : '\n';
            if (next != '\n')
            {
                if (line.Length == MostLineCharacters) throw text.Unreadable(ImportRefusals.FieldTooLong, number, MostLineCharacters);
                line.Append(next);
                continue;
            }
            string content = line.ToString();
            line.Clear();
            if (!string.IsNullOrWhiteSpace(content))
            {
                text.Row++;
                yield return Parsed(content) is { } row
                    ? Read(row, text.Row, number, sellerId)
                    : FileRow.Of(text.Row, number, "", null, new Invalid(ImportRefusals.LineNotJson, []));
            }
            number = text.Line;
        }
    }

    private FileRow Read(JsonObject row, int number, int line, Guid? sellerId)
    {
        if (row[SellerId] is null && sellerId is { } standard) row[SellerId] = GlobalIds.Of(IdPrefix.Organisation, standard);
        string externalId = row[ExternalId] is JsonValue value && value.TryGetValue(out string? known) ? known : "";
        var faults = new List<Invalid>();
        OfferRow? offer = form.Read(row, faults);
        return FileRow.Of(number, line, externalId, offer, faults);
    }

    private static JsonObject? Parsed(string line)
    {
        try
        {
            return JsonNode.Parse(line, documentOptions: Strict) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

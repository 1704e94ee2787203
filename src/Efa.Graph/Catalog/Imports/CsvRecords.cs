using System.Runtime.CompilerServices;
using System.Text;
using Efa.Marketplace.Catalog.Imports;

namespace Efa.Graph.Catalog.Imports;

/// <summary>A line of a CSV file, or several where a cell goes over them.</summary>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Cells);

/// <summary>Reads CSV (RFC 4180) record by record; cells are separated by comma or semicolon, whichever the first line has first.</summary>
internal static class CsvRecords
{
    public const int MostCharacters = 256 * 1024;

    public static async IAsyncEnumerable<CsvRecord> ReadAsync(FileText text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        char? separator = null;
        (int line, int opened) = (1, 0);
        // Inside of quotes, and after the one that may have ended them.
        (bool quoted, bool closed) = (false, false);
        while (await text.MoreAsync(cancellationToken))
        {
            int here = text.Line;
            char next = text.Next();
            if (next == '"' && (quoted || closed || cell.Length == 0))
            {
                if (closed) cell.Append('"');
                else if (!quoted) opened = here;
                (quoted, closed) = (!quoted, quoted);
            }
            else if (quoted)
            {
                Append(next);
            }
            else if (next == separator || (separator is null && next is ',' or ';'))
            {
                separator ??= next;
                EndCell();
            }
            else if (next == '\n')
            {
                if (EndRecord() is { } record) yield return record;
            }
            else if (next != '\r')
            {
                if (closed) throw text.Unreadable(ImportRefusals.QuoteMissing, opened);
                Append(next);
            }
        }
        if (quoted) throw text.Unreadable(ImportRefusals.QuoteMissing, opened);
        if (EndRecord() is { } last) yield return last;

        void Append(char next)
        {
            if (cell.Length == MostCharacters) throw text.Unreadable(ImportRefusals.FieldTooLong, line, MostCharacters);
            cell.Append(next);
        }

        void EndCell()
        {
            cells.Add(cell.ToString());
            cell.Clear();
            closed = false;
        }

        CsvRecord? EndRecord()
        {
            bool isBlank = cells.Count == 0 && cell.Length == 0 && !closed;
            EndCell();
            CsvRecord? record = isBlank ? null : new CsvRecord(line, [.. cells]);
            cells.Clear();
            line = text.Line;
            return record;
        }
    }
}

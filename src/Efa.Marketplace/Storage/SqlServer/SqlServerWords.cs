using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Storage.SqlServer;

/// <summary>Finds words by their beginnings in the kept texts, because full text search is a part of SQL Server that not every installation has.</summary>
internal static class SqlServerWords
{
    public static IQueryable<SearchHit> Hits(MarketContext context, IReadOnlyList<SearchTerm> terms)
    {
        // Each word of a text stands after a space.
        string[] patterns = [.. terms.SelectMany(t => new[] { $"% {t.Word}%", $"% {t.Stem}%" })];
        string sql =
            $"""
            SELECT [VersionId], CASE
              WHEN {In("[Title]")} THEN 3
              WHEN {In("[Title] + [Service]")} THEN 2
              WHEN {In("[Title] + [Service] + [Summary]")} THEN 1 ELSE 0 END AS [Rank]
            FROM [OfferWords] WHERE {In("[Title] + [Service] + [Summary] + [Description]")}
            """;
        return context.Database.SqlQueryRaw<SearchHit>(sql, [.. patterns]);

        string In(string text) => string.Join(" AND ", terms.Select((_, i) => $"({text} LIKE {{{2 * i}}} OR {text} LIKE {{{2 * i + 1}}})"));
    }
}

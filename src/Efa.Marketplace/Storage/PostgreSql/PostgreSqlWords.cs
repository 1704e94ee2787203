using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Storage.PostgreSql;

/// <summary>Finds words by the full text search of PostgreSQL, with its German stems; and those that are nearly alike where the database has <c>pg_trgm</c>.</summary>
internal static class PostgreSqlWords
{
    /// <summary>A shorter word is like too many others.</summary>
    private const int ShortestAlike = 5;

    private const string Alike = """("Title" || "Service")""";

    // Each word twice: by its stem, and as it is, so that a beginning that is longer than the stem is found too.
    private const string Vector =
        """
        setweight(to_tsvector('german', "Title") || to_tsvector('simple', "Title"), 'A') ||
        setweight(to_tsvector('german', "Service") || to_tsvector('simple', "Service"), 'B') ||
        setweight(to_tsvector('german', "Summary") || to_tsvector('simple', "Summary"), 'C') ||
        setweight(to_tsvector('german', "Description") || to_tsvector('simple', "Description"), 'D')
        """;

    public static readonly string[] Index =
    [
        $"""ALTER TABLE "OfferWords" ADD COLUMN IF NOT EXISTS "Vector" tsvector GENERATED ALWAYS AS ({Vector}) STORED;""",
        """CREATE INDEX IF NOT EXISTS "IX_OfferWords_Vector" ON "OfferWords" USING gin ("Vector");""",
        // Who may not make the extension searches without it: the function is there either way, and the planner puts its body in its place.
        $"""
        DO $$ BEGIN
          BEGIN
            CREATE EXTENSION IF NOT EXISTS pg_trgm;
          EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_file THEN NULL;
          END;
          IF to_regproc('strict_word_similarity') IS NULL THEN
            CREATE OR REPLACE FUNCTION words_alike(term text, words text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS 'SELECT false';
          ELSE
            CREATE OR REPLACE FUNCTION words_alike(term text, words text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS 'SELECT term <<% words';
            CREATE INDEX IF NOT EXISTS "IX_OfferWords_Alike" ON "OfferWords" USING gin ({Alike} gin_trgm_ops);
          END IF;
        END $$;
        """,
    ];

    public static IQueryable<SearchHit> Hits(MarketContext context, IReadOnlyList<SearchTerm> terms)
    {
        var values = new List<object>();
        string[] found = ["A", "AB", "ABC", ""];
        string rank = string.Join(" + ", found.Select(places => $"""("Vector" @@ ({string.Join(" && ", terms.Select(t => Query(t, places)))}))::int"""));
        string where = string.Join(" AND ", terms.Select(t => $"""("Vector" @@ {Query(t, "")}{(IsForgiven(t) ? $" OR words_alike({Value(t.Word)}, {Alike})" : "")})"""));
        // The offset is none, but has the hits found by their index before they are joined; otherwise the planner takes the offers in order and looks at the words of each.
        string sql = $"""SELECT "VersionId", {rank} - 1 AS "Rank" FROM "OfferWords" WHERE {where} OFFSET 0""";
        return context.Database.SqlQueryRaw<SearchHit>(sql, [.. values]);

        // The database stems the word itself.
        string Query(SearchTerm term, string places)
        {
            string value = Value($"'{term.Word}':*{places}");
            return $"(to_tsquery('german', {value}) || to_tsquery('simple', {value}))";
        }

        string Value(string value)
        {
            values.Add(value);
            return $"{{{values.Count - 1}}}";
        }
    }

    public static async Task<bool> ForgivesTypingErrorsAsync(MarketContext context, CancellationToken cancellationToken) =>
        await context.Database.SqlQueryRaw<bool>("""SELECT to_regclass('"IX_OfferWords_Alike"') IS NOT NULL AS "Value" """).SingleAsync(cancellationToken);

    // Keys that differ in a digit are other keys.
    private static bool IsForgiven(SearchTerm term) => term.Word.Length >= ShortestAlike && !term.Word.Any(char.IsDigit);
}

using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Storage.Sqlite;

/// <summary>Finds words by FTS5. Its index is kept by triggers, and so by whoever writes the words, in the same transaction.</summary>
internal static class SqliteWords
{
    private const string Columns = "\"Title\", \"Service\", \"Summary\", \"Description\"";
    private const string NewValues = "new.\"Title\", new.\"Service\", new.\"Summary\", new.\"Description\"";

    // FTS5 numbers its rows; a number of the table itself would not outlive VACUUM, because its key is no integer.
    private const string NewRow = "(SELECT \"Row\" FROM \"OfferWordsRows\" WHERE \"VersionId\" = new.\"VersionId\")";
    private const string OldRow = "(SELECT \"Row\" FROM \"OfferWordsRows\" WHERE \"VersionId\" = old.\"VersionId\")";

    public static readonly string[] Index =
    [
        """CREATE TABLE IF NOT EXISTS "OfferWordsRows" ("Row" INTEGER PRIMARY KEY, "VersionId" BLOB NOT NULL UNIQUE);""",
        $"""
        CREATE VIRTUAL TABLE IF NOT EXISTS "OfferWordsIndex"
          USING fts5({Columns}, content='', contentless_delete=1, detail=column, prefix='2 3', tokenize='unicode61 remove_diacritics 0');
        """,
        $"""
        CREATE TRIGGER IF NOT EXISTS "OfferWords_entered" AFTER INSERT ON "OfferWords" BEGIN
          INSERT INTO "OfferWordsRows" ("VersionId") VALUES (new."VersionId");
          INSERT INTO "OfferWordsIndex" (rowid, {Columns}) VALUES ({NewRow}, {NewValues});
        END;
        """,
        $"""
        CREATE TRIGGER IF NOT EXISTS "OfferWords_changed" AFTER UPDATE ON "OfferWords" BEGIN
          DELETE FROM "OfferWordsIndex" WHERE rowid = {OldRow};
          INSERT INTO "OfferWordsIndex" (rowid, {Columns}) VALUES ({NewRow}, {NewValues});
        END;
        """,
        $"""
        CREATE TRIGGER IF NOT EXISTS "OfferWords_removed" AFTER DELETE ON "OfferWords" BEGIN
          DELETE FROM "OfferWordsIndex" WHERE rowid = {OldRow};
          DELETE FROM "OfferWordsRows" WHERE "VersionId" = old."VersionId";
        END;
        """,
    ];

    public static IQueryable<SearchHit> Hits(MarketContext context, IReadOnlyList<SearchTerm> terms)
    {
        string words = string.Join(" AND ", terms.Select(t => t.Stem == t.Word ? $"\"{t.Word}\"*" : $"(\"{t.Word}\"* OR \"{t.Stem}\"*)"));
        // The limit is none, but has the hits found once, before they are joined; otherwise the planner asks for them anew for each offer.
        return context.Database.SqlQueryRaw<SearchHit>(
            """
            SELECT "VersionId", CASE
              WHEN "Row" IN (SELECT rowid FROM "OfferWordsIndex" WHERE "OfferWordsIndex" MATCH {0}) THEN 3
              WHEN "Row" IN (SELECT rowid FROM "OfferWordsIndex" WHERE "OfferWordsIndex" MATCH {1}) THEN 2
              WHEN "Row" IN (SELECT rowid FROM "OfferWordsIndex" WHERE "OfferWordsIndex" MATCH {2}) THEN 1 ELSE 0 END AS "Rank"
            FROM "OfferWordsRows" WHERE "Row" IN (SELECT rowid FROM "OfferWordsIndex" WHERE "OfferWordsIndex" MATCH {3}) LIMIT -1
            """,
            $"{{Title}} : ({words})", $"{{Title Service}} : ({words})", $"{{Title Service Summary}} : ({words})", words);
    }
}

namespace Efa.Marketplace.Storage;

/// <summary>The SQL that SQLite and PostgreSQL share.</summary>
public abstract class ReturningDialect : StoreDialect
{
    protected override string TakeFromSeries(int index) =>
        $"""INSERT INTO "Counters" ("Key", "Value") VALUES (@k{index}, @n{index}) ON CONFLICT ("Key") DO UPDATE SET "Value" = "Counters"."Value" + excluded."Value" RETURNING "Value";""";

    protected override string MoveHead =>
        """UPDATE "LogHead" SET "Position" = "Position" + @events, "TreeSize" = "TreeSize" + @leaves WHERE "Id" = 1 RETURNING "Position", "TreeSize", "Peaks";""";

    protected override string InsertCallOrNothing =>
        """INSERT INTO "Calls" ("CallerId", "Key", "Operation", "InputHash", "At") VALUES (@caller, @key, @operation, @hash, @at) ON CONFLICT DO NOTHING;""";

    protected override string KeepQuotes(int quotes) =>
        $"""
        INSERT INTO "Quotes" ("Hash", "GrossCents", "ValidUntil") VALUES {string.Join(", ", Enumerable.Range(0, quotes).Select(i => $"(@h{i}, @g{i}, @v{i})"))}
        ON CONFLICT ("Hash") DO UPDATE SET "ValidUntil" = excluded."ValidUntil";
        """;
}

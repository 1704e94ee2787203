using System.Data;
using System.Globalization;
using System.Text.Json.Nodes;
using Efa.Marketplace.Events;
using Efa.Marketplace.Evidence;
using Npgsql;

namespace Efa.Graph.Benchmarks;

/// <summary>Writes an order as somebody would by hand who knows the tables and reads nothing: the same rows as an order that was placed, in the same sequence of locks.</summary>
/// <remarks>Idempotency row; number and log head in one round trip; audit leaf and signed receipt made under the head; all other rows in one batch; commit.</remarks>
internal sealed class HandWritten(NpgsqlDataSource database, EvidenceKeys keys, IReadOnlyDictionary<string, IReadOnlyList<Dictionary<string, object?>>> rows, string receipt)
{
    // The parts of an order, the order first.
    private static readonly string[] Tables = ["Orders", "OrderUsers", "TermsAcceptances", "Events", "EventParties", "AuditEntries"];

    private readonly string series = $"orders/{rows["Orders"][0]["SellerId"]:N}/{((DateTime)rows["Orders"][0]["PlacedAt"]!).Year}";

    /// <summary>Reads the rows of an order that was placed.</summary>
    public static async Task<HandWritten> LikeAsync(NpgsqlDataSource database, EvidenceKeys keys, Guid orderId)
    {
        var rows = new Dictionary<string, IReadOnlyList<Dictionary<string, object?>>>();
        foreach (string table in Tables.Append("Receipts"))
        {
            string key = table switch { "Orders" => "\"Id\"", "OrderUsers" or "TermsAcceptances" => "\"OrderId\"", _ => "\"SubjectId\"" };
            string where = table == "EventParties" ? "\"Position\" = (SELECT \"Position\" FROM \"Events\" WHERE \"SubjectId\" = $1)" : $"{key} = $1";
            rows[table] = await ReadAsync(database, $"SELECT * FROM \"{table}\" WHERE {where}", orderId);
        }
        string jws = (string)rows["Receipts"][0]["Jws"]!;
        string payload = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(jws.Split('.')[1]));
        return new HandWritten(database, keys, rows, payload);
    }

    public async Task PlaceAsync(string key)
    {
        var id = Guid.CreateVersion7();
        await using NpgsqlConnection connection = await database.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        await using (var call = new NpgsqlCommand("INSERT INTO \"Calls\" (\"CallerId\", \"Key\", \"Operation\", \"InputHash\", \"At\") VALUES ('by-hand', $1, 'placeOrder', $2, now()) ON CONFLICT DO NOTHING", connection))
        {
            call.Parameters.AddWithValue(key);
            call.Parameters.AddWithValue(new string('0', 64));
            if (await call.ExecuteNonQueryAsync() != 1) throw new InvalidOperationException("The key was used before.");
        }

        (long number, long position, long size, byte[] peaks) = await TakeAsync(connection);
        var tree = new MerkleTree(size, peaks);
        string signed = Signed(id, number, position, size);
        var entry = new AuditEntry
        {
            Index = size,
            Position = position,
            At = DateTimeOffset.UtcNow,
            Actor = "by-hand",
            Action = "placeOrder",
            SubjectKind = IdPrefix.Order,
            SubjectId = id,
            SubjectHash = CanonicalJson.HashOf(signed),
        };
        entry.LeafHash = MerkleTree.LeafHash(entry.ToLeaf());
        (string jws, string keyId) = keys.Sign(EvidenceKeys.ReceiptType, signed);

        await using var batch = new NpgsqlBatch(connection);
        foreach (string table in Tables)
            foreach (Dictionary<string, object?> row in rows[table])
                Insert(batch, table, row, new Dictionary<string, object?>
                {
                    ["Id"] = id,
                    ["OrderId"] = id,
                    ["SubjectId"] = id,
                    ["Position"] = table is "Events" or "EventParties" or "AuditEntries" ? position : row.GetValueOrDefault("Position"),
                    ["Number"] = string.Create(CultureInfo.InvariantCulture, $"BY-HAND-{number:D8}"),
                    ["Index"] = size,
                    ["SubjectHash"] = entry.SubjectHash,
                    ["LeafHash"] = entry.LeafHash,
                });
        foreach ((TreeNode node, byte[] hash) in tree.Append(entry.LeafHash))
            Insert(batch, "AuditNodes", new Dictionary<string, object?> { ["Place"] = AuditNode.PlaceOf(node), ["Hash"] = hash }, []);
        Insert(batch, "Receipts", new Dictionary<string, object?> { ["SubjectId"] = id, ["AuditIndex"] = size, ["Jws"] = jws, ["KeyId"] = keyId }, []);
        Add(batch, "UPDATE \"Calls\" SET \"SubjectId\" = $1 WHERE \"CallerId\" = 'by-hand' AND \"Key\" = $2", id, key);
        Add(batch, "UPDATE \"LogHead\" SET \"Peaks\" = $1 WHERE \"Id\" = 1", tree.Peaks);
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private async Task<(long Number, long Position, long Size, byte[] Peaks)> TakeAsync(NpgsqlConnection connection)
    {
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, "INSERT INTO \"Counters\" (\"Key\", \"Value\") VALUES ($1, 1) ON CONFLICT (\"Key\") DO UPDATE SET \"Value\" = \"Counters\".\"Value\" + 1 RETURNING \"Value\"", series);
        Add(batch, "UPDATE \"LogHead\" SET \"Position\" = \"Position\" + 1, \"TreeSize\" = \"TreeSize\" + 1 WHERE \"Id\" = 1 RETURNING \"Position\", \"TreeSize\", \"Peaks\"");
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        long number = reader.GetInt64(0);
        await reader.NextResultAsync();
        await reader.ReadAsync();
        return (number, reader.GetInt64(0), reader.GetInt64(1) - 1, reader.GetFieldValue<byte[]>(2));
    }

    private string Signed(Guid id, long number, long position, long index)
    {
        JsonNode content = JsonNode.Parse(receipt)!;
        content["subject"] = TypeId.Encode(IdPrefix.Order, id);
        content["logPosition"] = position;
        content["auditIndex"] = index;
        content["content"]!["number"] = number.ToString(CultureInfo.InvariantCulture);
        return CanonicalJson.Write(content);
    }

    private static void Insert(NpgsqlBatch batch, string table, Dictionary<string, object?> row, Dictionary<string, object?> changed)
    {
        string columns = string.Join(", ", row.Keys.Select(c => $"\"{c}\"")), values = string.Join(", ", row.Keys.Select((_, i) => $"${i + 1}"));
        Add(batch, $"INSERT INTO \"{table}\" ({columns}) VALUES ({values})", [.. row.Select(c => changed.TryGetValue(c.Key, out object? value) ? value : c.Value)]);
    }

    private static void Add(NpgsqlBatch batch, string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (object? value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        batch.BatchCommands.Add(command);
    }

    private static async Task<IReadOnlyList<Dictionary<string, object?>>> ReadAsync(NpgsqlDataSource database, string sql, Guid id)
    {
        await using NpgsqlCommand command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(id);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var rows = new List<Dictionary<string, object?>>();
        while (await reader.ReadAsync())
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i)));
        return rows;
    }
}

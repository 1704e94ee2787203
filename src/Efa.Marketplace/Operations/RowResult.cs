using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Operations;

/// <summary>What is done where some rows of a batch are refused.</summary>
public enum BatchMode
{
    /// <summary>All rows or none.</summary>
    Atomic,

    /// <summary>Good rows are done, bad rows reported.</summary>
    Partial,
}

/// <summary>What became of one row of a batch: the thing it made or changed, or why it was refused.</summary>
/// <param name="Row">Counted from 1, in the order of the request.</param>
public sealed record RowResult(int Row, Guid? Subject, IReadOnlyList<Refusal> Refusals)
{
    public static RowResult Done(int row, Guid subject) => new(row, subject, []);

    public static RowResult Refused(int row, params IReadOnlyList<Refusal> refusals) => new(row, null, refusals);
}

/// <summary>Rows as they are kept for a repeated call: refusals by the name of their type and code.</summary>
internal static class KeptRows
{
    private static readonly JsonSerializerOptions Json = new(MarketJson.Options) { Converters = { new CodeByName() } };

    private static readonly FrozenDictionary<string, Type> RefusalTypes = typeof(Refusal).Assembly.GetTypes()
        .Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(Refusal))).ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);

    public static string Write(IReadOnlyList<RowResult> rows) => JsonSerializer.Serialize(
        rows.Select(r => new KeptRow(r.Row, r.Subject, [.. r.Refusals.Select(Kept)])), Json);

    public static IReadOnlyList<RowResult> Read(string json) =>
        [.. JsonSerializer.Deserialize<KeptRow[]>(json, Json)!.Select(r => new RowResult(r.Row, r.Subject, [.. r.Refusals.Select(Refusal)]))];

    private static KeptRefusal Kept(Refusal refusal) => new(refusal.GetType().Name, JsonSerializer.SerializeToNode(refusal, refusal.GetType(), Json)!);

    private static Refusal Refusal(KeptRefusal kept) => (Refusal)kept.Content.Deserialize(RefusalTypes[kept.Type], Json)!;

    private sealed record KeptRow(int Row, Guid? Subject, IReadOnlyList<KeptRefusal> Refusals);

    private sealed record KeptRefusal(string Type, JsonNode Content);

    private sealed class CodeByName : JsonConverter<ErrorCode>
    {
        public override ErrorCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ErrorCodes.Named(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, ErrorCode value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
    }
}

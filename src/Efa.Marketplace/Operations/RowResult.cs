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
public record RowResult(int Row, Guid? Subject, IReadOnlyList<Refusal> Refusals)
{
    public static RowResult Done(int row, Guid subject) => new(row, subject, []);

    public static RowResult Refused(int row, params IReadOnlyList<Refusal> refusals) => new(row, null, refusals);
}

/// <summary>Rows as they are kept for a repeated call: they and their refusals by the names of their types, codes by theirs.</summary>
internal static class KeptRows
{
    private static readonly JsonSerializerOptions Json = new(MarketJson.Options) { Converters = { new CodeByName(), new RefusalByTypeName() } };

    private static readonly FrozenDictionary<string, Type> Types = typeof(Refusal).Assembly.GetTypes()
        .Where(t => !t.IsAbstract && (t.IsAssignableTo(typeof(Refusal)) || t.IsAssignableTo(typeof(RowResult)))).ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);

    public static string Write(IReadOnlyList<RowResult> rows) => JsonSerializer.Serialize(rows.Select(Keep), Json);

    public static IReadOnlyList<RowResult> Read(string json) => [.. JsonSerializer.Deserialize<Kept[]>(json, Json)!.Select(Told<RowResult>)];

    public static string Write(Refusal refusal) => JsonSerializer.Serialize(refusal, Json);

    public static Refusal ReadRefusal(string json) => JsonSerializer.Deserialize<Refusal>(json, Json)!;

    private static Kept Keep(object value) => new(value.GetType().Name, JsonSerializer.SerializeToNode(value, value.GetType(), Json)!);

    private static T Told<T>(Kept kept) => (T)kept.Content.Deserialize(Types[kept.Type], Json)!;

    private sealed record Kept(string Type, JsonNode Content);

    private sealed class RefusalByTypeName : JsonConverter<Refusal>
    {
        public override Refusal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Told<Refusal>(JsonSerializer.Deserialize<Kept>(ref reader, options)!);

        public override void Write(Utf8JsonWriter writer, Refusal value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, Keep(value), options);
    }

    private sealed class CodeByName : JsonConverter<ErrorCode>
    {
        public override ErrorCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ErrorCodes.Named(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, ErrorCode value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
    }
}

using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Efa.Graph.Engine.Errors;
using GraphQL;

namespace Efa.Graph.Engine.Documents;

/// <summary>Reads requests from JSON. What it refuses it says in its own words: the parser's texts tell about this server, not about the request.</summary>
public sealed class RequestJson(Limits limits)
{
    private const int LongestNumber = 40;

    // Two equal names are read differently by each reader, so that a check and its use could see different values.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>The request of a body.</summary>
    public DocumentRequest Read(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = Parse(json);
        return Read(document.RootElement);
    }

    /// <summary>The request of a JSON object inside a message.</summary>
    public DocumentRequest Read(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array) throw Malformed("Send one request at a time; lists of requests are not answered.");
        if (json.ValueKind != JsonValueKind.Object) throw Malformed("A request is a JSON object.");
        return new(Text(json, "query"), Text(json, "documentId"), Text(json, "operationName"), Map(json, "variables"), Map(json, "extensions"));
    }

    /// <summary>One of the JSON objects in the query string of a URL.</summary>
    public Inputs ReadMap(string? json, string name)
    {
        if (string.IsNullOrEmpty(json)) return Inputs.Empty;
        using JsonDocument document = Parse(System.Text.Encoding.UTF8.GetBytes(json));
        return Map(document.RootElement, name, document.RootElement);
    }

    /// <summary>Parsed strictly; the caller disposes it.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span)) throw Malformed("The request is not UTF-8.");
        try
        {
            return JsonDocument.Parse(json, Strict);
        }
        // The check for duplicates reads names, and a name with half a surrogate pair cannot be read.
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw Malformed("The request is not JSON, is nested too deeply, or has a name twice.");
        }
    }

    /// <summary>A member that is a string, or null where it is absent or null.</summary>
    public static string? Text(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.String ? Text(value) : throw Malformed($"'{name}' is a string.");
    }

    private static string Text(JsonElement value)
    {
        try
        {
            string text = value.GetString()!;
            return text.Contains('\0', StringComparison.Ordinal) ? throw Malformed("A string holds U+0000, which not every store can hold.") : text;
        }
        catch (InvalidOperationException)
        {
            throw Malformed("A string holds half a surrogate pair.");
        }
    }

    private Inputs Map(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? Map(json, name, value) : Inputs.Empty;

    private Inputs Map(JsonElement json, string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => Inputs.Empty,
        JsonValueKind.Object => new Inputs(Members(value)),
        _ => throw Malformed($"'{name}' is an object."),
    };

    private Dictionary<string, object?> Members(JsonElement value)
    {
        var members = new Dictionary<string, object?>();
        foreach (JsonProperty member in value.EnumerateObject()) members[Name(member)] = Value(member.Value);
        return members;
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw Malformed("A name holds half a surrogate pair.");
        }
    }

    private object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Members(value),
        JsonValueKind.Array => Items(value),
        JsonValueKind.String => Text(value),
        JsonValueKind.Number => Number(value),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private object?[] Items(JsonElement value)
    {
        if (value.GetArrayLength() > limits.ListInput)
            throw new RequestError(RequestErrors.LimitExceeded, $"A list has at most {limits.ListInput} entries.");
        return [.. value.EnumerateArray().Select(Value)];
    }

    private static object Number(JsonElement value)
    {
        // The work of reading a number grows with the square of its digits.
        if (JsonMarshal.GetRawUtf8Value(value).Length > LongestNumber)
            throw new RequestError(RequestErrors.LimitExceeded, $"A number has at most {LongestNumber} characters.");
        if (value.TryGetInt32(out int small)) return small;
        if (value.TryGetInt64(out long large)) return large;
        if (BigInteger.TryParse(value.GetRawText(), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out BigInteger whole)) return whole;
        double number = value.GetDouble();
        return double.IsFinite(number) ? number : throw new RequestError(RequestErrors.InvalidValue, "A number is out of range.");
    }

    private static RequestError Malformed(string message) => new(RequestErrors.MalformedRequest, message);
}

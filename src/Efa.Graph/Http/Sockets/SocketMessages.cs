using System.Buffers;
using System.Text.Json;

namespace Efa.Graph.Http.Sockets;

/// <summary>The messages that the server sends.</summary>
internal static class SocketMessages
{
    public static readonly byte[] Acknowledged = """{"type":"connection_ack"}"""u8.ToArray();

    public static readonly byte[] Pong = """{"type":"pong"}"""u8.ToArray();

    public static byte[] Next(string id, byte[] result) => Message("next", id, result);

    public static byte[] Error(string id, byte[] errors) => Message("error", id, errors);

    public static byte[] Complete(string id) => Message("complete", id, null);

    /// <summary>A ping that tells how far each stream has read, so that a client which sees nothing does not fall behind.</summary>
    public static byte[] Ping(IReadOnlyDictionary<string, string> cursors)
    {
        if (cursors.Count == 0) return """{"type":"ping"}"""u8.ToArray();
        return Write(writer =>
        {
            writer.WriteString("type", "ping");
            writer.WriteStartObject("payload");
            writer.WriteStartObject("cursors");
            foreach ((string id, string cursor) in cursors) writer.WriteString(id, cursor);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    private static byte[] Message(string type, string id, byte[]? payload) => Write(writer =>
    {
        writer.WriteString("id", id);
        writer.WriteString("type", type);
        if (payload is null) return;
        writer.WritePropertyName("payload");
        writer.WriteRawValue(payload, skipInputValidation: true);
    });

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}

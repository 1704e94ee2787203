using System.Text.Json;

namespace Efa.Marketplace.Ordering.Brokers;

/// <summary>What a broker said to a request.</summary>
/// <param name="Body">Null where it is no JSON object, or a larger or deeper one than is read.</param>
/// <param name="RetryAt">When it wants to be asked again.</param>
internal sealed record BrokerReply(int Status, JsonElement? Body, DateTimeOffset? RetryAt)
{
    /// <summary>Whether it did not speak to the end.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>Whether it goes to work, under an operation that can be kept.</summary>
    public bool IsAccepted => this is { Status: 202, Body: not null }
        && (Text("operation") is not { } operation || (operation.Length <= Provisioning.OperationLength && !operation.Any(char.IsControl)));

    public string? Text(string name) => Body is { } body && body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>How long the catalogue lets the broker work on a plan; null where it has no such plan.</summary>
    public CatalogPlan? Plan(string serviceId, string planId) =>
        Named(Items(Body, "services"), serviceId) is { } service && Named(Items(service, "plans"), planId) is { } plan
            ? new CatalogPlan(plan.TryGetProperty("maximum_polling_duration", out JsonElement longest) && longest.TryGetInt32(out int seconds) && seconds > 0 ? seconds : null)
            : null;

    private static IEnumerable<JsonElement> Items(JsonElement? parent, string name) =>
        parent is { } found && found.TryGetProperty(name, out JsonElement items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object)
            : [];

    private static JsonElement? Named(IEnumerable<JsonElement> items, string id)
    {
        foreach (JsonElement item in items)
            if (item.TryGetProperty("id", out JsonElement value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(id))
                return item;
        return null;
    }
}

/// <summary>A plan of a broker's catalogue.</summary>
internal sealed record CatalogPlan(int? LongestPollingSeconds);

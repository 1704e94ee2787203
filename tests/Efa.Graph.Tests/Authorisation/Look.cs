using System.Text.Json;
using Efa.Graph.Tests.Catalog;

namespace Efa.Graph.Tests.Authorisation;

/// <summary>Sends a document as each of the four who could ask, and compares what each is shown with what the right one is shown.</summary>
internal sealed class Look(IReadOnlyList<Thing> things)
{
    // Of things that stand in the market for different readers, the one for most decides what is shown below others.
    private readonly Dictionary<string, Seen> objects = things.GroupBy(t => t.Type).ToDictionary(g => g.Key, g => g.Min(t => t.Seen));

    public List<string> Faults { get; } = [];

    /// <summary>Fields that the right one was shown something in.</summary>
    public HashSet<string> Shown { get; } = [];

    public async Task AtAsync(string query, IReadOnlyList<SelectedField> fields, Seen seen, Func<string, Who, Task<Answer>> ask)
    {
        JsonElement right = (await ask(query, Who.Right)).Json;
        if (right.TryGetProperty("errors", out JsonElement errors))
        {
            Faults.Add($"{fields[0].Name} {fields[0].ObjectType} as Right: {errors}");
            return;
        }
        foreach (Who who in new[] { Who.Anonymous, Who.Stranger, Who.Powerless, Who.Right })
        {
            JsonElement answer = who == Who.Right ? right : (await ask(query, who)).Json;
            foreach (string? code in Codes(answer).Where(c => c is not ("UNAUTHENTICATED" or "FORBIDDEN"))) Faults.Add($"{fields[0].Name} as {who}: {code}");
            JsonElement data = answer.TryGetProperty("data", out JsonElement given) ? given : default;
            foreach (SelectedField field in fields) Compare(field, data, right.GetProperty("data"), who, seen, $"{who}: {fields[0].ObjectType}");
        }
    }

    private void Compare(SelectedField field, JsonElement parent, JsonElement rightParent, Who who, Seen above, string path)
    {
        if (field.Only is not null && field.Only != rightParent.GetProperty("__typename").GetString()) return;
        JsonElement right = rightParent.GetProperty(field.Key);
        JsonElement found = parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(field.Key, out JsonElement value) ? value : default;
        Seen seen = new[] { above, FieldRows.All[field.Name] ?? above, field.ObjectType is { } type && objects.TryGetValue(type, out Seen thing) ? thing : above }.Max();
        path = $"{path} > {field.Name}";
        if (who == Who.Right && !IsEmpty(right)) Shown.Add(field.Name);
        if (FieldRows.IsOfTheCaller(field.Name)) return;

        if ((int)who < (int)seen)
        {
            if (!IsEmpty(found)) Faults.Add($"{path} is shown: {found}");
        }
        else if (right.ValueKind == JsonValueKind.Object && found.ValueKind == JsonValueKind.Object)
        {
            foreach (SelectedField child in field.Children) Compare(child, found, right, who, seen, path);
        }
        else if (right.ValueKind == JsonValueKind.Array && field.Children.Count > 0 && found.ValueKind == JsonValueKind.Array && found.GetArrayLength() == right.GetArrayLength())
        {
            foreach ((JsonElement item, JsonElement rightItem) in found.EnumerateArray().Zip(right.EnumerateArray()).Where(p => p.Second.ValueKind == JsonValueKind.Object))
                foreach (SelectedField child in field.Children) Compare(child, item, rightItem, who, seen, path);
        }
        else if (!(right.ValueKind == JsonValueKind.Null && found.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) && found.ToString() != right.ToString())
        {
            Faults.Add($"{path} is {found}, not {right}");
        }
    }

    /// <summary>Whether nothing is shown: nothing at all, no row, or a page without rows.</summary>
    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.Array => value.EnumerateArray().All(IsEmpty),
        JsonValueKind.Object => value.TryGetProperty("nodes", out JsonElement nodes) && nodes.GetArrayLength() == 0
            && (!value.TryGetProperty("totalCount", out JsonElement count) || count.ValueKind == JsonValueKind.Null || count.GetInt32() == 0),
        _ => false,
    };

    private static IEnumerable<string?> Codes(JsonElement answer) =>
        answer.TryGetProperty("errors", out JsonElement errors) ? errors.EnumerateArray().Select(e => e.At("extensions", "code").GetString()) : [];
}

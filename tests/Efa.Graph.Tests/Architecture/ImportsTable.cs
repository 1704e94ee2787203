using System.Text;
using System.Text.RegularExpressions;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Architecture;

/// <summary>Which room may name which: the house's table, held against what a source file says in using lines and qualified names.</summary>
internal static partial class ImportsTable
{
    // Each room may name those after it. Seeding fills all others; nobody names it.
    private static readonly string[] Order = ["Seeding", "Billing", "Ordering", "Catalog", "Organisations", "Access", "Operations", "Evidence", "Events", "Storage"];

    private static readonly string[] MayUsePricing = ["Seeding", "Billing", "Ordering", "Catalog"];

    // What the marketplace must not know: who serves it, and by which engine.
    private static readonly string[] Foreign = ["Efa.Graph", "GraphQL", "GraphQLParser", "Microsoft.AspNetCore", "OpenIddict.Server", "OpenIddict.Validation"];

    private static readonly Type[] Types = typeof(MarketContext).Assembly.GetTypes();

    public static readonly IReadOnlySet<string> Rooms = Order.Append("Pricing").ToHashSet();

    /// <param name="file">Path of a C# file from <c>src/</c> on.</param>
    public static IReadOnlyList<string> Violations(string file, string source)
    {
        string[] parts = file.Split('/');
        if (parts[0] != "Efa.Marketplace") return [];
        string code = WithoutTextsAndComments(source);
        IEnumerable<string> foreign = Foreign.Where(name => Regex.IsMatch(code, $@"(?<![\w.]){Regex.Escape(name)}(?!\w)")).Select(name => $"{file} names {name}");
        // The root's own file holds texts, which every room may use and which uses none.
        string? room = parts.Length > 2 ? parts[1] : null;
        IEnumerable<string> rooms = Named(code).Where(named => named != room && !MayUse(room, named)).Select(named => $"{file} names {named}");
        IEnumerable<string> unknown = room is null || Rooms.Contains(room) ? [] : [$"{file} lies in no room of the table"];
        string expected = string.Join('.', parts[..^1]);
        string found = Namespace().Match(code).Groups[1].Value;
        IEnumerable<string> misplaced = found == expected ? [] : [$"{file} has the namespace {found}"];
        return [.. foreign, .. rooms, .. unknown, .. misplaced];
    }

    private static bool MayUse(string? room, string named)
    {
        if (room is null or "Pricing") return false;
        return named == "Pricing" ? MayUsePricing.Contains(room) : Array.IndexOf(Order, named) > Array.IndexOf(Order, room);
    }

    private static IEnumerable<string> Named(string code) =>
        QualifiedName().Matches(code).Concat(RelativeName().Matches(code).Where(IsTypeOrNamespace)).Select(m => m.Groups[1].Value).Where(Rooms.Contains).Distinct();

    // A property may be called like a room; what follows it then is no type of that room.
    private static bool IsTypeOrNamespace(Match name) =>
        Types.Any(type => type.Namespace is { } space && space.StartsWith($"Efa.Marketplace.{name.Groups[1].Value}", StringComparison.Ordinal)
            && (type.Name.Split('`')[0] == name.Groups[2].Value || space.Split('.').Contains(name.Groups[2].Value)));

    /// <summary>Migrations and raw SQL name tables and classes in strings; that is no dependency of the code.</summary>
    private static string WithoutTextsAndComments(string source)
    {
        var code = new StringBuilder();
        int from = 0;
        foreach (Match match in TextOrComment().Matches(source))
        {
            code.Append(source, from, match.Index - from).Append(match.Value.StartsWith('/') ? " " : "\"\"");
            from = match.Index + match.Length;
        }
        return code.Append(source, from, source.Length - from).ToString();
    }

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"Efa\.Marketplace\.(\w+)")]
    private static partial Regex QualifiedName();

    // Inside the marketplace's namespace a room can be named without its beginning: Ordering.Order.
    [GeneratedRegex(@"(?<![\w.])([A-Z]\w+)\s*\.\s*([A-Z]\w*)(?=[\s<>(){}\[\],;.?])")]
    private static partial Regex RelativeName();

    [GeneratedRegex("""
        //[^\n]*|/\*.*?\*/|(?:\$*"{3,}).*?"{3,}|@\$?"(?:[^"]|"")*"|\$@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\])+'
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex TextOrComment();
}

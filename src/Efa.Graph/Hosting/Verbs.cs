using Efa.Graph.Engine;
using GraphQL.Types;

namespace Efa.Graph.Hosting;

/// <summary>What the executable can be told to do; <c>serve</c> where nothing is said.</summary>
internal static class Verbs
{
    private const int Refused = 1;
    private const int Misused = 2;

    private static readonly Verb[] All =
    [
        new("serve", [], "Serves the API (default).", (app, _) => ServeVerb.RunAsync(app)),
        new("migrate", [], "Brings the store to the schema of this version.", (app, _) => StoreVerbs.MigrateAsync(app)),
        new("seed", ["DIR"], "Loads a market from a folder into an empty store. Its clients get fresh secrets, printed once,\n                or those of --client-secrets FILE: lines of a client id and a secret, * for all others.", (app, rest) => StoreVerbs.SeedAsync(app, rest[0])),
        new("reindex", [], "Writes the search index of the offers anew.", (app, _) => StoreVerbs.ReindexAsync(app)),
        new("backup", ["FILE"], "Copies the SQLite store into a file, also while a server uses it.", (app, rest) => BackupVerbs.BackupAsync(app, rest[0])),
        new("restore", ["FILE"], "Puts such a file back where no store is, with no server running.", (app, rest) => BackupVerbs.RestoreAsync(app, rest[0])),
        new("audit", [], "Computes the audit log anew and says whether anything in it was changed.", (app, _) => EvidenceVerbs.AuditAsync(app)),
        new("verify", ["RECEIPT"], "Checks a receipt without the store: a file with the fields of SignedReceipt, and the keys of --keys FILE\n                or, where nothing is said, of receipt-keys.json beside it.", (app, rest) => EvidenceVerbs.VerifyAsync(app, rest[0])),
        new("schema", [], "Prints the GraphQL schema.", (app, _) => PrintSchema(app)),
    ];

    public static async Task<int> RunAsync(string[] args, Func<string[], WebApplication> build)
    {
        string[] words = [.. args.TakeWhile(a => !a.StartsWith('-'))];
        string name = words.FirstOrDefault() ?? "serve";
        string[] rest = [.. words.Skip(1)];
        if (name == "help" || args.Any(a => a is "--help" or "-h" or "-?")) return Usage(Console.Out, 0);
        if (All.FirstOrDefault(v => v.Name == name) is not { } verb || verb.Arguments.Length != rest.Length) return Usage(Console.Error, Misused);
        try
        {
            // Settings only: a path among them would be taken for a switch.
            await using WebApplication app = build(args[words.Length..]);
            return await verb.Run(app, rest);
        }
        catch (StartRefused refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return Refused;
        }
    }

    private static Task<int> PrintSchema(WebApplication app)
    {
        Console.Out.Write(SchemaText.Of(app.Services.GetRequiredService<ISchema>()));
        return Task.FromResult(0);
    }

    private static int Usage(TextWriter to, int exitCode)
    {
        to.WriteLine("Usage: Efa.Graph [VERB] [--Section:Setting=value ...]");
        to.WriteLine();
        foreach (Verb verb in All) to.WriteLine($"  {string.Join(' ', [verb.Name, .. verb.Arguments]),-14}{verb.Summary}");
        to.WriteLine($"  {"help",-14}Says this.");
        to.WriteLine();
        to.WriteLine("Settings may also come from appsettings.json or the environment (Store__Provider=PostgreSql).");
        return exitCode;
    }

    private sealed record Verb(string Name, string[] Arguments, string Summary, Func<WebApplication, string[], Task<int>> Run);
}

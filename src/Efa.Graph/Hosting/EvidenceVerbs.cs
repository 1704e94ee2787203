using System.Security.Cryptography;
using Efa.Graph.Evidence;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Hosting;

/// <summary>Checks evidence: the audit log of a store, and a receipt that somebody holds.</summary>
internal static class EvidenceVerbs
{
    public const string KeysFile = "keys";

    private const int NotGood = 1;

    public static async Task<int> AuditAsync(WebApplication app)
    {
        await StoreStart.MigrateOrRefuseAsync(app.Services);
        IReadOnlyList<EvidenceKey> keys = await app.Services.GetRequiredService<EvidenceKeys>().PublicAsync(CancellationToken.None);
        Dictionary<string, ECDsa> byId = keys.ToDictionary(k => k.Id, k => k.Key, StringComparer.Ordinal);
        await using MarketContext context = await app.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        AuditReport report = await AuditCheck.RunAsync(context, byId.GetValueOrDefault, CancellationToken.None);
        if (report.Fault is { } fault)
        {
            await Console.Error.WriteLineAsync(fault);
            return NotGood;
        }
        Console.Out.WriteLine($"{report.Entries} entries, {report.Receipts} receipts and {report.Heads} signed heads are as they were written.");
        return 0;
    }

    public static async Task<int> VerifyAsync(WebApplication app, string file)
    {
        string keys = app.Configuration[KeysFile] ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "receipt-keys.json");
        foreach (string needed in new[] { file, keys })
            if (!File.Exists(needed)) throw new StartRefused($"There is no file {needed}.");
        try
        {
            foreach (string line in ReceiptCheck.Run(await File.ReadAllTextAsync(file), await File.ReadAllTextAsync(keys))) Console.Out.WriteLine(line);
            return 0;
        }
        catch (ReceiptRefused refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return NotGood;
        }
    }
}

using System.Security.Cryptography;
using Efa.Graph.Tests.Operations;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Evidence;

public sealed class AuditLogTests
{
    private const int Calls = 11;

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Each_change_is_a_leaf_in_the_order_of_the_commits(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        await FillAsync(store);

        await using MarketContext context = store.Context();
        AuditEntry[] entries = await context.Set<AuditEntry>().OrderBy(e => e.Index).ToArrayAsync();
        Assert.Equal(Enumerable.Range(0, Calls).Select(i => (long)i), entries.Select(e => e.Index));
        Assert.Equal(Enumerable.Range(1, Calls).Select(i => i * 2L), entries.Select(e => e.Position));
        Assert.All(entries, e => Assert.Equal(("enrol", "seller", "run", null), (e.Action, e.Actor, e.SubjectKind, e.ClientId)));
        Assert.All(entries, e => Assert.Equal(MerkleTree.LeafHash(e.ToLeaf()), e.LeafHash));
        Assert.Equal(Calls, entries.Select(e => e.SubjectHash).Distinct().Count());
        Assert.Equal(Calls, await context.AuditSizeAsync(CancellationToken.None));

        AuditReport report = await CheckAsync(store);
        Assert.Equal(new AuditReport(Calls, 0, 0, null), report);
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Operations_at_once_leave_no_gap_and_a_tree_that_fits(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        Organisation seller = await SellerAsync(store);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => CallAsync(store, seller, i)));

        Assert.Equal(new AuditReport(32, 0, 0, null), await CheckAsync(store));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_refused_operation_leaves_no_entry(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        OperationResult refused = await store.Runner.RunAsync(new Enrol(), new EnrolInput(Guid.NewGuid(), "Kreis"), Caller, "key", CancellationToken.None);

        Assert.Equal("NOT_FOUND", Assert.Single(refused.Refusals).Code.Name);
        Assert.Equal(new AuditReport(0, 0, 0, null), await CheckAsync(store));
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET Actor = 'sellor' WHERE \"Index\" = 4", "Entry 4 is not what was written.")]
    [InlineData("UPDATE AuditEntries SET SubjectHash = replace(SubjectHash, substr(SubjectHash, 1, 1), 'x') WHERE \"Index\" = 0", "Entry 0 is not what was written.")]
    [InlineData("UPDATE AuditEntries SET At = At + 1 WHERE \"Index\" = 10", "Entry 10 is not what was written.")]
    [InlineData("DELETE FROM AuditEntries WHERE \"Index\" = 7", "Entry 7 is missing.")]
    [InlineData("DELETE FROM AuditEntries WHERE \"Index\" = 10", "Entry 10 is missing.")]
    [InlineData("DELETE FROM AuditNodes WHERE Place = 1", "A hash above entry 1 is not what was written.")]
    [InlineData("UPDATE LogHead SET TreeSize = 5", "The head of the log does not fit its entries.")]
    [InlineData("UPDATE LogHead SET Peaks = zeroblob(96)", "The head of the log does not fit its entries.")]
    public async Task What_was_changed_past_the_server_is_found_and_named(string sql, string fault)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(StoreKind.Sqlite);
        await FillAsync(store);

        await using (MarketContext context = store.Context())
        {
            // Whoever owns the file can do this: the triggers keep mistakes away, the tree finds intent.
            foreach (string table in new[] { "AuditEntries", "AuditNodes" })
                foreach (string change in new[] { "update", "delete" })
                {
                    string drop = $"DROP TRIGGER \"{table}_no_{change}\"";
                    await context.Database.ExecuteSqlRawAsync(drop);
                }
            Assert.Equal(1, await context.Database.ExecuteSqlRawAsync(sql));
        }

        Assert.Equal(fault, (await CheckAsync(store)).Fault);
    }

    [Fact]
    public async Task A_log_rewritten_as_a_whole_is_found_by_the_heads_that_were_signed_before()
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(StoreKind.Sqlite);
        await FillAsync(store);
        (AuditHeads heads, Func<string, ECDsa?> keyOf) = await SigningAsync(store);
        await heads.KeepAsync(CancellationToken.None);
        await heads.KeepAsync(CancellationToken.None);
        Assert.Equal(new AuditReport(Calls, 1, 0, null), await CheckAsync(store, keyOf));

        await using (MarketContext context = store.Context())
        {
            await context.Database.ExecuteSqlRawAsync("DROP TRIGGER \"AuditTreeHeads_no_update\"");
            await context.Database.ExecuteSqlRawAsync("UPDATE AuditTreeHeads SET RootHash = hex(zeroblob(32))");
        }
        Assert.Equal($"The signed head of {Calls} entries does not fit them.", (await CheckAsync(store, keyOf)).Fault);
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Every_entry_is_proven_against_every_later_root(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        await FillAsync(store);
        await using MarketContext context = store.Context();
        AuditEntry[] entries = await context.Set<AuditEntry>().AsNoTracking().OrderBy(e => e.Index).ToArrayAsync();
        ProofQuestion[] questions = [.. from size in Enumerable.Range(1, Calls) from index in Enumerable.Range(0, size) select new ProofQuestion(index, size)];

        var proofs = await context.ProofsAsync(questions, CancellationToken.None);

        foreach (ProofQuestion question in questions)
            Assert.Equal(
                await context.AuditRootAsync(question.TreeSize, CancellationToken.None),
                MerkleTree.RootBy(entries[question.Index].LeafHash, question.Index, question.TreeSize, proofs[question]));
    }

    private static readonly Caller Caller = new("seller", null, [], new HashSet<string> { "billing:write" });

    private static async Task FillAsync(StoreUnderTest store)
    {
        Organisation seller = await SellerAsync(store);
        for (int i = 0; i < Calls; i++) await CallAsync(store, seller, i);
    }

    private static async Task<Organisation> SellerAsync(StoreUnderTest store)
    {
        Organisation seller = Make.Organisation("Anbieter");
        await store.AddAsync(seller);
        return seller;
    }

    private static async Task CallAsync(StoreUnderTest store, Organisation seller, int number) =>
        Assert.Empty((await store.Runner.RunAsync(new Enrol(), new EnrolInput(seller.Id, "Kreis"), Caller, $"key-{number}", CancellationToken.None)).Refusals);

    private static async Task<AuditReport> CheckAsync(StoreUnderTest store, Func<string, ECDsa?>? keyOf = null)
    {
        await using MarketContext context = store.Context();
        return await AuditCheck.RunAsync(context, keyOf ?? (_ => null), CancellationToken.None);
    }

    private static async Task<(AuditHeads Heads, Func<string, ECDsa?> KeyOf)> SigningAsync(StoreUnderTest store)
    {
        string folder = Directory.CreateTempSubdirectory("efa-test-").FullName;
        try
        {
            var keys = new EvidenceKeys(new KeyRing(store.Contexts, store.Dialect, store.Clock));
            await keys.LoadAsync(MasterKey.ReadOrMake(Path.Combine(folder, "master.key")), CancellationToken.None);
            Dictionary<string, ECDsa> published = (await keys.PublicAsync(CancellationToken.None)).ToDictionary(k => k.Id, k => k.Key);
            return (new AuditHeads(store.Contexts, store.Dialect, keys, store.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<AuditHeads>.Instance), published.GetValueOrDefault);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

using System.Diagnostics;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Storage;

public sealed class MigrationTests
{
    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Migrating_twice_changes_nothing_more(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.EmptyAsync(kind);
        Assert.NotEmpty(await store.Migrator.PendingAsync(CancellationToken.None));

        await store.Migrator.MigrateAsync(CancellationToken.None);
        LogHead first = await HeadAsync(store);
        await store.Migrator.MigrateAsync(CancellationToken.None);

        Assert.Empty(await store.Migrator.PendingAsync(CancellationToken.None));
        LogHead second = await HeadAsync(store);
        Assert.Equal(0, second.Position);
        Assert.Equal(first.Epoch, second.Epoch);
        Assert.NotEqual(0, first.Epoch);
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Several_processes_may_migrate_at_once(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.EmptyAsync(kind);
        StoreUnderTest[] nodes = [.. Enumerable.Range(0, 4).Select(_ => store.Again())];

        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.Migrator.MigrateAsync(CancellationToken.None))));

        Assert.Empty(await store.Migrator.PendingAsync(CancellationToken.None));
        await HeadAsync(store);
    }

    // A process killed while migrating leaves its lock row behind; without care the next one waits for ever.
    [Fact]
    public async Task A_dead_migration_does_not_block_the_next_one()
    {
        await using StoreUnderTest store = await StoreUnderTest.EmptyAsync(StoreKind.Sqlite);
        await using (MarketContext context = store.Context())
        {
            await context.Database.ExecuteSqlRawAsync(
                """CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL)""");
            await context.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01')""");
        }
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        await store.Migrator.MigrateAsync(limit.Token);

        Assert.Empty(await store.Migrator.PendingAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_lock_file_that_a_killed_process_left_does_not_block_either()
    {
        await using StoreUnderTest store = await StoreUnderTest.EmptyAsync(StoreKind.Sqlite);
        string file = store.ConnectionString["Data Source=".Length..] + ".migrating";
        await File.WriteAllTextAsync(file, "");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        await store.Migrator.MigrateAsync(limit.Token);

        Assert.Empty(await store.Migrator.PendingAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_second_process_waits_for_the_first_and_gives_up_when_told()
    {
        await using StoreUnderTest store = await StoreUnderTest.EmptyAsync(StoreKind.Sqlite);
        string file = store.ConnectionString["Data Source=".Length..] + ".migrating";
        await using var held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Migrator.MigrateAsync(limit.Token));

        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30));
        Assert.NotEmpty(await store.Migrator.PendingAsync(CancellationToken.None));
    }

    private static async Task<LogHead> HeadAsync(StoreUnderTest store)
    {
        await using MarketContext context = store.Context();
        return await context.Set<LogHead>().AsNoTracking().SingleAsync();
    }
}

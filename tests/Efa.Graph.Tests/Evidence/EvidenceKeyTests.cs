using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Efa.Graph.Tests.Evidence;

public sealed class EvidenceKeyTests : IDisposable
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private readonly string folder = Directory.CreateTempSubdirectory("efa-test-").FullName;
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 2, 15, 9, 0, 0, TimeSpan.Zero));

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_new_key_signs_after_an_hour_and_what_the_old_one_signed_can_be_checked_for_ever(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind, clock);
        MasterKey master = MasterKey.ReadOrMake(Path.Combine(folder, "master.key"));
        EvidenceKeys keys = await KeysAsync(store, master), otherNode = await KeysAsync(store, master);
        SignedText first = keys.Sign(EvidenceKeys.ReceiptType, "1");

        clock.Advance(Year - TimeSpan.FromMinutes(1));
        await keys.RefreshAsync(Year, CancellationToken.None);
        Assert.Single(keys.All);
        clock.Advance(TimeSpan.FromMinutes(1));
        await keys.RefreshAsync(Year, CancellationToken.None);
        await otherNode.RefreshAsync(Year, CancellationToken.None);
        Assert.Equal(2, keys.All.Count);
        Assert.Equal(keys.All.Select(k => k.Id), otherNode.All.Select(k => k.Id));

        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(first.KeyId, keys.Sign(EvidenceKeys.ReceiptType, "2").KeyId);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(keys.All[1].Id, otherNode.Sign(EvidenceKeys.ReceiptType, "3").KeyId);

        clock.Advance(Year * 10);
        await keys.RefreshAsync(Year, CancellationToken.None);
        Assert.Equal("1", Jws.Verify(first.Jws, EvidenceKeys.ReceiptType, id => keys.All.Single(k => k.Id == id).Key));
        Assert.Equal(keys.All.Select(k => k.Id), (await keys.PublicAsync(CancellationToken.None)).Select(k => k.Id));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<EvidenceKeys> KeysAsync(StoreUnderTest store, MasterKey master)
    {
        var keys = new EvidenceKeys(new KeyRing(store.Contexts, store.Dialect, store.Clock));
        await keys.LoadAsync(master, CancellationToken.None);
        return keys;
    }
}

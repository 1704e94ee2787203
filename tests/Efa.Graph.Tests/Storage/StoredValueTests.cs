using System.Globalization;
using CsCheck;
using Efa.Graph.Tests.Architecture;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Time.Testing;

namespace Efa.Graph.Tests.Storage;

/// <summary>Values come back as they were, and each database compares, orders and adds them as C# does.</summary>
public sealed class StoredValueTests
{
    private static readonly decimal[] Sums = [0m, 0.01m, -0.01m, 9.99m, 10m, 10.00m, 100m, 2m, -2m, 1_800m, 240_000.01m, 9_999_999_999_999_999.99m, -9_999_999_999_999_999.99m];

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Sums_are_kept_exactly_ordered_compared_and_added(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        decimal[] sums = [.. Sums, .. Gen.Decimal[-1_000_000m, 1_000_000m].Select(d => decimal.Round(d, 2)).Array[200].Single(_ => true, "0000wdBK7IE8")];
        await AddLinesAsync(store, sums.Select(s => (Sum: s, Amount: 0m)));
        await using MarketContext context = store.Context();
        IQueryable<InvoiceLine> lines = context.Set<InvoiceLine>().AsNoTracking();

        Assert.Equal(sums.Order(), await lines.OrderBy(l => l.Net).Select(l => l.Net).ToListAsync());
        Assert.Equal(sums.OrderDescending(), await lines.OrderByDescending(l => l.Net).Select(l => l.Net).ToListAsync());
        Assert.Equal(sums.Sum(), await lines.SumAsync(l => l.Net));
        Assert.Equal((sums.Min(), sums.Max()), (await lines.MinAsync(l => l.Net), await lines.MaxAsync(l => l.Net)));
        foreach (decimal bound in Sums)
        {
            Assert.Equal(sums.Count(s => s > bound), await lines.CountAsync(l => l.Net > bound));
            Assert.Equal(sums.Count(s => s == bound), await lines.CountAsync(l => l.Net == bound));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Amounts_are_kept_to_six_places(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        decimal[] amounts = [0m, 0.000001m, 0.0333m, 1m / 8, 999_999_999_999.999999m, -0.000001m, 12.5m, 2m, 10m];
        await AddLinesAsync(store, amounts.Select(a => (Sum: 0m, Amount: a)));
        await using MarketContext context = store.Context();
        IQueryable<InvoiceLine> lines = context.Set<InvoiceLine>().AsNoTracking();

        Assert.Equal(amounts.Order(), await lines.OrderBy(l => l.UnitPrice).Select(l => l.UnitPrice).ToListAsync());
        Assert.Equal(amounts.Sum(), await lines.SumAsync(l => l.UnitPrice));
        Assert.Equal(amounts.Count(a => a > 10m), await lines.CountAsync(l => l.UnitPrice > 10m));
    }

    // Left to themselves one database rounds, one cuts and one keeps all: an amount with too many places must not depend on the database.
    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Amounts_with_too_many_places_are_rounded_half_away_from_zero(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        await AddLinesAsync(store, [(0.005m, 0.0000005m), (1.234m, 1.2345674m), (1.235m, 1.2345675m), (-1.235m, -1.2345675m), (-1.2349m, -1.23456749m)]);
        await using MarketContext context = store.Context();
        List<InvoiceLine> lines = await context.Set<InvoiceLine>().AsNoTracking().OrderBy(l => l.Position).ToListAsync();

        Assert.Equal([0.01m, 1.23m, 1.24m, -1.24m, -1.23m], lines.Select(l => l.Net));
        Assert.Equal([0.000001m, 1.234567m, 1.234568m, -1.234568m, -1.234567m], lines.Select(l => l.UnitPrice));
    }

    [Fact]
    public void SQL_Server_gets_its_amounts_rounded_because_its_driver_cuts()
    {
        using MarketContext context = Models.Context(StoreKind.SqlServer);
        IEntityType line = context.Model.FindEntityType(typeof(InvoiceLine))!;

        Assert.Equal(1.24m, line.FindProperty(nameof(InvoiceLine.Net))!.GetValueConverter()!.ConvertToProvider(1.235m));
        Assert.Equal(-1.234568m, line.FindProperty(nameof(InvoiceLine.UnitPrice))!.GetValueConverter()!.ConvertToProvider(-1.2345675m));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Instants_are_kept_to_the_millisecond_and_ordered(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        DateTimeOffset zero = new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero);
        DateTimeOffset[] instants = [zero, zero.AddMilliseconds(1), zero.AddMilliseconds(-1), zero.AddMilliseconds(999), zero.AddYears(-30), zero.AddYears(70), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMilliseconds(-1)];
        await store.AddAsync(instants.Select((at, i) => new LoggedEvent
        {
            Position = i + 1,
            At = at,
            Type = "x",
            SubjectKind = "x",
            ChangedFields = "",
            Actor = "x",
        }));
        await using MarketContext context = store.Context();
        IQueryable<LoggedEvent> events = context.Set<LoggedEvent>().AsNoTracking();

        List<DateTimeOffset> kept = await events.OrderBy(e => e.At).Select(e => e.At).ToListAsync();
        Assert.Equal(instants.Order(), kept);
        Assert.All(kept, at => Assert.Equal(TimeSpan.Zero, at.Offset));
        Assert.Equal(instants.Count(at => at > zero), await events.CountAsync(e => e.At > zero));
        Assert.Equal(instants.Max(), await events.MaxAsync(e => e.At));
    }

    [Fact]
    public void The_clock_gives_whole_milliseconds_in_UTC()
    {
        var clock = new MarketClock(new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 30, 0, TimeSpan.Zero).AddTicks(12_345_678)));

        Assert.Equal(new DateTimeOffset(2026, 11, 23, 9, 30, 1, 234, TimeSpan.Zero), clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, clock.GetUtcNow().Offset);
    }

    [Theory]
    [InlineData("2026-12-31T22:59:59.999Z", "2026-12-31")]
    [InlineData("2026-12-31T23:00:00Z", "2027-01-01")]
    [InlineData("2026-06-30T21:59:59Z", "2026-06-30")]
    [InlineData("2026-06-30T22:00:00Z", "2026-07-01")]
    public void Days_are_those_of_Berlin(string instant, string day)
    {
        DateTimeOffset at = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
        DateOnly expected = DateOnly.Parse(day, CultureInfo.InvariantCulture);

        Assert.Equal(expected, BerlinCalendar.DayOf(at));
        Assert.Equal(expected, BerlinCalendar.DayOf(BerlinCalendar.StartOf(expected)));
        Assert.Equal(expected.AddDays(-1), BerlinCalendar.DayOf(BerlinCalendar.StartOf(expected).AddMilliseconds(-1)));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Ids_are_ordered_and_found_as_in_CSharp(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        Guid[] ids = [.. Gen.Guid.Array[60].Single(_ => true, "0000wa31r1Q2"), .. Enumerable.Range(0, 40).Select(i => Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddMilliseconds(i * 255)))];
        await store.AddAsync(ids.Select(id => Make.Organisation("Ort", id)));
        await using MarketContext context = store.Context();
        IQueryable<Organisation> organisations = context.Set<Organisation>().AsNoTracking();

        Assert.Equal(ids.Order(), await organisations.OrderBy(o => o.Id).Select(o => o.Id).ToListAsync());
        foreach (Guid bound in ids.Take(10)) Assert.Equal(ids.Count(id => id.CompareTo(bound) > 0), await organisations.CountAsync(o => o.Id > bound));
        Guid[] some = [.. ids.Where((_, i) => i % 7 == 0), Guid.NewGuid()];
        Assert.Equal(some.SkipLast(1).Order(), await organisations.Where(o => some.Contains(o.Id)).OrderBy(o => o.Id).Select(o => o.Id).ToListAsync());
    }

    [Fact]
    public void Id_bytes_are_big_endian()
    {
        byte[] bytes = StoreConverters.Bytes(Guid.Parse("01890a5d-ac96-774b-bcce-b302099a8057"));

        Assert.Equal("01890A5DAC96774BBCCEB302099A8057", Convert.ToHexString(bytes));
        Assert.Equal("01890a5d-ac96-774b-bcce-b302099a8057", StoreConverters.Id(bytes).ToString());
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Texts_are_ordered_and_compared_by_their_characters(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        string[] texts = ["", "a", "A", "ä", "z", "Z", "aa", "a b", "a-b", "ß", "ss", "é", "É", "0", "10", "2", "京", "Ω", "~"];
        await store.AddAsync(texts.Select(text => Make.Organisation(text)));
        await using MarketContext context = store.Context();
        IQueryable<Organisation> organisations = context.Set<Organisation>().AsNoTracking();

        Assert.Equal(texts.OrderBy(t => t, StringComparer.Ordinal), await organisations.OrderBy(o => o.Name).Select(o => o.Name).ToListAsync());
        Assert.Equal(["A"], await organisations.Where(o => o.Name == "A").Select(o => o.Name).ToListAsync());
        Assert.Equal(["É"], await organisations.Where(o => o.Name == "É").Select(o => o.Name).ToListAsync());
    }

    private static async Task AddLinesAsync(StoreUnderTest store, IEnumerable<(decimal Sum, decimal Amount)> values)
    {
        await using MarketContext context = store.Context();
        await context.Database.OpenConnectionAsync();
        var row = new RawRow(context, context.Model.FindEntityType(typeof(InvoiceLine))!);
        foreach ((int i, (decimal sum, decimal amount)) in values.Index())
            await row.InsertAsync((nameof(InvoiceLine.Position), i + 1), (nameof(InvoiceLine.Net), sum), (nameof(InvoiceLine.UnitPrice), amount));
    }
}

using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Efa.Marketplace.Storage;

/// <summary>How values are kept where a database has no exact type of its own; order and sums stay those of C#.</summary>
public static class StoreConverters
{
    /// <summary>UUIDv7 as 16 big-endian bytes, so that byte order is time order.</summary>
    public sealed class GuidToBytes() : ValueConverter<Guid, byte[]>(id => Bytes(id), bytes => Id(bytes));

    /// <summary>Unix milliseconds, because SQLite cannot compare instants.</summary>
    public sealed class InstantToMilliseconds() : ValueConverter<DateTimeOffset, long>(at => Milliseconds(at), ms => Instant(ms));

    /// <summary>Sums as whole cents, because SQLite compares and adds decimals only through callbacks.</summary>
    public sealed class SumToCents() : ValueConverter<decimal, long>(sum => Cents(sum), cents => FromCents(cents));

    /// <summary>Unit prices and quantities as millionths.</summary>
    public sealed class AmountToMillionths() : ValueConverter<decimal, long>(amount => Millionths(amount), millionths => FromMillionths(millionths));

    /// <summary>To the places of the column, because the driver of SQL Server would cut the others off.</summary>
    public sealed class RoundedTo(int places) : ValueConverter<decimal, decimal>(amount => Rounded(amount, places), amount => amount);

    public static decimal Rounded(decimal amount, int places) => decimal.Round(amount, places, MidpointRounding.AwayFromZero);

    public static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    public static Guid Id(byte[] bytes) => new(bytes, bigEndian: true);

    public static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    public static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>Rounds half away from zero like PostgreSQL; a cast would cut.</summary>
    public static long Cents(decimal sum) => checked((long)Rounded(sum * 100m, 0));

    public static decimal FromCents(long cents) => cents / 100m;

    public static long Millionths(decimal amount) => checked((long)Rounded(amount * 1_000_000m, 0));

    public static decimal FromMillionths(long millionths) => millionths / 1_000_000m;
}

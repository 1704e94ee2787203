using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Events;

/// <summary>Why the log cannot be read on from a cursor.</summary>
public enum LogCursorProblem
{
    /// <summary>It belongs to another log, or to the store before it was restored.</summary>
    OtherLog,

    /// <summary>It lies beyond the head.</summary>
    Ahead,

    /// <summary>The log does not reach back to it.</summary>
    Expired,
}

/// <summary>The part of the log that can be read: from the first position that is kept to the head.</summary>
/// <param name="Epoch">Of this life of the store.</param>
public sealed record LogRange(int Epoch, long First, long Head)
{
    public static async Task<LogRange> ReadAsync(MarketContext context, CancellationToken cancellationToken)
    {
        var log = await context.Set<LogHead>()
            .Select(h => new { h.Epoch, Head = h.Position, First = context.Set<LoggedEvent>().Min(e => (long?)e.Position) })
            .SingleAsync(cancellationToken);
        return new LogRange(log.Epoch, log.First ?? log.Head + 1, log.Head);
    }

    /// <summary>A position as clients hold it.</summary>
    public LogCursor Cursor(string log, long position) => new(log, Epoch, position);

    /// <summary>What stands against reading on from a cursor, if anything.</summary>
    public LogCursorProblem? Against(LogCursor cursor, string log) =>
        cursor.Log != log || cursor.Epoch != Epoch ? LogCursorProblem.OtherLog
        : cursor.Position > Head ? LogCursorProblem.Ahead
        : cursor.Position < First - 1 ? LogCursorProblem.Expired
        : null;
}

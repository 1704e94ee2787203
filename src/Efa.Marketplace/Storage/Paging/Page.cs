using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Storage.Paging;

/// <summary>Which part of a list is wanted: so many rows from a cursor on, forward or backward.</summary>
public sealed record PageRequest(int Size, PageCursor? From = null, bool Backward = false)
{
    public const int DefaultSize = 20;
    public const int LargestSize = 100;
}

/// <summary>A part of a list in the list's order, with a cursor for each row.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, IReadOnlyList<string> Cursors, bool HasNext, bool HasPrevious)
{
    public static readonly Page<T> Empty = new([], [], false, false);

    public Page<TOther> Select<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], Cursors, HasNext, HasPrevious);

    /// <summary>A page made of rows that were read one more than wanted.</summary>
    public static Page<T> Of(IReadOnlyList<T> rowsAndOneMore, PageRequest request, Func<T, string> cursor)
    {
        bool more = rowsAndOneMore.Count > request.Size;
        IEnumerable<T> rows = rowsAndOneMore.Take(request.Size);
        T[] items = [.. request.Backward ? rows.Reverse() : rows];
        bool given = request.From is not null;
        return new Page<T>(items, [.. items.Select(cursor)], request.Backward ? given : more, request.Backward ? more : given);
    }
}

/// <summary>Reads pages by keyset: one SQL command, whatever the depth.</summary>
public static class Paging
{
    public static async Task<Page<T>> PageAsync<T>(this IQueryable<T> query, PageOrder<T> order, PageRequest request, CancellationToken cancellationToken)
    {
        List<T> rows = await query.PageBy(order, request).ToListAsync(cancellationToken);
        return Page<T>.Of(rows, request, row => order.CursorOf(row).ToString());
    }

    /// <summary>The same part of the lists of many parents with one SQL command; rows are one more than wanted, for <see cref="Page{T}.Of"/>.</summary>
    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<T>>> PagesAsync<T>(
        this IQueryable<T> rows, Expression<Func<T, Guid>> parent, PageOrder<T> order, PageRequest request, CancellationToken cancellationToken) =>
        await rows.From(order, request).GroupBy(parent).Select(order.First(request.Size + 1, request.Backward))
            .ToDictionaryAsync(g => g.ParentId, IReadOnlyList<T> (g) => g.Rows, cancellationToken);

    /// <summary>The rows of a page and one more, which tells whether there is another page.</summary>
    public static IQueryable<T> PageBy<T>(this IQueryable<T> query, PageOrder<T> order, PageRequest request) =>
        order.Sort(query.From(order, request), request.Backward).Take(request.Size + 1);

    private static IQueryable<T> From<T>(this IQueryable<T> query, PageOrder<T> order, PageRequest request)
    {
        if (request.From is not { } cursor) return query;
        if (cursor.Order != order.Name) throw new InvalidCursorException($"a cursor of {order.Name}");
        return order.After(query, cursor, request.Backward);
    }
}

/// <summary>Rows of one parent.</summary>
internal sealed class PageGroup<T>
{
    public Guid ParentId { get; init; }

    public List<T> Rows { get; init; } = [];
}

using System.Globalization;
using Efa.Graph.Engine.Errors;
using Efa.Marketplace.Storage.Paging;

namespace Efa.Graph.Engine.Types;

/// <summary>Pages of lists that are numbered or held whole, and so need no keyset of the store.</summary>
internal static class ListPages
{
    /// <summary>A page of rows that were read from after a cursor on, one more than wanted.</summary>
    /// <param name="number">The number of a row among those with its id.</param>
    public static Page<T> Numbered<T>(IReadOnlyList<T> rowsAndOneMore, PageRequest request, string order, Func<T, int> number, Func<T, Guid> id) =>
        Page<T>.Of(rowsAndOneMore, request, row => new PageCursor(order, number(row).ToString(CultureInfo.InvariantCulture), id(row)).ToString());

    /// <summary>The number that a cursor stands at; 0 at the beginning.</summary>
    public static int NumberOf(PageCursor? cursor) =>
        cursor is null ? 0
        : int.TryParse(cursor.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw new RequestError(RequestErrors.InvalidCursor, expected: "a cursor that this list gave out");

    /// <summary>A page of ids that are all known.</summary>
    public static Page<Guid> OfIds(IEnumerable<Guid> ids, PageRequest request, string order)
    {
        IEnumerable<Guid> rest = ids.Order();
        if (request.From is { } cursor) rest = rest.Where(id => id.CompareTo(cursor.Id) > 0);
        return Page<Guid>.Of([.. rest.Take(request.Size + 1)], request, id => new PageCursor(order, "", id).ToString());
    }
}

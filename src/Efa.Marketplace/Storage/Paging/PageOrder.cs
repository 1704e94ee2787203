using System.Globalization;
using System.Linq.Expressions;

namespace Efa.Marketplace.Storage.Paging;

/// <summary>A sort with a unique last key, by which a list is paged without offsets. The sort key is never null.</summary>
public abstract class PageOrder<T>(string name)
{
    /// <summary>Goes into the cursor, so that a cursor of another list or sort is refused.</summary>
    public string Name { get; } = name;

    internal abstract IQueryable<T> Sort(IQueryable<T> query, bool backward);

    internal abstract IQueryable<T> After(IQueryable<T> query, PageCursor cursor, bool backward);

    /// <summary>A group with the first rows of this order in it.</summary>
    internal abstract Expression<Func<IGrouping<Guid, T>, PageGroup<T>>> First(int count, bool backward);

    public abstract PageCursor CursorOf(T row);

    public static PageOrder<T> Ascending<TKey>(string name, Expression<Func<T, TKey>> key, Expression<Func<T, Guid>> id) =>
        new KeyedOrder<TKey>(name, key, id, descending: false);

    public static PageOrder<T> Descending<TKey>(string name, Expression<Func<T, TKey>> key, Expression<Func<T, Guid>> id) =>
        new KeyedOrder<TKey>(name, key, id, descending: true);

    private sealed class KeyedOrder<TKey>(string name, Expression<Func<T, TKey>> key, Expression<Func<T, Guid>> id, bool descending) : PageOrder<T>(name)
    {
        private readonly Func<T, TKey> keyOf = key.Compile();
        private readonly Func<T, Guid> idOf = id.Compile();

        internal override IQueryable<T> Sort(IQueryable<T> query, bool backward) =>
            descending != backward ? query.OrderByDescending(key).ThenByDescending(id) : query.OrderBy(key).ThenBy(id);

        // k >= @k AND (k > @k OR id > @id): one range of the index, and the same on all databases.
        internal override IQueryable<T> After(IQueryable<T> query, PageCursor cursor, bool backward)
        {
            bool down = descending != backward;
            ParameterExpression row = key.Parameters[0];
            Expression rowId = new Replace(id.Parameters[0], row).Visit(id.Body);
            Expression at = Value(Parse(cursor.Key));
            Expression past = Compare(key.Body, at, down, orEqual: false);
            Expression idPast = Compare(rowId, Value(cursor.Id), down, orEqual: false);
            Expression condition = Expression.AndAlso(Compare(key.Body, at, down, orEqual: true), Expression.OrElse(past, idPast));
            return query.Where(Expression.Lambda<Func<T, bool>>(condition, row));
        }

        // Inside the group, so that the database numbers the rows of these parents only and not those of the whole table.
        internal override Expression<Func<IGrouping<Guid, T>, PageGroup<T>>> First(int count, bool backward)
        {
            bool down = descending != backward;
            ParameterExpression group = Expression.Parameter(typeof(IGrouping<Guid, T>), "group");
            Expression rows = Expression.Call(typeof(Queryable), nameof(Queryable.AsQueryable), [typeof(T)], group);
            rows = Expression.Call(typeof(Queryable), down ? nameof(Queryable.OrderByDescending) : nameof(Queryable.OrderBy), [typeof(T), typeof(TKey)], rows, Expression.Quote(key));
            rows = Expression.Call(typeof(Queryable), down ? nameof(Queryable.ThenByDescending) : nameof(Queryable.ThenBy), [typeof(T), typeof(Guid)], rows, Expression.Quote(id));
            rows = Expression.Call(typeof(Queryable), nameof(Queryable.Take), [typeof(T)], rows, Value(count));
            rows = Expression.Call(typeof(Enumerable), nameof(Enumerable.ToList), [typeof(T)], rows);
            return Expression.Lambda<Func<IGrouping<Guid, T>, PageGroup<T>>>(
                Expression.MemberInit(
                    Expression.New(typeof(PageGroup<T>)),
                    Expression.Bind(typeof(PageGroup<T>).GetProperty(nameof(PageGroup<T>.ParentId))!, Expression.Property(group, nameof(IGrouping<,>.Key))),
                    Expression.Bind(typeof(PageGroup<T>).GetProperty(nameof(PageGroup<T>.Rows))!, rows)),
                group);
        }

        public override PageCursor CursorOf(T row) => new(Name, Format(keyOf(row)), idOf(row));

        private static Expression Compare(Expression left, Expression right, bool down, bool orEqual)
        {
            if (left.Type == typeof(string))
            {
                left = Expression.Call(typeof(string), nameof(string.Compare), null, left, right);
                right = Expression.Constant(0);
            }
            return (down, orEqual) switch
            {
                (false, false) => Expression.GreaterThan(left, right),
                (false, true) => Expression.GreaterThanOrEqual(left, right),
                (true, false) => Expression.LessThan(left, right),
                (true, true) => Expression.LessThanOrEqual(left, right),
            };
        }

        // A member of an object and not a constant, so that the SQL text stays the same for all cursors.
        private static MemberExpression Value<TValue>(TValue value) => Expression.Property(Expression.Constant(new Held<TValue>(value)), nameof(Held<>.Value));

        private static string Format(TKey value) => value switch
        {
            string text => text,
            DateTimeOffset at => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
            long number => number.ToString(CultureInfo.InvariantCulture),
            int number => number.ToString(CultureInfo.InvariantCulture),
            _ => throw new NotSupportedException($"No cursor over {typeof(TKey).Name}."),
        };

        private TKey Parse(string text)
        {
            try
            {
                object value = typeof(TKey) == typeof(string) ? text
                    : typeof(TKey) == typeof(DateTimeOffset) ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture))
                    : typeof(TKey) == typeof(DateOnly) ? DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture)
                    : Convert.ChangeType(text, typeof(TKey), CultureInfo.InvariantCulture);
                return (TKey)value;
            }
            catch (Exception failure) when (failure is FormatException or OverflowException or ArgumentOutOfRangeException)
            {
                throw new InvalidCursorException($"a cursor of {Name}");
            }
        }
    }

    private sealed record Held<TValue>(TValue Value);

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}

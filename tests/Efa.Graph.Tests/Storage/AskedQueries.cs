using System.Collections;
using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Linq.Expressions;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Sqlite;
using Efa.Marketplace.Storage.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Storage;

/// <summary>Takes down each query that an application asks its SQLite store, before it becomes SQL.</summary>
internal sealed class AskedQueries : IQueryExpressionInterceptor
{
    private readonly ConcurrentQueue<Expression> asked = [];

    public IReadOnlyList<Expression> All => [.. asked];

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        asked.Enqueue(queryExpression);
        return queryExpression;
    }

    /// <summary>With a cache of its own, so that no query was compiled for others before.</summary>
    public void AddTo(IServiceCollection services) =>
        services.ConfigureDbContext<SqliteMarketContext>(options => options.AddInterceptors(this).UseMemoryCache(new MemoryCache(new MemoryCacheOptions())));
}

/// <summary>Has queries made into the SQL that SQL Server would get, without a server: nothing is sent, and nothing is found.</summary>
internal sealed class SqlServerText : DbCommandInterceptor, IDbConnectionInterceptor
{
    private readonly List<string> sent = [];

    /// <summary>The statements of a query; none where it is raw SQL, which each provider words for itself.</summary>
    public IReadOnlyList<string> Of(Expression query)
    {
        sent.Clear();
        using var context = new SqlServerMarketContext(new DbContextOptionsBuilder<SqlServerMarketContext>().UseSqlServer("Server=127.0.0.1").AddInterceptors(this).Options);
        var moved = new Moved(context);
        Expression here = moved.Visit(query);
        if (moved.IsRaw) return [];
        try
        {
            Run(context.GetService<IAsyncQueryProvider>(), here);
        }
        // What must find a row finds none.
        catch (InvalidOperationException) when (sent.Count > 0)
        {
        }
        return [.. sent];
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        sent.Add(command.CommandText);
        return InterceptionResult<DbDataReader>.SuppressWithResult(new DataTable().CreateDataReader());
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        sent.Add(command.CommandText);
        return InterceptionResult<int>.SuppressWithResult(0);
    }

    public InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

    private static void Run(IAsyncQueryProvider provider, Expression query)
    {
        Type? row = query.Type.IsGenericType && typeof(IQueryable).IsAssignableFrom(query.Type) ? query.Type.GetGenericArguments()[0] : null;
        Type answer = row is null ? query.Type : typeof(IEnumerable<>).MakeGenericType(row);
        object? found = typeof(IQueryProvider).GetMethods().Single(m => m is { Name: nameof(IQueryProvider.Execute), IsGenericMethod: true }).MakeGenericMethod(answer)
            .Invoke(provider, System.Reflection.BindingFlags.DoNotWrapExceptions, null, [query], null);
        if (row is not null) foreach (object? _ in (IEnumerable)found!) break;
    }

    /// <summary>The same query on the tables of another model, with a value for each of its parameters.</summary>
    private sealed class Moved(MarketContext context) : ExpressionVisitor
    {
        public bool IsRaw { get; private set; }

        protected override Expression VisitExtension(Expression node)
        {
            switch (node)
            {
                case EntityQueryRootExpression root when root.GetType() == typeof(EntityQueryRootExpression):
                    return new EntityQueryRootExpression(context.GetService<IAsyncQueryProvider>(), context.Model.FindEntityType(root.EntityType.Name)!);
                case QueryRootExpression:
                    IsRaw = true;
                    return node;
                case QueryParameterExpression parameter:
                    object? value = Value(parameter.Type);
                    Type held = typeof(Held<>).MakeGenericType(value is null || parameter.Type.IsInstanceOfType(value) ? parameter.Type : value.GetType());
                    return Expression.Property(Expression.Constant(Activator.CreateInstance(held, value)), nameof(Held<int>.Value));
                default:
                    return base.VisitExtension(node);
            }
        }

        private static object? Value(Type type)
        {
            Type plain = Nullable.GetUnderlyingType(type) ?? type;
            if (plain == typeof(string)) return "a";
            if (plain == typeof(DateOnly)) return new DateOnly(2026, 2, 15);
            if (plain == typeof(DateTimeOffset)) return DateTimeOffset.UnixEpoch;
            if (plain == typeof(bool)) return true;
            if (plain.IsValueType) return Activator.CreateInstance(plain);
            Type? item = plain.IsArray ? plain.GetElementType() : plain.GetInterfaces().Append(plain).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
            if (item is null) return null;
            var values = Array.CreateInstance(item, 2);
            for (int i = 0; i < values.Length; i++) values.SetValue(Value(item), i);
            // Other collections are asked only for what they contain, which an array answers as well.
            return plain.IsInstanceOfType(values) || plain.GetConstructor([values.GetType()]) is not { } make ? values : make.Invoke([values]);
        }

        private sealed record Held<T>(T Value);
    }
}

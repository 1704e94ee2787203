using System.Data.Common;
using Efa.Marketplace.Storage.PostgreSql;
using Efa.Marketplace.Storage.Sqlite;
using Efa.Marketplace.Storage.SqlServer;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Hosting;

/// <summary>Counts the SQL commands of one flow of execution; those of jobs and of other tests do not count.</summary>
internal sealed class CommandCounter : DbCommandInterceptor
{
    private readonly AsyncLocal<Counting?> current = new();

    public void AddTo(IServiceCollection services)
    {
        services.ConfigureDbContext<SqliteMarketContext>(options => options.AddInterceptors(this));
        services.ConfigureDbContext<PostgreSqlMarketContext>(options => options.AddInterceptors(this));
        services.ConfigureDbContext<SqlServerMarketContext>(options => options.AddInterceptors(this));
    }

    public Counting Start() => current.Value = new Counting(this);

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        current.Value?.Add();
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        current.Value?.Add();
        return ValueTask.FromResult(result);
    }

    internal sealed class Counting(CommandCounter counter) : IDisposable
    {
        private int commands;

        public int Commands => commands;

        public void Add() => Interlocked.Increment(ref commands);

        public void Dispose() => counter.current.Value = null;
    }
}

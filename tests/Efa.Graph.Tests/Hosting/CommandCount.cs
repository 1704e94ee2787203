using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Efa.Graph.Tests.Hosting;

/// <summary>Counts the SQL commands of one flow of calls; what others do meanwhile does not count.</summary>
public sealed class CommandCount : DbCommandInterceptor
{
    private readonly AsyncLocal<Counter?> here = new();

    public int Here => here.Value?.Value ?? 0;

    public void Begin() => here.Value = new Counter();

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Count();
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Count();
        return new(result);
    }

    private void Count()
    {
        if (here.Value is { } counter) Interlocked.Increment(ref counter.Value);
    }

    private sealed class Counter
    {
        public int Value;
    }
}

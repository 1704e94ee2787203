using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Efa.Graph.Tests.Storage;

/// <summary>Counts the SQL commands of the flow that asks, and of no other test or job.</summary>
public sealed class SqlCommandCount : DbCommandInterceptor
{
    private readonly AsyncLocal<Counted?> current = new();

    /// <summary>The commands that some work sends through EF Core.</summary>
    public async Task<int> OfAsync(Func<Task> work)
    {
        var counted = new Counted();
        current.Value = counted;
        await work();
        current.Value = null;
        return counted.Commands;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (current.Value is { } counted) Interlocked.Increment(ref counted.Commands);
        return new(result);
    }

    private sealed class Counted
    {
        public int Commands;
    }
}

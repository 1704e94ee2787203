using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Efa.Marketplace.Storage;

/// <summary>A trace of each SQL command with its text, and without the values that go with it.</summary>
public sealed class SqlTraces : DbCommandInterceptor
{
    /// <summary>Name of the source of traces.</summary>
    public const string Name = "Efa.Marketplace.Storage";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>For a command that is run by hand; ended by disposing.</summary>
    internal static Activity? Begin(DbCommand command) => Source.HasListeners() ? Begin(command, default) : null;

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        Trace(command, eventData);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Trace(command, eventData);
        return new(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Trace(command, eventData);
        return new(result);
    }

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Trace(command, eventData);
        return new(result);
    }

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Trace(command, eventData, eventData.Exception);
        return Task.CompletedTask;
    }

    private static void Trace(DbCommand command, CommandEndEventData data, Exception? failure = null)
    {
        if (!Source.HasListeners()) return;
        using Activity? trace = Begin(command, data.StartTime);
        if (failure is not null) trace?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", failure.GetType().Name);
        trace?.SetEndTime(data.StartTime.UtcDateTime + data.Duration);
    }

    private static Activity? Begin(DbCommand command, DateTimeOffset startTime) =>
        Source.StartActivity("sql", ActivityKind.Client, parentContext: default, startTime: startTime)?.SetTag("db.query.text", command.CommandText);
}

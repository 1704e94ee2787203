using System.Collections.Concurrent;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Efa.Graph.Tests.Catalog.Search;

public sealed class SearchLogTests
{
    [SkippableTheory]
    [InlineData(StoreKind.Sqlite, "A search of offers forgives no typing errors: Sqlite cannot.")]
    [InlineData(StoreKind.PostgreSql, "A search of offers forgives typing errors in title and service (pg_trgm).")]
    [InlineData(StoreKind.SqlServer, "A search of offers forgives no typing errors: SqlServer cannot.")]
    public async Task The_start_log_says_what_a_search_can_do(StoreKind kind, string line)
    {
        var log = new Kept();
        var options = new MarketHostOptions { Store = kind, Demo = false, Services = services => services.AddSingleton<ILoggerProvider>(log) };
        await using MarketHost host = await MarketHost.StartAsync(options);

        Assert.Equal(line, Assert.Single(log.Lines, l => l.StartsWith("A search", StringComparison.Ordinal)));
    }

    private sealed class Kept : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}

using System.Globalization;
using Efa.Marketplace.Storage.PostgreSql;
using Efa.Marketplace.Storage.Sqlite;
using Efa.Marketplace.Storage.SqlServer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Hosting;

/// <summary>Tells in each response by how many SQL commands it was made.</summary>
internal sealed class CommandCountHeader : IStartupFilter
{
    public const string Name = "X-Sql-Commands";

    /// <summary>Commands are counted on pages that hold more than one request may ask for.</summary>
    public static readonly IReadOnlyDictionary<string, string> LargePages = new Dictionary<string, string> { ["Limits:Cost"] = "1000000" };

    private readonly CommandCount count = new();

    /// <summary>For <see cref="MarketHostOptions.Services"/>.</summary>
    public static void AddTo(IServiceCollection services)
    {
        var header = new CommandCountHeader();
        services.AddSingleton<IStartupFilter>(header);
        services.ConfigureDbContext<SqliteMarketContext>(options => options.AddInterceptors(header.count));
        services.ConfigureDbContext<PostgreSqlMarketContext>(options => options.AddInterceptors(header.count));
        services.ConfigureDbContext<SqlServerMarketContext>(options => options.AddInterceptors(header.count));
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, following) =>
        {
            count.Begin();
            context.Response.OnStarting(() =>
            {
                context.Response.Headers[Name] = count.Here.ToString(CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            });
            await following(context);
        });
        next(app);
    };
}

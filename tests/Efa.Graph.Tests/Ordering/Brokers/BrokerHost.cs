using Efa.Samples.Broker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Efa.Graph.Tests.Ordering.Brokers;

/// <summary>The sample broker on a port of its own.</summary>
internal sealed class BrokerHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private BrokerHost(WebApplication app, Instances instances) => (this.app, Instances) = (app, instances);

    public Instances Instances { get; }

    public string Url => app.Urls.Single();

    /// <param name="answersAfter">How long it keeps an answer back that it has decided on.</param>
    /// <param name="sees">Is shown each request before it is answered.</param>
    public static async Task<BrokerHost> StartAsync(Func<TimeSpan>? answersAfter = null, Action<HttpRequest>? sees = null)
    {
        var instances = new Instances();
        WebApplication app = BrokerApp.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=None"], instances);
        app.Use(async (http, next) =>
        {
            sees?.Invoke(http.Request);
            await next(http);
            if (answersAfter is not null) await Task.Delay(answersAfter());
        });
        await app.StartAsync();
        return new BrokerHost(app, instances);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

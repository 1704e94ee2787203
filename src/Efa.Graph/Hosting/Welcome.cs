using Efa.Marketplace.Access;

namespace Efa.Graph.Hosting;

/// <summary>The few lines that are read at start: where it listens; in Development also who can call and what to try.</summary>
internal static class Welcome
{
    private static readonly string[] DemoClients = ["demo-portal", "demo-supplier", "demo-seller", "demo-operator", "demo-stranger", "demo-municipality"];

    public static void Print(WebApplication app, TextWriter to)
    {
        string address = app.Urls.First();
        to.WriteLine($"Efa.Graph listens on {address} ({app.Environment.EnvironmentName}); GraphQL at {address}/graphql.");
        if (!app.Environment.IsDevelopment()) return;

        CallerTable table = app.Services.GetRequiredService<CallerTable>();
        string[] clients = [.. DemoClients.Where(c => table.Find(c) is not null)];
        if (clients.Length == 0) return;
        to.WriteLine($"Demo clients, secret {DemoOptions.ClientSecret}: {string.Join(", ", clients)}.");
        to.WriteLine("Try:");
        to.WriteLine($$"""  curl {{address}}/graphql -H 'content-type: application/json' -d '{"query":"{ offers(first: 3) { totalCount nodes { title } } }"}'""");
        to.WriteLine($"  curl {address}/connect/token -d grant_type=client_credentials -d client_id={clients[^1]} -d client_secret={DemoOptions.ClientSecret}");
    }
}

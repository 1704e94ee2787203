namespace Efa.Graph.Hosting;

/// <summary>The few lines that a developer reads at start: where it listens, who can call, what to try.</summary>
internal static class Welcome
{
    public static void Print(WebApplication app, TextWriter to)
    {
        string address = app.Urls.First();
        to.WriteLine($"Efa.Graph listens on {address}/graphql ({app.Environment.EnvironmentName}).");
    }
}

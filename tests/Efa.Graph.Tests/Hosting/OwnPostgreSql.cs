using System.Diagnostics;
using System.Globalization;
using Efa.Graph.Tests.Contract;

namespace Efa.Graph.Tests.Hosting;

/// <summary>A PostgreSQL server of a test's own, which it stops and starts; made by <c>.ci/postgres</c>.</summary>
internal sealed class OwnPostgreSql : IAsyncDisposable
{
    // Made by the script, and not below TMPDIR: the user that the database runs as may not be let in there.
    private readonly string folder = $"/tmp/efa-postgres-{Guid.NewGuid():N}";
    private readonly string port = Executable.FreeAddress().Port.ToString(CultureInfo.InvariantCulture);

    public string ConnectionString => $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";

    /// <summary>Skips the test where PostgreSQL is not installed.</summary>
    public static async Task<OwnPostgreSql> StartAsync()
    {
        Skip.IfNot(Directory.Exists("/usr/lib/postgresql/15/bin"), "PostgreSQL 15 is not installed.");
        var server = new OwnPostgreSql();
        await server.RunAsync("postgres_start");
        return server;
    }

    public Task StopAsync() => RunAsync("postgres_halt");

    public Task StartAgainAsync() => RunAsync("postgres_run");

    public async ValueTask DisposeAsync() => await RunAsync("postgres_stop");

    private async Task RunAsync(string function)
    {
        // Its output goes nowhere: the server would keep a pipe open.
        var start = new ProcessStartInfo("bash", ["-c", ". .ci/postgres && \"$0\" \"$1\" \"$2\" >/dev/null 2>&1", function, folder, port]) { WorkingDirectory = Repository.Root };
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(process.ExitCode == 0, $"{function} ended with {process.ExitCode}.");
    }
}

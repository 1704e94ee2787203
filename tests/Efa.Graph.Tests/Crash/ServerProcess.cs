using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Efa.Graph.Tests.Contract;

namespace Efa.Graph.Tests.Crash;

/// <summary>The built server as a process of its own on an SQLite store in a folder, to be killed without warning.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private ServerProcess(Process process, Uri address)
    {
        (this.process, Address) = (process, address);
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public static string StoreFile(string folder) => Path.Combine(folder, "market.db");

    public static ServerProcess Start(string folder)
    {
        // The same build as the tests: bin/Debug/net10.0 or bin/Release/net10.0.
        string build = Path.GetRelativePath(Repository.PathOf("tests/Efa.Graph.Tests"), AppContext.BaseDirectory);
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Repository.PathOf("src/Efa.Graph"), build, "Efa.Graph.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = address.ToString(),
                ["Store__ConnectionString"] = $"Data Source={StoreFile(folder)}",
                ["Keys__MasterKeyFile"] = Path.Combine(folder, "master.key"),
            },
        };
        var server = new ServerProcess(Process.Start(start)!, address);
        server.process.OutputDataReceived += (_, line) => server.Keep(line.Data);
        server.process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Waits until the server says that it is ready.</summary>
    public async Task ReadyAsync(TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < limit)
        {
            Assert.False(process.HasExited, $"The server has ended:\n{Output}");
            try
            {
                using HttpResponseMessage answer = await Client.GetAsync("/health/ready");
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
            }
            await Task.Delay(50);
        }
        Assert.Fail($"The server is not ready after {limit}:\n{Output}");
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit(TimeSpan.FromSeconds(30));
    }

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
        Client.Dispose();
    }

    private string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    private void Keep(string? line)
    {
        lock (output) output.AppendLine(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

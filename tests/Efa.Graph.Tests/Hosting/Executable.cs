using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Efa.Graph.Tests.Hosting;

/// <summary>The executable as a process of its own.</summary>
internal sealed class Executable : IAsyncDisposable
{
    // A published one where it is named, as .ci/run does; otherwise the one that the tests were built with.
    private static readonly string Assembly =
        Environment.GetEnvironmentVariable("EFA_GRAPH_EXECUTABLE") is { Length: > 0 } published ? published : typeof(Program).Assembly.Location;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private Executable(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, params string[] args)
    {
        await using Executable run = Start(folder, args);
        using var time = new CancellationTokenSource(Longest);
        await run.process.WaitForExitAsync(time.Token);
        return (run.process.ExitCode, await run.output, await run.errors);
    }

    /// <param name="folder">Where it runs, and so its content root.</param>
    public static Executable Start(string folder, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. args])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string variable in new[] { "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPNETCORE_URLS" }) start.Environment.Remove(variable);
        return new Executable(Process.Start(start)!);
    }

    /// <summary>Waits until the server answers as ready.</summary>
    public async Task ReadyAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            Assert.False(process.HasExited, process.HasExited ? await errors : "");
            Assert.True(Stopwatch.GetElapsedTime(start) < Longest, "The server did not become ready.");
            try
            {
                using HttpResponseMessage ready = await client.GetAsync("/health/ready");
                if (ready.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
            }
            await Task.Delay(100);
        }
    }

    /// <summary>Resident memory in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>What it has said to the log, once it has ended.</summary>
    public Task<string> LogAsync() => errors;

    /// <summary>Asks it to stop as a service manager does, and gives what it said.</summary>
    public async Task<(int ExitCode, string Output)> StopAsync()
    {
        // The shell's own command: not every image has one of that name besides.
        using (Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {process.Id}")])) await process.WaitForExitAsync().WaitAsync(Longest);
        return (process.ExitCode, await output);
    }

    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}

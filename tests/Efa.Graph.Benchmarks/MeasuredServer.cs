using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Efa.Graph.Benchmarks;

/// <summary>The server as a process of its own, so that its memory is its own; on loopback, with a store in a folder that goes with it.</summary>
internal sealed class MeasuredServer : IAsyncDisposable
{
    /// <summary>Of each client.</summary>
    public const string ClientSecret = "demo-secret";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly string folder = Directory.CreateTempSubdirectory("efa-bench-").FullName;
    private readonly Uri address = FreeAddress();
    private readonly List<string> settings;
    private Process? process;

    /// <param name="settings">Besides address and store: <c>--Section:Setting=value</c>.</param>
    public MeasuredServer(params IEnumerable<string> settings)
    {
        this.settings =
        [
            "--environment", "Development", "--urls", address.ToString(),
            $"--Store:ConnectionString=Data Source={Path.Combine(folder, "market.db")}", $"--Keys:MasterKeyFile={Path.Combine(folder, "master.key")}",
            .. settings,
        ];
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
    }

    /// <summary>Whether the server stands back behind this process, which then sends on time also where both want all of the machine.</summary>
    public bool StandsBack { get; init; }

    public HttpClient Client { get; }

    /// <summary>The file of a server without another store.</summary>
    public string StoreFile => Path.Combine(folder, "market.db");

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(StandsBack ? "nice" : "dotnet", StandsBack ? ["-n", "10", "dotnet", ServerAssembly, .. settings] : [ServerAssembly, .. settings])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException("The server did not start.");
            if (Stopwatch.GetElapsedTime(began) > Longest) throw new TimeoutException("The server did not become ready.");
            try
            {
                using HttpResponseMessage ready = await Client.GetAsync("/health/ready");
                if (ready.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
            }
            await Task.Delay(10);
        }
    }

    /// <summary>Resident set in MiB, now and at its highest.</summary>
    public (double Now, double Peak) Memory()
    {
        string[] lines = File.ReadAllLines($"/proc/{process!.Id}/status");
        return (Mebibytes("VmRSS:"), Mebibytes("VmHWM:"));

        double Mebibytes(string name) =>
            double.Parse(lines.Single(l => l.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Seconds that the processor has worked for the server; on a busy machine they say more than the time that passed.</summary>
    public double ProcessorSeconds
    {
        get
        {
            process!.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>A token of a client.</summary>
    public async Task<AuthenticationHeaderValue> TokenAsync(string clientId)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["client_secret"] = ClientSecret };
        using HttpResponseMessage response = await Client.PostAsync("/connect/token", new FormUrlEncodedContent(form));
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return new AuthenticationHeaderValue("Bearer", answer.GetProperty("access_token").GetString());
    }

    /// <summary>The data of an answer; throws where it has errors.</summary>
    public async Task<JsonElement> AskAsync(string query, object? variables = null, AuthenticationHeaderValue? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Authorization = token;
        using HttpResponseMessage response = await Client.SendAsync(request);
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return answer.TryGetProperty("errors", out JsonElement errors) ? throw new InvalidOperationException(errors.GetRawText()) : answer.GetProperty("data");
    }

    /// <summary>Ends the process and leaves the store, so that it can be filled and the server started again.</summary>
    public async Task StopAsync()
    {
        if (process is null) return;
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string ServerAssembly => Path.Combine(AppContext.BaseDirectory, "Efa.Graph.dll");

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }
}

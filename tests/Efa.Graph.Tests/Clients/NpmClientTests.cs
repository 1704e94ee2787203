using System.ComponentModel;
using System.Diagnostics;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Hosting;

namespace Efa.Graph.Tests.Clients;

/// <summary>The clients that front-end teams use, as they come from npm, against the running server; <c>npm ci</c> in tests/clients installs them.</summary>
[Collection(DemoMarket.Name)]
public sealed class NpmClientTests(DemoMarket market)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly string Folder = Repository.PathOf("tests/clients");

    [SkippableFact]
    public async Task Each_audit_of_graphql_http_passes() => Assert.EndsWith("\n61 passed, 0 failed\n", await RunAsync("audits.mjs"), StringComparison.Ordinal);

    [SkippableTheory]
    [InlineData("subscription-ws.mjs")]
    [InlineData("subscription-sse.mjs")]
    public async Task A_subscription_over_a_line_that_is_cut_tells_each_change_once_and_in_order(string script)
    {
        string output = await RunAsync(script);
        Assert.Equal(5, output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));
    }

    /// <summary>What a script said that ended well.</summary>
    private async Task<string> RunAsync(string script)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules"))) Missing("tests/clients/node_modules is missing: run npm ci there.");
        var start = new ProcessStartInfo("node", [script, market.Host.Address.ToString()])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Start(start);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Longest);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{script} did not end:\n{await output}{await errors}");
        }
        Assert.True(process.ExitCode == 0, $"{script} ended with {process.ExitCode}:\n{await output}{await errors}");
        return await output;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Missing("node is not installed.");
            throw;
        }
    }

    /// <summary>On a machine that builds changes nothing may be left out; elsewhere the reason is shown.</summary>
    private static void Missing(string reason)
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))) Assert.Fail(reason);
        Skip.If(true, reason);
    }
}

using System.Diagnostics;
using Efa.Graph.Tests.Hosting;

namespace Efa.Graph.Tests.Clients;

/// <summary>The clients that front-end teams use, as they come from npm, against the running server; <c>npm ci</c> in tests/clients installs them.</summary>
[Collection(DemoMarket.Name)]
public sealed class NpmClientTests(DemoMarket market)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

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
        using Process process = NpmPackages.Start(script, market.Host.Address.ToString());
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
}

using System.ComponentModel;
using System.Diagnostics;
using Efa.Graph.Tests.Contract;

namespace Efa.Graph.Tests.Clients;

/// <summary>Scripts of tests/clients, with the packages that <c>npm ci</c> installs there.</summary>
internal static class NpmPackages
{
    private static readonly string Folder = Repository.PathOf("tests/clients");

    /// <summary>Starts a script; skips the test where Node.js or the packages are missing.</summary>
    public static Process Start(string script, params string[] arguments)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules"))) Missing("tests/clients/node_modules is missing: run npm ci there.");
        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
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

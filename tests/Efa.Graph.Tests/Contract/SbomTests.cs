using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Efa.Graph.Tests.Contract;

/// <summary>The bill of materials names all that the lock files name, in the form of CycloneDX; <c>.ci/sbom</c> writes it.</summary>
public sealed partial class SbomTests
{
    [SkippableFact]
    public async Task Every_locked_package_stands_in_it_once_with_what_it_uses()
    {
        string text = await WriteAsync();
        JsonElement bill = JsonDocument.Parse(text).RootElement;
        Assert.Equal(("CycloneDX", "1.6", 1), (bill.GetProperty("bomFormat").GetString(), bill.GetProperty("specVersion").GetString(), bill.GetProperty("version").GetInt32()));
        JsonElement[] components = [.. bill.GetProperty("components").EnumerateArray()];
        string[] purls = [.. components.Select(c => c.GetProperty("purl").GetString()!)];
        HashSet<string> expected = [.. Locked("packages.lock.json").SelectMany(NuGet), .. Locked("package-lock.json").SelectMany(Npm)];

        Assert.Equal(expected.Order(StringComparer.Ordinal), purls.Order(StringComparer.Ordinal));
        Assert.All(components, component =>
        {
            Assert.Equal("library", component.GetProperty("type").GetString());
            Assert.Equal(component.GetProperty("purl").GetString(), component.GetProperty("bom-ref").GetString());
            Assert.Matches(Purl(), component.GetProperty("purl").GetString());
            Assert.NotEqual("", component.GetProperty("name").GetString());
            Assert.NotEqual("", component.GetProperty("version").GetString());
            Assert.Contains(component.GetProperty("scope").GetString(), new[] { "required", "excluded" });
        });
        HashSet<string> refs = [.. purls, "efa-graph"];
        JsonElement[] dependencies = [.. bill.GetProperty("dependencies").EnumerateArray()];
        Assert.Equal(refs.Order(StringComparer.Ordinal), dependencies.Select(d => d.GetProperty("ref").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(dependencies.SelectMany(d => d.GetProperty("dependsOn").EnumerateArray()), use => Assert.Contains(use.GetString()!, refs));
        Assert.Contains("pkg:nuget/GraphQL@8.8.5", Uses("pkg:nuget/GraphQL.MicrosoftDI@8.8.5"));
        Assert.Contains("pkg:npm/graphql-ws@6.4.2", Uses("efa-graph"));
        Assert.Equal(("required", "excluded"), (Scope("pkg:nuget/GraphQL@8.8.5"), Scope("pkg:nuget/CsCheck@5.0.1")));
        Assert.DoesNotContain("://", text, StringComparison.Ordinal);
        Assert.Equal(text, await WriteAsync());

        IEnumerable<string?> Uses(string purl) => dependencies.Single(d => d.GetProperty("ref").GetString() == purl).GetProperty("dependsOn").EnumerateArray().Select(u => u.GetString());
        string? Scope(string purl) => components.Single(c => c.GetProperty("purl").GetString() == purl).GetProperty("scope").GetString();
    }

    private static IEnumerable<JsonElement> Locked(string name) =>
        from file in Directory.EnumerateFiles(Repository.Root, name, SearchOption.AllDirectories)
        where !file.Contains("/node_modules/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
        select JsonDocument.Parse(File.ReadAllText(file)).RootElement;

    private static IEnumerable<string> NuGet(JsonElement file) =>
        from framework in file.GetProperty("dependencies").EnumerateObject()
        from package in framework.Value.EnumerateObject()
        where package.Value.GetProperty("type").GetString() != "Project"
        select $"pkg:nuget/{package.Name}@{package.Value.GetProperty("resolved").GetString()}";

    private static IEnumerable<string> Npm(JsonElement file) =>
        from package in file.GetProperty("packages").EnumerateObject()
        where package.Name.Length > 0
        select $"pkg:npm/{package.Name[(package.Name.LastIndexOf("node_modules/", StringComparison.Ordinal) + 13)..].Replace("@", "%40", StringComparison.Ordinal)}@{package.Value.GetProperty("version").GetString()}";

    private static async Task<string> WriteAsync()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("node", [Repository.PathOf(".ci/sbom")]) { RedirectStandardOutput = true })!;
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            return output;
        }
        catch (Win32Exception)
        {
            Skip.If(true, "node is not installed.");
            throw;
        }
    }

    [GeneratedRegex(@"^pkg:(nuget|npm)/(%40[\w.-]+/)?[\w.-]+@[\w.+-]+\z")]
    private static partial Regex Purl();
}

using System.Text.RegularExpressions;

namespace Efa.Graph.Tests.Engine;

/// <summary>Limits hold only where documents come through the one entry.</summary>
public sealed partial class OneEntryTests
{
    [Fact]
    public void The_engine_is_run_in_one_place() =>
        Assert.Equal(["DocumentExecution.cs"], FilesWith(EngineMade()));

    [Fact]
    public void Whoever_executes_documents_is_known() =>
        Assert.Equal(["GraphQLEndpoint.cs", "SocketOperations.cs"], FilesWith(ExecutionAsked()));

    private static string[] FilesWith(Regex text)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Efa.Graph.sln"))) root = root.Parent;
        return [.. Directory.EnumerateFiles(Path.Combine(root!.FullName, "src", "Efa.Graph"), "*.cs", SearchOption.AllDirectories)
            .Where(f => text.IsMatch(File.ReadAllText(f)))
            .Select(f => Path.GetFileName(f))
            .Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"new DocumentExecuter\b|IDocumentExecuter\b")]
    private static partial Regex EngineMade();

    [GeneratedRegex(@"\bDocumentExecution execution\b[\s\S]*\bexecution\.ExecuteAsync\(")]
    private static partial Regex ExecutionAsked();
}

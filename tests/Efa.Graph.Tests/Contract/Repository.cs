namespace Efa.Graph.Tests.Contract;

/// <summary>Files of the repository that tests read, and printed ones that they keep.</summary>
internal static class Repository
{
    public static readonly string Root = Find();

    public static string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>A named document of schema/operations.</summary>
    public static string Operation(string name) => File.ReadAllText(PathOf($"schema/operations/{name}.graphql"));

    /// <summary>Fails where the file differs from what was printed; outside of CI the file is rewritten first, so that the next run passes.</summary>
    public static void IsAsPrinted(string name, string printed)
    {
        string path = PathOf(name);
        string kept = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (kept == printed) return;
        bool ci = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        if (!ci) File.WriteAllText(path, printed);
        Assert.Fail($"{name} is not what the server prints{(ci ? "" : "; it was rewritten, look at the difference")}.");
    }

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Efa.Graph.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}

using Efa.Graph.Tests.Contract;

namespace Efa.Graph.Tests.Architecture;

/// <summary>The C# files below <c>src/</c>.</summary>
internal static class Sources
{
    public static IEnumerable<(string Name, string Source)> All()
    {
        string root = Repository.PathOf("src");
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(root, file).Replace('\\', '/'), file))
            .Where(file => !file.Name.Split('/').Any(part => part is "bin" or "obj"))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => (file.Name, File.ReadAllText(file.file)));
    }
}

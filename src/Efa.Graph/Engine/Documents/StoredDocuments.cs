using System.Security.Cryptography;
using System.Text;
using Efa.Graph.Engine.Errors;

namespace Efa.Graph.Engine.Documents;

/// <summary>Which documents may be asked for; settings section <c>Documents</c>.</summary>
public sealed class DocumentSettings
{
    public const string Section = "Documents";

    /// <summary>Folders with <c>.graphql</c> files; a relative one starts at the content root.</summary>
    public string[] Folders { get; set; } = [];

    /// <summary>Whether stored documents only are answered.</summary>
    public bool StoredOnly { get; set; }
}

/// <summary>The documents that can be asked for by <c>sha256:</c> and the hash of their text. Read once at start: nobody can add to them by asking.</summary>
public sealed class StoredDocuments
{
    private const string Prefix = "sha256:";

    private readonly Dictionary<string, string> byId = [];
    private readonly bool storedOnly;

    public StoredDocuments(DocumentSettings settings, string contentRoot)
    {
        storedOnly = settings.StoredOnly;
        string[] folders = settings.Folders is { Length: > 0 } named ? named : ["schema/operations"];
        foreach (string folder in folders.Select(f => Path.Combine(contentRoot, f)).Where(Directory.Exists))
            foreach (string file in Directory.EnumerateFiles(folder, "*.graphql", SearchOption.AllDirectories))
                Add(File.ReadAllText(file));
    }

    public IReadOnlyCollection<string> Ids => byId.Keys;

    /// <summary>The text that a request asks for.</summary>
    public string TextOf(DocumentRequest request)
    {
        if (request.DocumentId is { } id)
        {
            if (request.Query is not null) throw new RequestError(RequestErrors.MalformedRequest, "Send 'query' or 'documentId', not both.");
            return byId.GetValueOrDefault(id) ?? throw new RequestError(RequestErrors.DocumentNotFound);
        }
        if (string.IsNullOrEmpty(request.Query)) throw new RequestError(RequestErrors.MalformedRequest, "The request has no 'query' and no 'documentId'.");
        return storedOnly ? throw new RequestError(RequestErrors.DocumentNotTrusted) : request.Query;
    }

    public static string IdOf(string text) => Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private void Add(string text) => byId[IdOf(text)] = text;
}

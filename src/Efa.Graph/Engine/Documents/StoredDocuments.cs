using System.Security.Cryptography;
using System.Text;
using Efa.Graph.Engine.Errors;
using Efa.Graph.Hosting;

namespace Efa.Graph.Engine.Documents;

/// <summary>Which documents may be asked for; settings section <c>Documents</c>.</summary>
public sealed class DocumentSettings
{
    public const string Section = "Documents";

    /// <summary>Folders with <c>.graphql</c> files; a relative one starts at the content root. Where none is named, the documents that are delivered with the server.</summary>
    public string[] Folders { get; set; } = [];

    /// <summary>Whether stored documents only are answered.</summary>
    public bool StoredOnly { get; set; }

    /// <summary>How long an answer to a stored document that was asked for by GET and without a token may be kept by browsers and caches.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What is wrong with them, by the name of the setting.</summary>
    public string? Problem() => MaxAge < TimeSpan.Zero ? $"{Section}:MaxAge is {MaxAge}, but must be at least 00:00:00." : null;
}

/// <summary>The documents that can be asked for by <c>sha256:</c> and the hash of their text. Read once at start: nobody can add to them by asking.</summary>
public sealed class StoredDocuments
{
    private const string Prefix = "sha256:";

    // Delivered beside the executable.
    private static readonly string Delivered = Path.Combine(AppContext.BaseDirectory, "schema", "operations");

    private readonly Dictionary<string, string> byId = [];
    private readonly bool storedOnly;

    public StoredDocuments(DocumentSettings settings, string contentRoot)
    {
        storedOnly = settings.StoredOnly;
        MaxAge = settings.MaxAge;
        foreach (string folder in settings.Folders is { Length: > 0 } named ? named.Select(f => Path.Combine(contentRoot, f)) : [Delivered])
        {
            if (!Directory.Exists(folder)) throw new StartRefused($"{DocumentSettings.Section}:{nameof(settings.Folders)}: there is no folder {folder}.");
            foreach (string file in Directory.EnumerateFiles(folder, "*.graphql", SearchOption.AllDirectories))
                Add(File.ReadAllText(file));
        }
    }

    /// <summary>How long answers may be kept that are the same for all.</summary>
    public TimeSpan MaxAge { get; }

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

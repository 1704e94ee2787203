namespace Efa.Graph.Identity;

/// <summary>Settings of section <c>Keys</c>.</summary>
internal sealed class KeyOptions
{
    public const string Section = "Keys";

    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);

    /// <summary>File with the master key, 32 bytes as Base64; a relative path starts at the content root. Where it is not set, <c>master.key</c> beside an SQLite store or in folder <c>store</c>.</summary>
    public string? MasterKeyFile { get; set; }

    /// <summary>After how long the key that signs tokens is replaced by a new one.</summary>
    public TimeSpan TokenKeyLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>After how long the key that signs receipts and tree heads is replaced by a new one; all of them stay published.</summary>
    public TimeSpan ReceiptKeyLifetime { get; set; } = TimeSpan.FromDays(365);

    public string? Problem() => Problem(nameof(TokenKeyLifetime), TokenKeyLifetime) ?? Problem(nameof(ReceiptKeyLifetime), ReceiptKeyLifetime);

    private static string? Problem(string name, TimeSpan lifetime) => lifetime < Shortest ? $"{Section}:{name} is {lifetime}, but must be at least a day." : null;
}

namespace Efa.Graph.Identity;

/// <summary>Settings of section <c>Keys</c>.</summary>
internal sealed class KeyOptions
{
    public const string Section = "Keys";

    /// <summary>File with the master key, 32 bytes as Base64; a relative path starts at the content root. Where it is not set, <c>master.key</c> beside an SQLite store or in folder <c>store</c>.</summary>
    public string? MasterKeyFile { get; set; }
}

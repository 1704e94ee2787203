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

    public string? Problem() => TokenKeyLifetime < Shortest ? $"{Section}:{nameof(TokenKeyLifetime)} is {TokenKeyLifetime}, but must be at least a day." : null;
}

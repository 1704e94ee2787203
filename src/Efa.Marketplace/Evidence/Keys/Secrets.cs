using System.Text;

namespace Efa.Marketplace.Evidence.Keys;

/// <summary>Keeps what others have confided to the server, such as passwords of service brokers: sealed with the master key, and opened only to be used.</summary>
public sealed class Secrets
{
    private MasterKey? master;

    private MasterKey Master => master ?? throw new InvalidOperationException("The master key is not loaded.");

    /// <summary>Before the first secret.</summary>
    public void Load(MasterKey key) => master = key;

    /// <param name="use">What the secret is for; it opens for nothing else.</param>
    public byte[] Seal(string secret, string use) => Master.Seal(Encoding.UTF8.GetBytes(secret), use);

    public string Open(byte[] box, string use) => Encoding.UTF8.GetString(Master.Open(box, use));

    /// <summary>By which two secrets can be compared and neither be told.</summary>
    public string Print(string secret, string use) => Master.Print(secret, use);
}

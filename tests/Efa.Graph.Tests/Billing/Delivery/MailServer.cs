using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Efa.Graph.Tests.Clients;
using MimeKit;

namespace Efa.Graph.Tests.Billing.Delivery;

/// <summary>A message that the server has taken.</summary>
internal sealed record ReceivedMail(string From, string[] To, string? User, bool Secure, byte[] Content)
{
    [JsonIgnore]
    public MimeMessage Message
    {
        get
        {
            using var stream = new MemoryStream(Content);
            return MimeMessage.Load(stream);
        }
    }
}

/// <summary>A real mail server (smtp-server of npm) on a port of its own; recipients' names say how it behaves.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process process;
    private readonly Task<IReadOnlyList<ReceivedMail>> received;

    private MailServer(Process process, int port) => (this.process, Port, received) = (process, port, ReadAsync(process));

    public int Port { get; }

    /// <summary>Skips the test where Node.js or the package is missing.</summary>
    public static async Task<MailServer> StartAsync()
    {
        Process process = NpmPackages.Start("smtp.mjs");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return new MailServer(process, int.Parse((await process.StandardOutput.ReadLineAsync(limit.Token))!, CultureInfo.InvariantCulture));
    }

    /// <summary>Ends the server; all that it has taken.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> EndAsync()
    {
        process.StandardInput.Close();
        return await received.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await received;
        process.Dispose();
    }

    private static async Task<IReadOnlyList<ReceivedMail>> ReadAsync(Process process)
    {
        var mails = new List<ReceivedMail>();
        while (await process.StandardOutput.ReadLineAsync() is { } line) mails.Add(JsonSerializer.Deserialize<ReceivedMail>(line, Json)!);
        return mails;
    }
}

using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using OpenIddict.Server;
using OpenIddict.Validation;

namespace Efa.Graph.Identity;

/// <summary>Looks each minute whether there are other signing keys, and has the token server read its keys anew where there are.</summary>
internal sealed partial class SigningKeyRotation(SigningKeys keys, ILogger<SigningKeyRotation> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMinutes(1);

    /// <summary>For those who sign; read before those who verify, who copy their keys.</summary>
    public Changes<OpenIddictServerOptions> Signing { get; } = new();

    public Changes<OpenIddictValidationOptions> Verifying { get; } = new();

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!await keys.RefreshAsync(cancellationToken)) return;
        Signing.Tell();
        Verifying.Tell();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Poll);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    LogLookFailed(failure);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    [LoggerMessage(LogLevel.Warning, "The signing keys could not be read; trying again.")]
    private partial void LogLookFailed(Exception failure);

    /// <summary>Tells the holders of options that these have changed.</summary>
    internal sealed class Changes<TOptions> : IOptionsChangeTokenSource<TOptions>
    {
        private CancellationTokenSource next = new();

        public string Name => Options.DefaultName;

        public IChangeToken GetChangeToken() => new CancellationChangeToken(Volatile.Read(ref next).Token);

        public void Tell() => Interlocked.Exchange(ref next, new CancellationTokenSource()).Cancel();
    }
}

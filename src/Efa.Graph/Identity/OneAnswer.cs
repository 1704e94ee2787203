using Efa.Marketplace.Access;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Efa.Graph.Identity;

/// <summary>Answers every client that has not proved itself with the same words: a stranger does not learn which clients there are. The log says more.</summary>
internal sealed partial class OneAnswer(CallerTable callers, ILogger<OneAnswer> logger) : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    public static readonly OpenIddictServerHandlerDescriptor Descriptor = OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyTokenResponseContext>()
        .UseSingletonHandler<OneAnswer>()
        .SetOrder(OpenIddictServerHandlers.Exchange.NormalizeErrorResponse.Descriptor.Order + 500)
        .Build();

    private static readonly string SecretOfNobody = ClientSecret.Hash(ClientSecret.Fresh());

    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        // The only token that is sent here is a client's assertion.
        if (context.Error is not (Errors.InvalidClient or Errors.InvalidToken)) return ValueTask.CompletedTask;
        LogRefused(context.Response.ErrorDescription);
        // Nor by the time that the check of a secret takes.
        if (context.Request is { ClientId: { } clientId, ClientSecret: { } secret } && !callers.Knows(clientId)) ClientSecret.Matches(SecretOfNobody, secret);
        context.Response.Error = Errors.InvalidClient;
        context.Response.ErrorDescription = "There is no such client, or its secret or assertion is not good.";
        context.Response.ErrorUri = null;
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(LogLevel.Debug, "A client was given no token: {Reason}")]
    private partial void LogRefused(string? reason);
}

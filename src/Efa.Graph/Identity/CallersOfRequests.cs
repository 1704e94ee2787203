using Efa.Graph.Engine.Errors;
using Efa.Graph.Http;
using Efa.Marketplace.Operations;

namespace Efa.Graph.Identity;

/// <summary>Finds out who sends each request, before anything is answered: a bad token is refused and never taken for none.</summary>
internal static class CallersOfRequests
{
    public static void AddCallers(this IServiceCollection services) =>
        services.AddSingleton(provider => new SocketAuthentication(async (_, token, cancellationToken) =>
        {
            TokenCallers callers = provider.GetRequiredService<TokenCallers>();
            try
            {
                return await callers.CallerOfTokenAsync(token, cancellationToken) is { } caller ? SignedInAs(caller, callers) : null;
            }
            catch (IssuerUnavailableException failure)
            {
                throw new RequestError(RequestErrors.Unavailable, failure.Message);
            }
        }));

    public static void UseCallers(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Request.Headers.Authorization.Count > 0 && !context.Request.Path.StartsWithSegments("/connect"))
        {
            TokenCallers callers = context.RequestServices.GetRequiredService<TokenCallers>();
            try
            {
                if (await callers.CallerOfAsync(context) is not { } caller)
                {
                    context.Response.Headers.WWWAuthenticate = TokenCallers.Challenge;
                    await RefuseAsync(context, new RequestError(RequestErrors.Unauthenticated, "The access token is malformed, has expired or was withdrawn."));
                    return;
                }
                context.Features.Set(SignedInAs(caller, callers));
            }
            catch (IssuerUnavailableException failure)
            {
                await RefuseAsync(context, new RequestError(RequestErrors.Unavailable, failure.Message));
                return;
            }
        }
        await next(context);
    });

    private static SignedIn SignedInAs(Caller caller, TokenCallers callers) => new(caller, () => callers.Now(caller));

    private static Task RefuseAsync(HttpContext context, RequestError error) =>
        context.RequestServices.GetRequiredService<HttpAnswers>().WriteAsync(context, error, Accepted.Of(context.Request));
}

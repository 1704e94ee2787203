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
            return await callers.CallerOfTokenAsync(token, cancellationToken) is { } caller ? SignedInAs(caller, callers) : null;
        }));

    public static void UseCallers(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Request.Headers.Authorization.Count > 0 && !context.Request.Path.StartsWithSegments("/connect"))
        {
            TokenCallers callers = context.RequestServices.GetRequiredService<TokenCallers>();
            if (await callers.CallerOfAsync(context) is not { } caller)
            {
                await RefuseAsync(context);
                return;
            }
            context.Features.Set(SignedInAs(caller, callers));
        }
        await next(context);
    });

    private static SignedIn SignedInAs(Caller caller, TokenCallers callers) => new(caller, () => callers.Now(caller));

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = TokenCallers.Challenge;
        return context.RequestServices.GetRequiredService<HttpAnswers>().WriteAsync(
            context, new RequestError(RequestErrors.Unauthenticated, "The access token is malformed, has expired or was withdrawn."), Accepted.Of(context.Request));
    }
}

using Efa.Graph.Engine.Errors;

namespace Efa.Graph.Http;

/// <summary>What is sent and fetched as a file is paid for from the same allowance as GraphQL documents, so that no address is left by which to ask without end.</summary>
internal static class PaidFiles
{
    private const int Points = 10;

    public static TEndpoint IsPaid<TEndpoint>(this TEndpoint endpoint)
        where TEndpoint : IEndpointConventionBuilder =>
        endpoint.AddEndpointFilter(async (context, next) =>
        {
            HttpContext http = context.HttpContext;
            RateLimits rates = http.RequestServices.GetRequiredService<RateLimits>();
            if (rates.Of(http, SignedIn.Of(http))?.TrySpend(Points) is not { } wait) return await next(context);
            HttpAnswers answers = http.RequestServices.GetRequiredService<HttpAnswers>();
            await answers.WriteAsync(http, new RequestError(RequestErrors.RateLimited) { RetryAfter = wait }, Accepted.Of(http.Request));
            return Results.Empty;
        });
}

using Efa.Graph.Engine.Errors;

namespace Efa.Graph.Http;

/// <summary>Answers where an endpoint has failed: 503 while the store is away, else 500; on no address is anything of the server's inside told.</summary>
internal static class Failures
{
    public static void UseFailures(this WebApplication app)
    {
        AnsweredErrors errors = app.Services.GetRequiredService<AnsweredErrors>();
        HttpAnswers answers = app.Services.GetRequiredService<HttpAnswers>();
        app.Use(async (http, next) =>
        {
            try
            {
                await next(http);
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
            }
            catch (Exception failure) when (failure is not BadHttpRequestException && !http.Response.HasStarted)
            {
                RequestError error = errors.Hidden(failure, http.GetEndpoint()?.DisplayName);
                http.Response.Clear();
                await answers.WriteAsync(http, error, Accepted.Of(http.Request));
            }
        });
    }
}

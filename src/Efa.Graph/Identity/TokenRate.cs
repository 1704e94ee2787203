using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Efa.Graph.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Efa.Graph.Identity;

/// <summary>Bounds how often tokens are asked for, before a secret is checked: that check is the dearest thing that a stranger can ask for.</summary>
internal static class TokenRate
{
    private const int BodyBytes = 16 * 1024;

    public static void UseTokenRate(this WebApplication app)
    {
        RateLimits rates = app.Services.GetRequiredService<RateLimits>();
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/connect/token"), branch => branch.Use(async (http, next) =>
        {
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body) body.MaxRequestBodySize = BodyBytes;
            if (rates.WaitForToken(http) is { } pause)
            {
                await RefuseAsync(http, pause);
                return;
            }
            string? clientId;
            try
            {
                clientId = await ClientIdAsync(http.Request);
                if (clientId is not null && rates.WaitForToken(http, clientId) is { } wait)
                {
                    await RefuseAsync(http, wait);
                    return;
                }
            }
            catch (Exception failure) when (failure is BadHttpRequestException or InvalidDataException)
            {
                http.Response.StatusCode = (failure as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
                return;
            }
            await next(http);
            if (clientId is not null && http.Response.StatusCode == StatusCodes.Status401Unauthorized) rates.CountGuess(http, clientId);
        }));
    }

    /// <summary>Who says to be asking, nobody knows yet whether rightly; null where it is not said in one of the usual ways.</summary>
    private static async Task<string?> ClientIdAsync(HttpRequest request)
    {
        if (AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out AuthenticationHeaderValue? header)
            && header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && header.Parameter is { Length: > 0 and < BodyBytes })
        {
            byte[] decoded = new byte[header.Parameter.Length];
            return Convert.TryFromBase64String(header.Parameter, decoded, out int length)
                ? Uri.UnescapeDataString(Encoding.UTF8.GetString(decoded, 0, length).Split(':')[0])
                : null;
        }
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType) return null;
        IFormCollection form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        return form["client_id"].FirstOrDefault();
    }

    private static Task RefuseAsync(HttpContext http, TimeSpan wait)
    {
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.CacheControl = "no-store";
        // RFC 6749 has no better word.
        return http.Response.WriteAsJsonAsync(new { error = "temporarily_unavailable", error_description = "RATE_LIMITED: too many tokens were asked for in too short a time." });
    }
}

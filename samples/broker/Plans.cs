namespace Efa.Samples.Broker;

/// <summary>The broker's plans. Two behave; with the others one can try what a marketplace does with a broker that does not.</summary>
internal static class Plans
{
    public const string ServiceId = "sample-service";

    /// <summary>How often a plan that takes its time is asked before it is done.</summary>
    private const int Polls = 2;

    private static readonly string[] All =
    [
        "instant", "patient", "failing", "endless", "asynchronous-only", "flaky", "busy", "down", "silent", "garbage", "half-a-character", "unkeepable", "huge", "redirecting", "conflicting", "refusing", "fickle", "clinging",
        "stuck", "immovable",
    ];

    public static object Catalog() => new
    {
        services = new[]
        {
            new
            {
                id = ServiceId,
                name = "sample",
                description = "A line in the broker's memory.",
                bindable = false,
                plans = All.Select(plan => new { id = plan, name = plan, description = plan, free = true, maximum_polling_duration = plan == "endless" ? 60 : 3_600 }),
            },
        },
    };

    public static async Task<IResult> ProvisionAsync(string plan, Instances instances, string id, HttpContext http)
    {
        bool first = instances.Count(id, "PUT") == 1;
        bool waits = http.Request.Query["accepts_incomplete"] == "true";
        switch (plan)
        {
            case "patient" or "failing" or "endless":
                instances.Make(id, plan);
                http.Response.Headers.RetryAfter = "1";
                return Results.Json(new { operation = $"provision {id}" }, statusCode: StatusCodes.Status202Accepted);
            case "asynchronous-only" when !waits || first:
                return Error(StatusCodes.Status422UnprocessableEntity, "AsyncRequired");
            case "busy" when first:
                return Error(StatusCodes.Status422UnprocessableEntity, "ConcurrencyError");
            case "down":
                http.Response.Headers.RetryAfter = "77";
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            // These make the instance and do not say so: what is left behind is for the marketplace to remove.
            case "flaky" or "stuck" when first:
                instances.Make(id, plan);
                return Results.StatusCode(StatusCodes.Status500InternalServerError);
            case "silent" or "fickle" when first:
                instances.Make(id, plan);
                await Task.Delay(Timeout.Infinite, http.RequestAborted);
                return Results.Empty;
            case "garbage" when first:
                instances.Make(id, plan);
                return Results.Text("<html>", "text/html", statusCode: StatusCodes.Status201Created);
            case "half-a-character" when first:
                instances.Make(id, plan);
                return Results.Text("""{"operation":"\ud800"}""", "application/json", statusCode: StatusCodes.Status202Accepted);
            case "unkeepable" when first:
                instances.Make(id, plan);
                return Results.Text("""{"operation":"a\u0000b"}""", "application/json", statusCode: StatusCodes.Status202Accepted);
            case "huge" when first:
                instances.Make(id, plan);
                return Results.Text($$"""{"dashboard_url":"{{new string('x', 10_000_000)}}"}""", "application/json", statusCode: StatusCodes.Status201Created);
            case "redirecting":
                return Results.Redirect($"{http.Request.Scheme}://{http.Request.Host}/instances");
            case "conflicting":
                return Error(StatusCodes.Status409Conflict, "Conflict");
            case "refusing" or "fickle":
                return Error(StatusCodes.Status400BadRequest, "BadRequest");
            default:
                return Results.Json(new { }, statusCode: instances.Make(id, plan) ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        }
    }

    public static IResult LastOperation(Instances instances, string id, HttpContext http)
    {
        if (!instances.All.TryGetValue(id, out string? plan)) return Results.StatusCode(StatusCodes.Status410Gone);
        if (http.Request.Query["operation"] == $"delete {id}") return Done(() => instances.Remove(id));
        return plan switch
        {
            "failing" => Results.Json(new { state = "failed" }),
            "endless" => Results.Json(new { state = "in progress" }),
            _ => Done(() => true),
        };

        IResult Done(Func<bool> finish)
        {
            if (instances.Count(id, http.Request.Query["operation"]!) >= Polls)
            {
                finish();
                return Results.Json(new { state = "succeeded" });
            }
            http.Response.Headers.RetryAfter = "1";
            return Results.Json(new { state = "in progress" });
        }
    }

    public static IResult Delete(Instances instances, string id, string plan)
    {
        int times = instances.Count(id, "DELETE");
        switch (plan)
        {
            case "clinging" when times == 1:
                return Error(StatusCodes.Status422UnprocessableEntity, "ConcurrencyError");
            case "clinging" when instances.All.ContainsKey(id):
                return Results.Json(new { operation = $"delete {id}" }, statusCode: StatusCodes.Status202Accepted);
            case "stuck" or "immovable":
                return Results.StatusCode(StatusCodes.Status500InternalServerError);
            default:
                return instances.Remove(id) ? Results.Json(new { }) : Results.Json(new { }, statusCode: StatusCodes.Status410Gone);
        }
    }

    private static IResult Error(int status, string error) => Results.Json(new { error, description = error }, statusCode: status);
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Efa.Samples.Broker;

/// <summary>A small Open Service Broker (2.17) for trying out instant provisioning: what it provisions is a line in its memory.</summary>
public static class BrokerApp
{
    public const string Username = "marketplace";
    public const string Password = "demo-secret";

    public static Task Main(string[] args) => Build(args, new Instances()).RunAsync();

    /// <summary>The broker over its instances, ready to be started.</summary>
    public static WebApplication Build(string[] args, Instances instances)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        WebApplication app = builder.Build();
        app.Use(async (http, next) =>
        {
            if (!IsMarketplace(http.Request)) http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            else if (!http.Request.Headers.ContainsKey("X-Broker-API-Version")) http.Response.StatusCode = StatusCodes.Status412PreconditionFailed;
            else await next(http);
        });
        app.MapGet("/v2/catalog", () => Results.Json(Plans.Catalog()));
        app.MapPut("/v2/service_instances/{id}", async (string id, HttpContext http) =>
        {
            JsonObject wanted = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
            string plan = wanted["plan_id"]!.GetValue<string>();
            return await Plans.ProvisionAsync(plan, instances, id, http);
        });
        app.MapGet("/v2/service_instances/{id}/last_operation", (string id, HttpContext http) => Plans.LastOperation(instances, id, http));
        app.MapDelete("/v2/service_instances/{id}", (string id, string plan_id) => Plans.Delete(instances, id, plan_id));
        // Not of the specification: what there is.
        app.MapGet("/instances", () => instances.All);
        return app;
    }

    private static bool IsMarketplace(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out AuthenticationHeaderValue? proof)
        && proof is { Scheme: "Basic", Parameter: { } parameter } && parameter == Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Username}:{Password}"));
}

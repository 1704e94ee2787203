using Efa.Graph.Hosting;
using Efa.Graph.Http;

return await Verbs.RunAsync(args, Build);

static WebApplication Build(string[] args)
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    builder.AddHttpServer();
    builder.AddMarketplace();

    WebApplication app = builder.Build();
    app.UseHttpServer();
    app.MapHealth();
    return app;
}

using Efa.Graph.Hosting;
using Efa.Graph.Http;
using Efa.Graph.Identity;

return await Verbs.RunAsync(args, Build);

static WebApplication Build(string[] args)
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    builder.AddHttpServer();
    builder.AddMarketplace();
    builder.AddIdentity();

    WebApplication app = builder.Build();
    app.UseHttpServer();
    app.UseIdentity();
    app.MapHealth();
    return app;
}

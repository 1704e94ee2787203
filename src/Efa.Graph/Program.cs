using Efa.Graph;
using Efa.Graph.Billing;
using Efa.Graph.Catalog.Imports;
using Efa.Graph.Catalog.Mirrors;
using Efa.Graph.Evidence;
using Efa.Graph.Hosting;
using Efa.Graph.Http;
using Efa.Graph.Identity;

return await Verbs.RunAsync(args, Build);

static WebApplication Build(string[] args)
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    builder.AddHttpServer();
    builder.AddTelemetry();
    builder.AddMarketplace();
    builder.AddDocumentUploads();
    builder.AddIdentity();
    builder.Services.AddCallers();
    builder.Services.AddMarketSchema();
    builder.Services.AddGraphQLOverHttp(builder.Configuration);

    WebApplication app = builder.Build();
    app.UseHttpServer();
    app.UseIdentity();
    app.UseCallers();
    app.MapHealth();
    app.MapDocuments();
    app.MapDocumentUploads();
    app.MapCatalogFile();
    app.MapOfferImports();
    app.MapInvoices();
    app.MapReceiptKeys();
    app.MapGraphQL("/graphql");
    return app;
}

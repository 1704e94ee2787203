using Efa.Graph.Engine.Errors;
using Efa.Graph.Hosting;
using GraphQL.Types;
using GraphQL.Validation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Efa.Graph.Engine.Documents;

/// <summary>Registers how documents are executed. Needs an <see cref="ISchema"/>; takes further <see cref="IValidationRule"/>s, asked at each execution.</summary>
public static class DocumentSetup
{
    public static IServiceCollection AddDocuments(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(configuration.Read<Limits>(Limits.Section, limits => limits.Problem()));
        DocumentSettings documents = configuration.Read<DocumentSettings>(DocumentSettings.Section, settings => settings.Problem());
        services.TryAddSingleton(s => new StoredDocuments(documents, s.GetRequiredService<IHostEnvironment>().ContentRootPath));
        services.TryAddSingleton<AnsweredErrors>();
        services.TryAddSingleton<DocumentTelemetry>();
        services.TryAddSingleton<RequestJson>();
        services.TryAddSingleton<AnswerJson>();
        services.TryAddSingleton(s => new DocumentExecution(
            s.GetRequiredService<ISchema>(), s.GetRequiredService<StoredDocuments>(), s.GetRequiredService<Limits>(), s.GetServices<IValidationRule>(),
            s.GetRequiredService<IHostEnvironment>(), s.GetRequiredService<AnsweredErrors>(), s.GetRequiredService<DocumentTelemetry>()));
        return services;
    }
}

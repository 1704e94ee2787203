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
        services.TryAddSingleton(s => new StoredDocuments(
            configuration.GetSection(DocumentSettings.Section).Get<DocumentSettings>() ?? new DocumentSettings(),
            s.GetRequiredService<IHostEnvironment>().ContentRootPath));
        services.TryAddSingleton<RequestJson>();
        services.TryAddSingleton<AnswerJson>();
        services.TryAddSingleton<DocumentExecution>();
        return services;
    }
}

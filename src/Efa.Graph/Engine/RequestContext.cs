using System.Collections.Concurrent;
using Efa.Graph.Engine.Cost;
using Efa.Marketplace;
using Efa.Marketplace.Operations;
using GraphQL;

namespace Efa.Graph.Engine;

/// <summary>What belongs to one request, or to one event of a subscription: who asks, in which language, and what is kept meanwhile.</summary>
/// <param name="caller">Who asks.</param>
/// <param name="language">The language of texts for people.</param>
/// <param name="services">The service scope of this request or event.</param>
public sealed class RequestContext(Caller caller, Language language, IServiceProvider services)
{
    private const string Key = "request";

    private readonly ConcurrentDictionary<Type, Lazy<object>> kept = new();

    public Caller Caller { get; } = caller;

    public Language Language { get; } = language;

    public IServiceProvider Services { get; } = services;

    /// <summary>Who asks as things stand now, for streams that outlive their token; null where the caller has lost access.</summary>
    public Func<Caller?> CallerNow { get; init; } = () => caller;

    /// <summary>Where a client that lost its stream wants to go on, as its browser says it beside the document.</summary>
    public string? ResumeAfter { get; init; }

    /// <summary>The log cursor reached: set by an event's resolver or by the stream itself, sent to the client so that it can resume there.</summary>
    public string? Position { get; set; }

    /// <summary>What the caller pays with; null where nothing is counted.</summary>
    public Allowance? Allowance { get; init; }

    /// <summary>Whether the answer is the same for all who ask, and may be kept for the next; it then says nothing of who pays.</summary>
    public bool IsShared { get; init; }

    /// <summary>What the request costs, once that is known.</summary>
    public RequestCost? Cost { get; set; }

    /// <summary>The one instance of a loader or cache for this request, made at its first use.</summary>
    /// <remarks>Its constructor may ask for this <see cref="RequestContext"/> and for any service.</remarks>
    public T Get<T>() where T : class =>
        (T)kept.GetOrAdd(typeof(T), type => new Lazy<object>(() => ActivatorUtilities.CreateInstance(new Within(this), type))).Value;

    /// <summary>Lets go of everything that was loaded, because it may have changed.</summary>
    public void Forget() => kept.Clear();

    /// <summary>The same caller's context for one event of a subscription.</summary>
    public RequestContext ForEvent(Caller now, IServiceProvider scope) => new(now, Language, scope) { CallerNow = CallerNow };

    /// <summary>This context as the engine carries it.</summary>
    internal IDictionary<string, object?> AsUserContext() => new Dictionary<string, object?> { [Key] = this };

    internal static RequestContext Of(IDictionary<string, object?> userContext) =>
        userContext.TryGetValue(Key, out object? value) && value is RequestContext request
            ? request
            : throw new InvalidOperationException("The document is executed without a request context.");

    private sealed class Within(RequestContext request) : IServiceProvider
    {
        public object? GetService(Type serviceType) =>
            serviceType == typeof(RequestContext) ? request
            : serviceType == typeof(IServiceProviderIsService) ? null
            : request.Services.GetService(serviceType);
    }
}

/// <summary>The way from a resolver to its request.</summary>
public static class RequestOfResolver
{
    public static RequestContext Request(this IResolveFieldContext context) => RequestContext.Of(context.UserContext);
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations.Outgoing;
using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Ordering.Brokers;

/// <summary>Speaks Open Service Broker 2.17 with the brokers of suppliers. Whatever these do is an answer.</summary>
public sealed class BrokerClient(OutgoingRules rules, BrokerOptions options)
{
    private const string Platform = "efa-graph";
    private const int MostBytes = 1024 * 1024;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = 64 };

    private readonly HttpClient http = OutgoingHttp.Client(rules.MayReach, MostBytes, options.Timeout);

    /// <summary>Asks for what the provisioning wants next.</summary>
    public async Task<BrokerAnswer> AskAsync(BrokerAccess broker, Provisioning provisioning, Order order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return provisioning.Step switch
            {
                BrokerStep.Provision => await ProvisionAsync(broker, provisioning, order, now, cancellationToken),
                BrokerStep.Delete => BrokerAnswers.ToDelete(await SendAsync(HttpMethod.Delete, $"{Instance(provisioning)}&accepts_incomplete=true")),
                BrokerStep.AwaitProvision or BrokerStep.AwaitDelete => BrokerAnswers.ToPoll(await SendAsync(HttpMethod.Get, Poll(provisioning)), provisioning.Step),
                BrokerStep.None => throw new InvalidOperationException("There is nothing to ask for."),
            };
        }
        catch (HttpRequestException failure) when (failure.InnerException is AddressNotAllowedException)
        {
            return BrokerAnswer.Of(BrokerAnswerKind.Rejected, BrokerRefusals.AddressForbidden);
        }
        // Nothing was sent.
        catch (HttpRequestException failure) when (IsUnsent(failure))
        {
            return BrokerAnswer.Of(BrokerAnswerKind.Later, BrokerRefusals.Unreachable) with { IsOfTheBroker = true };
        }
        catch (Exception failure) when (IsSilence(failure, cancellationToken))
        {
            return BrokerAnswer.Of(BrokerAnswerKind.Unknown, BrokerRefusals.Silent) with { IsOfTheBroker = true };
        }

        Task<BrokerReply> SendAsync(HttpMethod method, string path) => this.SendAsync(method, broker, path, order, now, cancellationToken);
    }

    private async Task<BrokerAnswer> ProvisionAsync(BrokerAccess broker, Provisioning provisioning, Order order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        BrokerReply catalog;
        try
        {
            catalog = await SendAsync(HttpMethod.Get, broker, "v2/catalog", order: null, now, cancellationToken);
        }
        // Nothing has been asked for yet.
        catch (Exception failure) when (IsSilence(failure, cancellationToken))
        {
            return BrokerAnswer.Of(BrokerAnswerKind.Later, BrokerRefusals.Silent) with { IsOfTheBroker = true };
        }
        if (catalog is not { Status: 200, Body: not null }) return BrokerAnswers.ToCatalog(catalog);
        if (catalog.Plan(provisioning.ServiceId, provisioning.PlanId) is not { } plan) return BrokerAnswer.Of(BrokerAnswerKind.Rejected, BrokerRefusals.PlanUnknown);
        BrokerReply reply = await SendAsync(
            HttpMethod.Put, broker, $"v2/service_instances/{provisioning.InstanceId}?accepts_incomplete=true", order, now, cancellationToken, Body(provisioning, order));
        return BrokerAnswers.ToProvision(reply) with { LongestPollingSeconds = plan.LongestPollingSeconds };
    }

    private async Task<BrokerReply> SendAsync(
        HttpMethod method, BrokerAccess broker, string path, Order? order, DateTimeOffset now, CancellationToken cancellationToken, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"{broker.Url.TrimEnd('/')}/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{broker.Username}:{broker.Password}")));
        request.Headers.Add("X-Broker-API-Version", "2.17");
        request.Headers.Add("X-Broker-API-Request-Identity", Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture));
        if (order is not null) request.Headers.Add("X-Broker-API-Originating-Identity", $"{Platform} {Convert.ToBase64String(Encoding.UTF8.GetBytes(MarketJson.Write(Origin(order))))}");
        if (body is not null) request.Content = new StringContent(MarketJson.Write(body), Encoding.UTF8, "application/json");

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        (JsonElement? said, bool isCutOff) = await BodyAsync(response.Content, limit.Token, cancellationToken);
        return new BrokerReply((int)response.StatusCode, said, RetryAt(response.Headers.RetryAfter, now)) { IsCutOff = isCutOff };
    }

    private static bool IsUnsent(HttpRequestException failure) =>
        failure.InnerException is AddressNotAllowedException
        || failure.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

    private static bool IsSilence(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        HttpRequestException request => !IsUnsent(request),
        IOException => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    private static async Task<(JsonElement? Body, bool IsCutOff)> BodyAsync(HttpContent content, CancellationToken limit, CancellationToken cancellationToken)
    {
        try
        {
            await content.LoadIntoBufferAsync(MostBytes, limit);
            using JsonDocument json = await JsonDocument.ParseAsync(await content.ReadAsStreamAsync(limit), Depth, limit);
            Decode(json.RootElement);
            return (json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null, IsCutOff: false);
        }
        // The status has been heard, and says what to do.
        catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException or InvalidOperationException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return (null, IsCutOff: failure is not (JsonException or InvalidOperationException) && failure is not HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded });
        }
    }

    // JSON can hold texts that are none, such as half a character; they are found here, and not where they are read.
    private static void Decode(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String) element.GetString();
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray()) Decode(item);
        }
        else if (element.ValueKind == JsonValueKind.Object)
            foreach (JsonProperty property in element.EnumerateObject())
            {
                _ = property.Name;
                Decode(property.Value);
            }
    }

    private static DateTimeOffset? RetryAt(RetryConditionHeaderValue? wanted, DateTimeOffset now)
    {
        if ((wanted?.Delta ?? wanted?.Date - now) is not { } pause) return null;
        DateTimeOffset at = now + (pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause);
        return DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
    }

    // Organisations only: who of them has ordered is nobody's business there.
    private static object Origin(Order order) => new { organisation_id = TypeId.Encode(IdPrefix.Organisation, order.OrderedById) };

    private static object Body(Provisioning provisioning, Order order) => new
    {
        service_id = provisioning.ServiceId,
        plan_id = provisioning.PlanId,
        context = new { platform = Platform, instance_name = order.Number, organisation_id = TypeId.Encode(IdPrefix.Organisation, order.OrderedById) },
        // Wanted by the specification beside the context, for brokers of long ago.
        organization_guid = order.OrderedById,
        space_guid = order.OrderedById,
    };

    private static string Instance(Provisioning provisioning) => $"v2/service_instances/{provisioning.InstanceId}?{Names(provisioning)}";

    private static string Poll(Provisioning provisioning)
    {
        string operation = provisioning.Operation is { } named ? $"&operation={Uri.EscapeDataString(named)}" : "";
        return $"v2/service_instances/{provisioning.InstanceId}/last_operation?{Names(provisioning)}{operation}";
    }

    private static string Names(Provisioning provisioning) => $"service_id={Uri.EscapeDataString(provisioning.ServiceId)}&plan_id={Uri.EscapeDataString(provisioning.PlanId)}";
}

using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Events;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Ordering.Brokers;
using Efa.Marketplace.Storage;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Ordering;

public sealed class ProvisioningStateType() : EnumType<ProvisioningState>("How far the supplier's service broker is with an order.",
    (ProvisioningState.Pending, "It has not been asked yet."),
    (ProvisioningState.InProgress, "It is asked, or works on it; what may be left of a failed attempt is removed before the next one."),
    (ProvisioningState.Succeeded, "The service is there, and the order ACTIVE."),
    (ProvisioningState.Failed, "It is not asked to provision again until the supplier sets the broker anew; the order can also be activated by hand. What may be left of an attempt is still removed."),
    (ProvisioningState.Removing, "The order has ended or is about to, or goes on without the broker; what is there is removed, as often as it takes. Where that fails again and again, the message says who acts."),
    (ProvisioningState.Removed, "Nothing of the order is at the broker any more."));

/// <summary>How far the supplier's Open Service Broker is with an order.</summary>
public sealed class ProvisioningType : ObjectGraphType<Provisioning>
{
    public ProvisioningType()
    {
        Name = "Provisioning";
        Description = "How far the supplier's Open Service Broker is with an order of an AUTOMATIC offer. It is asked once the seller has accepted, from startsOn on; it moves the order to PROVISIONING and ACTIVE by itself.";
        Field<NonNullGraphType<ProvisioningStateType>>("state").Resolve(context => context.Source.State);
        Field<NonNullGraphType<StringGraphType>>("instanceId").Description("Of the service instance at the broker; the same in every attempt.").Resolve(context => context.Source.InstanceId);
        Field<NonNullGraphType<IntGraphType>>("attempts").Description("How often the present task failed, be it to provision or to remove.").Resolve(context => context.Source.Attempts);
        Field<InstantType>("nextAttemptAt").Description("When the broker is asked next, at the earliest: one that cannot be reached is left in peace; null where nothing is to be asked, or nothing before the supplier has done something.")
            .Resolve(context => context.Source.NextAttemptAt);
        Field<StringGraphType>("message").Description("What the broker or the order waits for; null where nothing is waited for.").Resolve(context => context.Source.Message(context.Request().Language));
        Field<NonNullGraphType<InstantType>>("updatedAt").Resolve(context => context.Source.UpdatedAt);
    }
}

/// <summary>The provisionings of orders that were loaded for the caller.</summary>
internal sealed class ProvisioningLoader(IDbContextFactory<MarketContext> contexts) : Loader<Guid, Provisioning>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, Provisioning>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.ProvisioningsOfOrdersAsync(keys, cancellationToken);
}

public sealed class SetServiceBrokerInputType : MutationInputType<SetServiceBroker.Input>
{
    public SetServiceBrokerInputType()
        : base("SetServiceBrokerInput", "Open Service Broker 2.17 of a supplier. Written, never read.")
    {
        Id("supplierId", IdPrefix.Organisation);
        Add<NonNullGraphType<UrlType>>("url", "What /v2/catalog follows. https on port 443 or 8443, without user, query and fragment; in the internet, or in a network that the server's operator allows.");
        Add<NonNullGraphType<StringGraphType>>("username", $"For basic authentication; up to {ServiceBroker.UsernameLength} characters and no colon.");
        Add<NonNullGraphType<StringGraphType>>("password", $"Up to {ServiceBroker.PasswordLength} characters.");
    }

    protected override SetServiceBroker.Input ReadInput(InputFields fields) =>
        new(fields.Get<Guid>("supplierId"), fields.Get<string>("url"), fields.Get<string>("username"), fields.Get<string>("password"));
}

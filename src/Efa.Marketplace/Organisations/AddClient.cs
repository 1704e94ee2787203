using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Organisations;

/// <summary>An organisation that is already registered becomes a client of an aggregator, once both want it: each of them calls this, whoever is first.</summary>
/// <remarks>
/// A link lets the aggregator order for the client, which becomes party of contracts by it, and shows it personal data of the client's contacts. For
/// the one a declaration of the client's will is needed, for the other a legal basis (Art. 6 (1) GDPR); neither can come from the aggregator alone. So
/// an organisation that can speak for itself here, because it has an API client, has to agree itself. One that cannot is linked by the aggregator's
/// word, which it has to prove outside of the marketplace, but its contacts stay closed until it agrees. The operator, who sees the papers, may speak for both.
/// </remarks>
public sealed class AddClient : Operation<AddClient.Input>
{
    public sealed record Input(Guid AggregatorId, Guid OrganisationId);

    public override string Name => "addClient";

    public override string Scope => Scopes.OrganisationsWrite;

    public override IEnumerable<Refusal> Check(Input input)
    {
        if (input.AggregatorId == input.OrganisationId) yield return new Invalid(OrganisationsRefusals.ClientOfItself, ["input", "organisationId"]);
    }

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        Organisation? aggregator = await work.Context.Organisations().SingleOrDefaultAsync(o => o.Id == input.AggregatorId, cancellationToken);
        if (aggregator is null) return new NotFound(["input", "aggregatorId"]);
        Organisation? client = await work.Context.Set<Organisation>().SingleOrDefaultAsync(o => o.Id == input.OrganisationId, cancellationToken);
        if (client is null) return new NotFound(["input", "organisationId"]);
        bool byAggregator = work.Caller.SeesEverything || work.Caller.ActsFor(aggregator.Id), byClient = work.Caller.SeesEverything || work.Caller.ActsFor(client.Id);
        if (!byAggregator && !byClient) return new PermissionDenied(OperationsRefusals.PermissionDenied, [], [OrganisationRole.Aggregator, OrganisationRole.Client]);
        if (!aggregator.Is(OrganisationRole.Aggregator)) return new Invalid(OrganisationsRefusals.NotAggregator, ["input", "aggregatorId"]);

        ClientLink? link = await work.Context.Set<ClientLink>().SingleOrDefaultAsync(l => l.AggregatorId == aggregator.Id && l.ClientId == client.Id, cancellationToken);
        if (link is not null && (link.ClientAgreed || !byClient)) return new Invalid(OrganisationsRefusals.AlreadyClient, ["input", "organisationId"]);
        ClientRequest? asked = await work.Context.Set<ClientRequest>().SingleOrDefaultAsync(r => r.AggregatorId == aggregator.Id && r.ClientId == client.Id, cancellationToken);
        bool bothAgree = (byAggregator && byClient) || (asked is not null && asked.ByAggregator != byAggregator);
        if (link is null && !bothAgree && asked is not null) return new Invalid(OrganisationsRefusals.ConsentAwaited, ["input", "organisationId"]);

        if (link is not null) link.ClientAgreed = true;
        else if (bothAgree || (byAggregator && !await SpeaksForItselfAsync(client, work, cancellationToken)))
            work.Context.Add(new ClientLink { AggregatorId = aggregator.Id, ClientId = client.Id, ValidFrom = work.Today, ClientAgreed = bothAgree });
        else work.Context.Add(new ClientRequest { AggregatorId = aggregator.Id, ClientId = client.Id, ByAggregator = byAggregator, AskedAt = work.Now });

        bool isClient = link is not null || work.Context.ChangeTracker.Entries<ClientLink>().Any();
        if (isClient && asked is not null) work.Context.Remove(asked);
        client.GoThrough(isClient);
        work.Acts(byAggregator ? aggregator.Id : client.Id, byAggregator ? OrganisationRole.Aggregator : OrganisationRole.Client);
        return Outcome.Done(client.Id);
    }

    private static Task<bool> SpeaksForItselfAsync(Organisation organisation, Work work, CancellationToken cancellationToken) =>
        work.Context.Set<ApiClient>().AnyAsync(c => c.OrganisationId == organisation.Id && c.RevokedAt == null, cancellationToken);
}

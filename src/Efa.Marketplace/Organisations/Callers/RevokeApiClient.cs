using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Organisations.Callers;

/// <summary>Withdraws a client's access for good: its secrets, its keys and the tokens it holds.</summary>
public sealed class RevokeApiClient : Operation<RevokeApiClient.Input>
{
    public sealed record Input(Guid ApiClientId);

    public override string Name => "revokeApiClient";

    public override string Scope => Scopes.ClientsWrite;

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.ApiClientToChangeAsync(input.ApiClientId, cancellationToken) is not { } client) return new NotFound(["input", "apiClientId"]);
        if (client.RevokedAt is not null) return new Invalid(AccessRefusals.ClientRevoked, ["input", "apiClientId"]);
        client.Revoke(work.Now);
        return Outcome.Done(client.Id);
    }
}

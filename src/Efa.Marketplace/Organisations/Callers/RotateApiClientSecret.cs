using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Application = OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreApplication<System.Guid>;

namespace Efa.Marketplace.Organisations.Callers;

/// <summary>Gives a client a new secret beside the old one, which stays good for a day, or replaces its keys.</summary>
/// <remarks>Whoever is told the secret could then call as the client: so only those who have all that it has.</remarks>
public sealed class RotateApiClientSecret : Operation<RotateApiClientSecret.Input>
{
    public sealed record Input(Guid ApiClientId, string? Jwks);

    public override string Name => "rotateApiClientSecret";

    public override string Scope => Scopes.ClientsWrite;

    public override IEnumerable<Refusal> Check(Input input)
    {
        if (input.Jwks is { } keys && !ClientKeys.AreValid(keys)) yield return new Invalid(AccessRefusals.KeysInvalid, ["input", "jwks"]);
    }

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.ApiClientToChangeAsync(input.ApiClientId, cancellationToken) is not { } client) return new NotFound(["input", "apiClientId"]);
        if (client.RevokedAt is not null) return new Invalid(AccessRefusals.ClientRevoked, ["input", "apiClientId"]);
        if (client.HasKeys && input.Jwks is null) return new Invalid(OperationsRefusals.Required, ["input", "jwks"]);
        if (!client.HasKeys && input.Jwks is not null) return new Invalid(AccessRefusals.KeysNotUsed, ["input", "jwks"]);

        if (client.IsOperator && !work.Caller.IsOperator) return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "apiClientId"], [OrganisationRole.Operator]);
        if (client.Scopes.FirstOrDefault(s => !work.Caller.Has(s)) is { } beyond)
            return new PermissionDenied(OperationsRefusals.ScopeMissing, ["input", "apiClientId"], [], beyond) { Values = [beyond] };

        Application proof = await work.Context.ProofOfAsync(client.ClientId, cancellationToken);
        if (input.Jwks is { } keys)
        {
            proof.Rekey(keys);
            client.Rotate(oldSecretUntil: null);
            return Outcome.Done(client.Id);
        }
        string secret = ClientSecret.Fresh();
        DateTimeOffset until = work.Now + ApiClient.Overlap;
        proof.Rotate(secret, until);
        client.Rotate(until);
        return Outcome.Done(client.Id) with { Secret = secret };
    }
}

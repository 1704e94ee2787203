using System.Globalization;
using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Organisations.Callers;

/// <summary>Gives a program access for an organisation: with a secret that is told once, or with the program's own keys.</summary>
/// <remarks>Nobody hands on more than they have: the scopes are at most those of the caller's token.</remarks>
public sealed class CreateApiClient : Operation<CreateApiClient.Input>
{
    public sealed record Input(Guid OrganisationId, string Name, IReadOnlyList<string> Scopes, string? Jwks);

    public override string Name => "createApiClient";

    public override string Scope => Scopes.ClientsWrite;

    public override IEnumerable<Refusal> Check(Input input) =>
    [
        .. InputCheck.Name(input.Name, ApiClient.NameLength, "input", "name"),
        .. InputCheck.Distinct(input.Scopes, Scopes.All.Count, "input", "scopes"),
        .. input.Scopes.Index().Where(s => !Scopes.All.Contains(s.Item))
            .Select(s => new Invalid(AccessRefusals.ScopeUnknown, PathOf(s.Index)) { Values = [string.Join(", ", Scopes.All)] }),
        .. input.Jwks is { } keys && !ClientKeys.AreValid(keys) ? [new Invalid(AccessRefusals.KeysInvalid, ["input", "jwks"])] : Array.Empty<Refusal>(),
    ];

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        Caller caller = work.Caller;
        bool mayAct = caller.SeesEverything || caller.ActsFor(input.OrganisationId);
        if (!mayAct || !await work.Context.Set<Organisation>().AnyAsync(o => o.Id == input.OrganisationId, cancellationToken))
            return new NotFound(["input", "organisationId"]);

        PermissionDenied[] beyond =
        [
            .. input.Scopes.Index().Where(s => !caller.Has(s.Item))
                .Select(s => new PermissionDenied(OperationsRefusals.ScopeMissing, PathOf(s.Index), [], s.Item) { Values = [s.Item] }),
        ];
        if (beyond.Length > 0) return Outcome.Refused(beyond);
        if (await work.Context.Set<ApiClient>().CountAsync(c => c.OrganisationId == input.OrganisationId && c.RevokedAt == null, cancellationToken) >= ApiClient.Most)
            return new Invalid(AccessRefusals.TooManyClients, ["input", "organisationId"]) { Values = [ApiClient.Most] };

        Guid id = Guid.CreateVersion7(work.Now);
        var client = new ApiClient
        {
            Id = id,
            ClientId = id.ToString("N"),
            Name = input.Name.Normalize(),
            OrganisationId = input.OrganisationId,
            Scopes = input.Scopes,
            HasKeys = input.Jwks is not null,
            IsOperator = caller.IsOperator && caller.ActsFor(input.OrganisationId),
            CreatedAt = work.Now,
        };
        client.Create();
        work.Context.Add(client);
        if (input.Jwks is { } keys)
        {
            work.Context.Add(ClientProof.ByKeys(client.ClientId, client.Name, keys));
            return Outcome.Done(client.Id);
        }
        string secret = ClientSecret.Fresh();
        work.Context.Add(ClientProof.BySecret(client.ClientId, client.Name, secret));
        return Outcome.Done(client.Id) with { Secret = secret };
    }

    private static string[] PathOf(int scope) => ["input", "scopes", scope.ToString(CultureInfo.InvariantCulture)];
}

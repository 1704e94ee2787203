using Efa.Graph.Engine.Types;
using Efa.Marketplace.Access;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations.Callers;
using GraphQL.Types;

namespace Efa.Graph.Organisations.Callers;

public sealed class CreateApiClientInputType : MutationInputType<CreateApiClient.Input>
{
    public CreateApiClientInputType()
        : base("CreateApiClientInput")
    {
        Id("organisationId", IdPrefix.Organisation);
        Add<NonNullGraphType<StringGraphType>>("name", $"Up to {ApiClient.NameLength} characters.");
        Add<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("scopes", $"Of {string.Join(", ", Scopes.All)}; at most those that the caller's own token has.");
        Add<StringGraphType>("jwks", $"Public keys for private_key_jwt; then there is no secret. Text of {ClientKeys.Expected}; up to {ClientKeys.LongestText} characters.");
    }

    protected override CreateApiClient.Input ReadInput(InputFields fields) =>
        new(fields.Get<Guid>("organisationId"), fields.Get<string>("name"), fields.List<string>("scopes")!, fields.Optional<string>("jwks"));
}

public sealed class RotateApiClientSecretInputType : MutationInputType<RotateApiClientSecret.Input>
{
    public RotateApiClientSecretInputType()
        : base("RotateApiClientSecretInput")
    {
        Id("apiClientId", IdPrefix.ApiClient);
        Add<StringGraphType>("jwks", "Required for a client with keys of its own, whose keys it replaces at once: leave a key in that is still used. Must be left out for a client with a secret.");
    }

    protected override RotateApiClientSecret.Input ReadInput(InputFields fields) => new(fields.Get<Guid>("apiClientId"), fields.Optional<string>("jwks"));
}

public sealed class RevokeApiClientInputType : MutationInputType<RevokeApiClient.Input>
{
    public RevokeApiClientInputType()
        : base("RevokeApiClientInput") =>
        Id("apiClientId", IdPrefix.ApiClient);

    protected override RevokeApiClient.Input ReadInput(InputFields fields) => new(fields.Get<Guid>("apiClientId"));
}

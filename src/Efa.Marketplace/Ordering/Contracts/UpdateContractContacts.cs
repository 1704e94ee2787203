using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;

namespace Efa.Marketplace.Ordering.Contracts;

/// <summary>A party of a running contract says whom to reach about it, at once and in place of those before.</summary>
public sealed class UpdateContractContacts : Operation<UpdateContractContacts.Input>
{
    public sealed record Input(Guid ContractId, int ExpectedVersion, IReadOnlyList<ContactData> Contacts);

    public override string Name => "updateContractContacts";

    public override string Scope => OrderTransitions.Scope;

    public override IEnumerable<Refusal> Check(Input input) => MasterData.Contacts(input.Contacts);

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.ContractToChangeAsync(input.ContractId, cancellationToken) is not { } contract) return new NotFound(["input", "contractId"]);
        if (!work.Caller.ActsFor(contract.GrantedById) && !work.Caller.ActsFor(contract.GrantedToId)) return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "contractId"], []);
        if (await work.StaleAsync(contract, input.ExpectedVersion, cancellationToken) is { } stale) return stale;
        if (contract.EndsOn is { } last && last < work.Today)
            return new Invalid(ContractRefusals.Ended, ["input", "contractId"]) { Values = [last.ToString("O", CultureInfo.InvariantCulture)] };

        await work.Context.Entry(contract).Collection(c => c.Contacts).LoadAsync(cancellationToken);
        contract.NameContacts(input.Contacts, work.Now);
        return Outcome.Done(contract.Id);
    }
}

using Efa.Marketplace.Access;
using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering.Brokers;

/// <summary>A supplier says where its service broker is, in place of the one before; all orders that wait for it or had failed are tried at once.</summary>
public sealed class SetServiceBroker : Operation<SetServiceBroker.Input>
{
    public sealed record Input(Guid SupplierId, string Url, string Username, string Password);

    public override string Name => "setServiceBroker";

    public override string Scope => Scopes.OrganisationsWrite;

    public override object Identity(Input input, Secrets secrets) => input with { Password = secrets.Print(input.Password, Name) };

    public override IEnumerable<Refusal> Check(Input input) =>
    [
        .. InputCheck.Text(input.Username, ServiceBroker.UsernameLength, "input", "username"),
        // What stands before the first colon is the name, in basic authentication.
        .. input.Username.Contains(':', StringComparison.Ordinal) ? [new Invalid(BrokerRefusals.UsernameInvalid, ["input", "username"])] : Array.Empty<Refusal>(),
        .. InputCheck.Text(input.Password, ServiceBroker.PasswordLength, "input", "password"),
    ];

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.Context.Set<Organisation>().SingleOrDefaultAsync(o => o.Id == input.SupplierId, cancellationToken) is not { } supplier)
            return new NotFound(["input", "supplierId"]);
        if (!work.Caller.ActsFor(supplier.Id)) return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "supplierId"], [OrganisationRole.Supplier]);
        if (!supplier.Is(OrganisationRole.Supplier)) return new Invalid(BrokerRefusals.NotSupplier, ["input", "supplierId"]);
        Refusal[] problems = [.. work.Outgoing.Check(input.Url, "input", "url")];
        if (problems.Length > 0) return Outcome.Refused(problems);

        ServiceBroker? broker = await work.Context.Set<ServiceBroker>().SingleOrDefaultAsync(b => b.SupplierId == supplier.Id, cancellationToken);
        if (broker is null) work.Context.Add(broker = new ServiceBroker { SupplierId = supplier.Id });
        // All of it is written, also what an answer of the broker before has changed since it was read here.
        else work.Context.Update(broker);
        broker.Set(new BrokerAccess(input.Url, input.Username, input.Password), work.Secrets, work.Now);
        supplier.SetServiceBroker();
        await BrokerSetJob.ScheduleAsync(work, supplier.Id, cancellationToken);
        return Outcome.Done(supplier.Id);
    }
}

using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Operations;

internal sealed record RequestOnceInput(Guid OrganisationId, Guid SellerId);

/// <summary>Looks whether a thing is there and otherwise makes it, as many operations do; a unique key decides races.</summary>
internal sealed class RequestOnce : Operation<RequestOnceInput>
{
    public override string Name => "requestOnce";

    public override string Scope => "billing:write";

    public override async Task<Outcome> RunAsync(RequestOnceInput input, Work work, CancellationToken cancellationToken)
    {
        if (await work.Context.Set<Accreditation>().AnyAsync(a => a.OrganisationId == input.OrganisationId && a.SellerId == input.SellerId, cancellationToken))
            return new Invalid(OperationsRefusals.Duplicate, ["input", "sellerId"]);
        await Task.Delay(50, cancellationToken);
        var accreditation = new Accreditation { Id = Guid.CreateVersion7(), OrganisationId = input.OrganisationId, SellerId = input.SellerId, RequestedAt = work.Now };
        work.Context.Add(accreditation);
        return Outcome.Done(accreditation.Id);
    }
}

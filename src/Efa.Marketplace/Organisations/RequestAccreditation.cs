using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Organisations;

/// <summary>An organisation asks a seller to be allowed to order from it.</summary>
public sealed class RequestAccreditation : Operation<RequestAccreditation.Input>
{
    public sealed record Input(Guid OrganisationId, Guid SellerId, EligibilityBasis? Basis, string? Evidence);

    public override string Name => AccreditationSteps.Request;

    public override string Scope => "organisations:write";

    public override IEnumerable<Refusal> Check(Input input) => InputCheck.OptionalText(input.Evidence, Accreditation.TextLength, "input", "evidence");

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (!work.Caller.ActsFor(input.OrganisationId) || !await work.Context.Set<Organisation>().AnyAsync(o => o.Id == input.OrganisationId, cancellationToken))
            return new NotFound(["input", "organisationId"]);
        Organisation? seller = await work.Context.Set<Organisation>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == input.SellerId, cancellationToken);
        if (seller is null) return new NotFound(["input", "sellerId"]);
        if (!seller.Is(OrganisationRole.Seller) || seller.Id == input.OrganisationId) return new Invalid(OrganisationsRefusals.NotSeller, ["input", "sellerId"]);

        Accreditation? accreditation = await work.Context.Set<Accreditation>()
            .SingleOrDefaultAsync(a => a.OrganisationId == input.OrganisationId && a.SellerId == input.SellerId, cancellationToken);
        if (accreditation is not null && !AccreditationSteps.MayRequest(accreditation.State)) return AccreditationSteps.NotIn(accreditation.State, "sellerId");
        if (accreditation is null)
        {
            accreditation = new Accreditation { Id = Guid.CreateVersion7(work.Now), OrganisationId = input.OrganisationId, SellerId = input.SellerId };
            work.Context.Add(accreditation);
        }
        accreditation.Request(input.Basis, input.Evidence, work.Now);
        return Outcome.Done(accreditation.Id);
    }
}

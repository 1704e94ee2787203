using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>Asks for a COORDINATED offer, without obligation: the supplier takes it up.</summary>
public sealed class ExpressInterest : Operation<ExpressInterest.Input>
{
    public const int NoteLength = 2000;

    public sealed record Input(Guid OfferId, Guid OrderedById, IReadOnlyList<Guid>? UsedByIds, string? Note);

    public override string Name => "expressInterest";

    public override string Scope => OrderTransitions.Scope;

    public override IEnumerable<Refusal> Check(Input input) =>
    [
        .. Placing.CheckUsers(input.UsedByIds),
        .. InputCheck.OptionalText(input.Note, NoteLength, "input", "note"),
    ];

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.Context.OffersVisibleTo(work.Caller).SingleOrDefaultAsync(o => o.Id == input.OfferId, cancellationToken) is not { } offer)
            return new NotFound(["input", "offerId"]);
        if (Placing.AgainstState(offer, ["input", "offerId"]) is { } closed) return closed;
        if (offer.OrderingMode != OrderingMode.Coordinated) return new Invalid(OrderingRefusals.OfferNotCoordinated, ["input", "offerId"]);

        var parties = new OrderParties(input.OrderedById, input.UsedByIds ?? [input.OrderedById], input.OrderedById);
        IReadOnlyList<Refusal> problems = await parties.RefusalsAsync(work, cancellationToken);
        if (problems.Count > 0) return Outcome.Refused(problems);

        Eligibility eligibility = await Placing.EligibilityAsync(work, offer.Id, parties.OrderedById, cancellationToken);
        if (!eligibility.Eligible) return new NotEligible(eligibility);
        if (await OpenAsync(offer.Id, parties, work, cancellationToken) is { } open)
            return new Invalid(OrderingRefusals.InterestOpen, ["input", "offerId"]) { Values = [TypeId.Encode(IdPrefix.Order, open)] };

        Guid id = Guid.CreateVersion7(work.Now);
        var order = new Order
        {
            Id = id,
            Origin = OrderOrigin.Marketplace,
            OfferId = offer.Id,
            OfferVersionId = offer.ShownVersionId,
            SellerId = offer.SellerId,
            SupplierId = offer.SupplierId,
            OrderedById = parties.OrderedById,
            BillToId = parties.BillToId,
            Users = parties.UsersOf(id),
            EligibilityJson = CanonicalJson.Write(eligibility),
            CreatedAt = work.Now,
        };
        order.ExpressInterest(work.Now, input.Note);
        work.Context.Add(order);
        return Outcome.Done(order.Id);
    }

    /// <summary>The order in which the same organisation asks for the same offer and users already.</summary>
    private static async Task<Guid?> OpenAsync(Guid offerId, OrderParties parties, Work work, CancellationToken cancellationToken)
    {
        IReadOnlyList<OrderState> open = OrderTransitions.BeforeBinding;
        IReadOnlyList<Guid> users = parties.UsedByIds;
        int count = users.Count;
        Guid[] same = await work.Context.Set<Order>()
            .Where(o => o.OfferId == offerId && o.OrderedById == parties.OrderedById && open.Contains(o.State) && o.Users.Count == count && o.Users.All(u => users.Contains(u.OrganisationId)))
            .OrderBy(o => o.Id).Select(o => o.Id).Take(1).ToArrayAsync(cancellationToken);
        return same is [var id] ? id : null;
    }
}

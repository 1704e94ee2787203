using System.Globalization;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>Places several orders of DIRECT offers at once, as an aggregator does for its clients; acceptance and declaration hold for each.</summary>
public sealed class PlaceOrders : Operation<PlaceOrders.Input>
{
    public const int MostOrders = 200;

    /// <param name="AcceptedTerms">Of all offers together; each order keeps those that its own asks for.</param>
    public sealed record Input(IReadOnlyList<DirectOrder> Orders, BatchMode Mode, IReadOnlyList<AcceptedTerms> AcceptedTerms, bool DeclaresAuthorisedToRepresent);

    public override string Name => "placeOrders";

    public override string Scope => OrderTransitions.Scope;

    public override IEnumerable<Refusal> Check(Input input)
    {
        if (input.Orders.Count == 0) yield return new Invalid(OperationsRefusals.Required, ["input", "orders"]);
        if (input.Orders.Count > MostOrders) yield return new Invalid(OperationsRefusals.TooMany, ["input", "orders"]) { Values = [MostOrders] };
        foreach (Refusal refusal in Placing.CheckDeclaration(input.DeclaresAuthorisedToRepresent, input.AcceptedTerms)) yield return refusal;
    }

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        IReadOnlyList<PlacedOrder> placed = await DirectOrders.PlaceAsync(work, input.Orders, required => Placing.AgainstMissingTerms(input.AcceptedTerms, required), cancellationToken);
        return Outcome.Batch([.. placed.Select((p, i) => p.Order is { } order ? RowResult.Done(i + 1, order.Id) : RowResult.Refused(i + 1, [.. p.Refusals.Select(r => InRow(r, i))]))], input.Mode);
    }

    // What is accepted is said once for all.
    private static Refusal InRow(Refusal refusal, int row) =>
        refusal is TermsNotAccepted ? refusal : refusal with { Path = ["input", "orders", row.ToString(CultureInfo.InvariantCulture), .. refusal.Path.Skip(1)] };
}

using System.Globalization;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering.Contracts;

/// <summary>A seller brings in a contract with a customer that was concluded elsewhere, with its number and the four fee fields, so that it is billed here.</summary>
/// <remarks>
/// It is taken over from this calendar year on, however long it runs already: earlier years were billed elsewhere, and what is left of them stands in
/// the next billing amount. Who may order is not asked, because nothing is ordered. Only this contract comes in, because only its number is known.
/// </remarks>
public sealed class ImportContract : Operation<ImportContract.Input>
{
    public sealed record Input(
        Guid OfferId,
        string ContractNumber,
        Guid OrderedById,
        IReadOnlyList<Guid>? UsedByIds,
        Guid? BillToId,
        DateOnly StartsOn,
        DateOnly? EndsOn,
        string? PurchaseOrderNumber,
        string? SellerNumber,
        decimal AnnualFee,
        decimal? NextBillingAmount,
        decimal OneTimeFee,
        string? Scope,
        IReadOnlyList<NamedDocument>? Documents);

    public override string Name => "importContract";

    public override string Scope => OrderTransitions.Scope;

    public override IEnumerable<Refusal> Check(Input input) =>
    [
        .. InputCheck.Text(input.ContractNumber, Contract.NumberLength, "input", "contractNumber"),
        .. Placing.CheckUsers(input.UsedByIds),
        .. Placing.CheckNumbers(input.PurchaseOrderNumber, input.SellerNumber),
        .. input.EndsOn < input.StartsOn ? [new Invalid(OrganisationsRefusals.EndsBeforeBeginning, ["input", "endsOn"])] : Array.Empty<Refusal>(),
        .. FeeCheck.Sum(input.AnnualFee, "input", "annualFee"),
        .. FeeCheck.Sum(input.NextBillingAmount, "input", "nextBillingAmount"),
        .. FeeCheck.Sum(input.OneTimeFee, "input", "oneTimeFee"),
        .. InputCheck.OptionalText(input.Scope, AgreedTerms.ScopeLength, "input", "scope"),
        .. input.Documents?.Count > Contract.MostDocuments ? [new Invalid(OperationsRefusals.TooMany, ["input", "documents"]) { Values = [Contract.MostDocuments] }] : Array.Empty<Refusal>(),
        .. (input.Documents ?? []).Index().SelectMany(d => InputCheck.Name(d.Item.Title, OfferContent.TitleLength, "input", "documents", Place(d.Index), "title")),
    ];

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.Context.OffersVisibleTo(work.Caller).SingleOrDefaultAsync(o => o.Id == input.OfferId, cancellationToken) is not { } offer)
            return new NotFound(["input", "offerId"]);
        if (!work.Caller.ActsFor(offer.SellerId)) return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "offerId"], [OrganisationRole.Seller]);
        if (offer.PublishedVersionId is not { } versionId)
            return new InvalidState(OrderingRefusals.OfferNotOrderable, ["input", "offerId"], ApiName.Of(offer.State), []) { Values = [ApiName.Of(offer.State)] };

        OfferVersion version = await work.Context.Set<OfferVersion>().AsNoTracking().SingleAsync(v => v.Id == versionId, cancellationToken);
        var parties = new OrderParties(input.OrderedById, input.UsedByIds ?? [input.OrderedById], input.BillToId ?? input.OrderedById);
        var fees = new AgreedFees(input.AnnualFee, input.NextBillingAmount, input.OneTimeFee, FeeTaxes.Of(version.Prices));
        KnownParties known = await KnownParties.ReadAsync(work, [parties], [offer.SellerId], cancellationToken);
        PlacingParty seller = known.Organisations[offer.SellerId];
        Refusal[] problems =
        [
            .. parties.Unknown(known),
            .. AgainstDays(input, work.Today),
            .. fees.AreTaxed ? Array.Empty<Refusal>() : [new Invalid(OrderingRefusals.FeeTaxesUnknown, ["input", "offerId"])],
            .. await AgainstNumberAsync(input.ContractNumber, seller, work, cancellationToken),
            .. await AgainstDocumentsAsync(input.Documents ?? [], work, cancellationToken),
        ];
        if (problems.Length > 0) return Outcome.Refused(problems);

        Order order = Make(input, offer, versionId, parties, fees, work);
        Placing.Number(work, seller, "orders", "", order.NumberAs);
        var contract = new Contract
        {
            Id = Guid.CreateVersion7(work.Now),
            ContractKind = ContractKind.Reuse,
            OrderId = order.Id,
            GrantedById = offer.SellerId,
            GrantedToId = order.OrderedById,
            StartsOn = input.StartsOn,
            CreatedAt = work.Now,
        };
        contract.Enclose(input.Documents ?? []);
        contract.Import(input.ContractNumber, input.EndsOn);
        work.Context.Add(contract);
        work.Acts(offer.SellerId, OrganisationRole.Seller);
        return Outcome.Done(order.Id);
    }

    private static Order Make(Input input, Offer offer, Guid versionId, OrderParties parties, AgreedFees fees, Work work)
    {
        Guid id = Guid.CreateVersion7(work.Now);
        var order = new Order
        {
            Id = id,
            Origin = OrderOrigin.Imported,
            OfferId = offer.Id,
            OfferVersionId = versionId,
            SellerId = offer.SellerId,
            SupplierId = offer.SupplierId,
            OrderedById = parties.OrderedById,
            BillToId = parties.BillToId,
            Users = parties.UsersOf(id),
            PurchaseOrderNumber = input.PurchaseOrderNumber,
            SellerNumber = input.SellerNumber,
            StartsOn = input.StartsOn,
            PricingJson = CanonicalJson.Write(PricingBasis.OfAgreedFees(parties.UsedByIds)),
            CreatedAt = work.Now,
        };
        string scope = input.Scope ?? "";
        work.Context.Add(order);
        work.Context.Add(new AgreedTerms
        {
            OrderId = id,
            Number = 1,
            AnnualFee = input.AnnualFee,
            NextBillingAmount = input.NextBillingAmount,
            OneTimeFee = input.OneTimeFee,
            Scope = scope,
            Hash = AgreedTerms.HashOf(id, 1, input.AnnualFee, input.NextBillingAmount, input.OneTimeFee, scope),
            SubmittedAt = work.Now,
        });
        order.AgreeFees(fees, work.Now);
        order.IsUnder(input.ContractNumber);
        DateOnly yearBegins = new(work.Today.Year, 1, 1);
        order.Import(termsNumber: 1, input.StartsOn > yearBegins ? input.StartsOn : yearBegins, input.EndsOn);
        return order;
    }

    private static IEnumerable<Refusal> AgainstDays(Input input, DateOnly today)
    {
        DateOnly last = today.AddYears(Placing.MostYearsAhead), yearBegins = new(today.Year, 1, 1);
        if (input.StartsOn > last) yield return new Invalid(ContractRefusals.StartTooLate, ["input", "startsOn"]) { Values = [Shown(last)] };
        if (input.EndsOn < yearBegins) yield return new Invalid(ContractRefusals.EndedBeforeThisYear, ["input", "endsOn"]) { Values = [Shown(yearBegins)] };
    }

    /// <summary>A number of the seller's own series would stand in the way of a contract that is concluded here later.</summary>
    private static async Task<IEnumerable<Refusal>> AgainstNumberAsync(string number, PlacingParty seller, Work work, CancellationToken cancellationToken) =>
        (seller.Selling is { } selling && number.StartsWith($"{selling.NumberPrefix}-V-", StringComparison.OrdinalIgnoreCase))
        || await work.Context.Set<Contract>().AnyAsync(c => c.GrantedById == seller.Id && c.Number == number, cancellationToken)
            ? [new Invalid(ContractRefusals.NumberTaken, ["input", "contractNumber"])] : [];

    private static async Task<IEnumerable<Refusal>> AgainstDocumentsAsync(IReadOnlyList<NamedDocument> documents, Work work, CancellationToken cancellationToken)
    {
        if (documents.Count == 0) return [];
        List<string> known = await work.Context.DocumentsToNameAsync(work.Caller, [.. documents.Select(d => d.Sha256).Distinct()], cancellationToken);
        return documents.Index().Where(d => !known.Contains(d.Item.Sha256)).Select(d => new Invalid(CatalogRefusals.DocumentUnknown, ["input", "documents", Place(d.Index), "sha256"]));
    }

    private static string Place(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static string Shown(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}

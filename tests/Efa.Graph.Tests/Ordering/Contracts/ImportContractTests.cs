using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Ordering.Contracts;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Concluded = Efa.Marketplace.Ordering.Contracts.Contract;

namespace Efa.Graph.Tests.Ordering.Contracts;

public sealed class ImportContractTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_contract_from_elsewhere_keeps_its_number_and_is_billed_from_this_year_on(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Guid id = await story.DoAsync(new ImportContract(), Input(story), story.As(SmallMarket.Govdigital));

        Order order = await story.OrderAsync(id);
        Assert.Equal((OrderState.Active, OrderOrigin.Imported, "GD-2026-000001", 1), (order.State, order.Origin, order.Number, order.Version));
        Assert.Equal((new DateOnly(2023, 5, 1), new DateOnly(2026, 1, 1), null), (order.StartsOn, order.ActiveFrom, order.PlacedAt));
        Assert.Null(order.KeptEligibility());
        AgreedTerms terms = Assert.Single(await story.TermsAsync(id));
        Assert.Equal((12_000m, 7_000m, 1_800m, "Für alle Ämter."), (terms.AnnualFee, terms.NextBillingAmount, terms.OneTimeFee, terms.Scope));
        Concluded contract = Assert.Single(await ContractsAsync(story));
        Assert.Equal(("FITST/2023/0007", ContractKind.Reuse, id, null), (contract.Number, contract.ContractKind, contract.OrderId, contract.ParentId));
        Assert.Equal((SmallMarket.Govdigital, SmallMarket.Aachen, new DateOnly(2023, 5, 1)), (story.KeyOf(contract.GrantedById), story.KeyOf(contract.GrantedToId), contract.StartsOn));

        await story.BillAsync(SmallMarket.Govdigital, 2025);
        Assert.Empty(await story.InvoicesAsync());
        await story.BillAsync(SmallMarket.Govdigital, 2026);
        // What is due next in place of the year's fee, and once.
        Invoice first = Assert.Single(await story.InvoicesAsync());
        Assert.Equal((8_800m, 10_472m, new OrderNumbers("GD-2026-000001", "BE-1", "FITST/2023/0007")), (first.Net, first.Gross, first.OrderNumbers));
        story.Store.Clock.SetUtcNow(new DateTimeOffset(2027, 2, 1, 9, 0, 0, TimeSpan.Zero));
        await story.BillAsync(SmallMarket.Govdigital, 2027);
        Assert.Equal(12_000m, (await story.InvoicesAsync())[1].Net);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task One_with_a_last_day_ends_with_it(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Guid id = await story.DoAsync(new ImportContract(), Input(story) with { EndsOn = new DateOnly(2026, 9, 30), NextBillingAmount = null, OneTimeFee = 0 }, story.As(SmallMarket.Govdigital));

        Order order = await story.OrderAsync(id);
        Assert.Equal((OrderState.Terminated, new DateOnly(2026, 9, 30)), (order.State, order.EndsOn));
        Assert.Equal(new DateOnly(2026, 9, 30), Assert.Single(await ContractsAsync(story)).EndsOn);
        await story.BillAsync(SmallMarket.Govdigital, 2026);
        // 12,000.00 by 273 of 365 days.
        Assert.Equal(8_975.34m, Assert.Single(await story.InvoicesAsync()).Net);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task It_can_be_ended_like_any_other(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Guid id = await story.DoAsync(new ImportContract(), Input(story), story.As(SmallMarket.Govdigital));
        Order order = await story.OrderAsync(id);

        Assert.Empty((await story.TakeAsync(OrderTransitions.RequestTermination, order, story.As(SmallMarket.Aachen))).Refusals);
        Assert.Empty((await story.TakeAsync(OrderTransitions.ConfirmTermination, await story.OrderAsync(id), story.As(SmallMarket.Govdigital))).Refusals);

        Assert.Equal(new DateOnly(2027, 2, 15), Assert.Single(await ContractsAsync(story)).EndsOn);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_does_not_fit_is_refused_and_changes_nothing(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        ImportContract.Input good = Input(story);
        await story.DoAsync(new ImportContract(), good, story.As(SmallMarket.Govdigital));
        good = good with { ContractNumber = "another" };

        await RefusedAsync(good with { ContractNumber = "FITST/2023/0007" }, "CONTRACT_NUMBER_TAKEN input.contractNumber");
        await RefusedAsync(good with { ContractNumber = "gd-v-2026-000009" }, "CONTRACT_NUMBER_TAKEN input.contractNumber");
        await RefusedAsync(good with { EndsOn = new DateOnly(2025, 12, 31) }, "CONTRACT_ENDED_BEFORE_THIS_YEAR input.endsOn");
        await RefusedAsync(good with { StartsOn = new DateOnly(2028, 2, 16) }, "CONTRACT_START_TOO_LATE input.startsOn");
        await RefusedAsync(good with { EndsOn = new DateOnly(2023, 4, 30) }, "ENDS_BEFORE_BEGINNING input.endsOn");
        await RefusedAsync(good with { AnnualFee = -1m, OneTimeFee = 0.001m }, "AMOUNT_NEGATIVE input.annualFee", "SUM_DECIMALS_TOO_MANY input.oneTimeFee");
        await RefusedAsync(good with { OfferId = story.Market.Offers[SmallMarket.Mixed] }, "FEE_TAXES_UNKNOWN input.offerId");
        await RefusedAsync(good with { OfferId = story.Market.Offers[SmallMarket.Unpublished] }, "OFFER_NOT_ORDERABLE input.offerId");
        await RefusedAsync(good with { OfferId = story.Market.Offers[SmallMarket.Residence] }, "PERMISSION_DENIED input.offerId");
        await RefusedAsync(good with { OrderedById = Guid.NewGuid(), UsedByIds = null }, "NOT_FOUND input.orderedById");
        await RefusedAsync(good with { UsedByIds = [good.OrderedById, story.Organisation(SmallMarket.Lippe)] }, "USER_NOT_ALLOWED input.usedByIds.1");
        await RefusedAsync(good with { Documents = [new(Marketplace.Catalog.DocumentKind.Contract, "Vertrag", new string('0', 64))] }, "DOCUMENT_UNKNOWN input.documents.0.sha256");

        async Task RefusedAsync(ImportContract.Input input, params string[] expected)
        {
            OperationResult refused = await story.Store.UnchangedAsync(() =>
                story.Store.Runner.RunAsync(new ImportContract(), input, story.As(SmallMarket.Govdigital), "key", CancellationToken.None));
            Assert.Equal(expected, refused.Refusals.Select(r => $"{r.Code.Name} {string.Join('.', r.Path)}"));
        }
    }

    private static ImportContract.Input Input(MarketStory story) => new(
        story.Market.Offers[SmallMarket.Portal], "FITST/2023/0007", story.Organisation(SmallMarket.Aachen), null, null, new DateOnly(2023, 5, 1), null, "BE-1", null,
        12_000m, 7_000m, 1_800m, "Für alle Ämter.", null);

    private static Task<Concluded[]> ContractsAsync(MarketStory story) => story.Store.ReadAsync(context => context.ContractsVisibleTo(Caller.System).ToArrayAsync());
}

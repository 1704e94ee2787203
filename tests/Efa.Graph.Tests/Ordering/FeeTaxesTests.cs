using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Pricing;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Ordering;

/// <summary>Fees are agreed only where the offer says how they are taxed; here one of its prices is taxed and the other is not taxable.</summary>
public sealed class FeeTaxesTests
{
    private const string Mixed = "mixed-coordinated";

    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Terms_that_could_not_be_billed_are_refused_and_those_that_cost_nothing_are_not(StoreKind kind)
    {
        await using MarketStory story = await BeginAsync(kind);
        Order order = await CoordinatedAsync(story);

        Assert.Equal("FEE_TAXES_UNKNOWN input/orderId", await RefusedAsync(story, new SubmitTerms(), Terms(order, 1m, null, 0m), SmallMarket.Supplier));
        Assert.Equal("FEE_TAXES_UNKNOWN input/orderId", await RefusedAsync(story, new SubmitTerms(), Terms(order, 0m, 1m, 0m), SmallMarket.Supplier));
        Assert.Equal("FEE_TAXES_UNKNOWN input/orderId", await RefusedAsync(story, new SubmitTerms(), Terms(order, 0m, null, 1m), SmallMarket.Supplier));
        await story.DoAsync(new SubmitTerms(), Terms(order, 0m, 0m, 0m), story.As(SmallMarket.Supplier));

        Assert.Equal(OrderState.TermsSubmitted, (await story.OrderAsync(order.Id)).State);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Terms_that_were_submitted_before_are_refused_when_they_are_ordered(StoreKind kind)
    {
        await using MarketStory story = await BeginAsync(kind);
        Order order = await CoordinatedAsync(story);
        await story.DoAsync(new SubmitTerms(), Terms(order, 0m, null, 0m), story.As(SmallMarket.Supplier));
        string hash = (await story.TermsAsync(order.Id))[0].Hash;
        foreach (string party in new[] { SmallMarket.Aachen, SmallMarket.Govdigital })
            await story.DoAsync(new ConsentToTerms(), new ConsentToTerms.Input(order.Id, story.Organisation(party), hash), story.As(party));
        await story.Store.ChangeAsync(async context =>
        {
            context.Add(new AgreedTerms
            {
                OrderId = order.Id,
                Number = 2,
                AnnualFee = 1_800m,
                OneTimeFee = 0m,
                Scope = "Alles.",
                Hash = AgreedTerms.HashOf(order.Id, 2, 1_800m, null, 0m, "Alles."),
                SubmittedAt = story.Store.Clock.GetUtcNow(),
            });
            await context.Set<Order>().Where(o => o.Id == order.Id).ExecuteUpdateAsync(o => o.SetProperty(x => x.TermsNumber, 2));
        });
        order = await story.OrderAsync(order.Id);

        Assert.Equal("FEE_TAXES_UNKNOWN input/orderId", await RefusedAsync(story, new PlaceCoordinatedOrder(), await story.PlacingInputAsync(order), SmallMarket.Aachen));

        Assert.Equal((OrderState.TermsAgreed, 0), await story.OrderAsync(order.Id) is var same ? (same.State, same.Fees.Count) : default);
    }

    private static Task<MarketStory> BeginAsync(StoreKind kind)
    {
        MarketSeed seed = SmallMarket.Seed();
        PriceComponent taxed = Prices.Flat(1_000m) with { Code = "taxed" }, sovereign = Prices.Flat(500m) with { Code = "sovereign", Taxes = [new TaxRegime(TaxTreatment.NotTaxable)] };
        return MarketStory.BeginAsync(kind, seed: seed with { Offers = [.. seed.Offers, SmallMarket.Offer(Mixed, SmallMarket.Govdigital, taxed, sovereign) with { OrderingMode = OrderingMode.Coordinated }] });
    }

    private static async Task<Order> CoordinatedAsync(MarketStory story)
    {
        var interest = new ExpressInterest.Input(story.Market.Offers[Mixed], story.Organisation(SmallMarket.Aachen), null, "Wir haben Interesse.");
        Guid id = await story.DoAsync(new ExpressInterest(), interest, story.As(SmallMarket.Aachen));
        await story.DoAsync(new StartCoordination(), new StartCoordination.Input(id, 1, null), story.As(SmallMarket.Supplier));
        return await story.OrderAsync(id);
    }

    private static SubmitTerms.Input Terms(Order order, decimal annual, decimal? next, decimal once) => new(order.Id, order.Version, annual, next, once, "Für alle Ämter.");

    private static async Task<string> RefusedAsync<TInput>(MarketStory story, Operation<TInput> operation, TInput input, string party)
        where TInput : notnull
    {
        OperationResult result = await story.Store.UnchangedAsync(() => story.Store.Runner.RunAsync(operation, input, story.As(party), Guid.NewGuid().ToString(), CancellationToken.None));
        Refusal refusal = Assert.Single(result.Refusals);
        return $"{refusal.Code.Name} {string.Join('/', refusal.Path)}";
    }
}

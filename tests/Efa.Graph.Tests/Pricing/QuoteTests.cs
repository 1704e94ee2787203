using Efa.Marketplace.Catalog;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Pricing;

public sealed class QuoteTests(QuoteMarket market) : IClassFixture<QuoteMarket>
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 23, 30, 0, TimeSpan.Zero);
    private static readonly DateOnly Start = new(2026, 9, 15);

    [Fact]
    public async Task Years_after_the_first_are_whole()
    {
        Quote quote = await QuoteAsync(Question("wohngeld", "kreis-lippe") with { Years = 3 });

        Assert.Equal([(2026, 3_424.11m, 650.58m, 4_074.69m), (2027, 11_572.22m, 2_198.72m, 13_770.94m), (2028, 11_572.22m, 2_198.72m, 13_770.94m)], quote.Years.Select(y => (y.Year, y.Net, y.Tax, y.Gross)));
        Assert.Equal((26_568.55m, 5_048.02m, 31_616.57m), (quote.Net, quote.Tax, quote.Gross));
        Assert.Equal((Start, new DateOnly(2026, 12, 31)), (quote.Years[0].Lines[0].PeriodFrom, quote.Years[0].Lines[0].PeriodTo));
        Assert.Equal(market.Loaded.Organisations["kreis-lippe"], quote.OrderedById);
        Assert.Equal([market.Loaded.Organisations["kreis-lippe"]], quote.UsedByIds);
        Assert.Equal(0m, quote.OneTime);
    }

    [Fact]
    public async Task What_is_due_once_is_part_of_the_first_year()
    {
        Quote quote = await QuoteAsync(Question("sozialplattform", "kreis-lippe") with { PackageCode = "M", Years = 2, StartsOn = new(2027, 1, 1) });

        Assert.Equal(500m, quote.OneTime);
        Assert.Equal([5_500m, 5_000m], quote.Years.Select(y => y.Net));
        Assert.Equal(["paket", "anbindung"], quote.Years[0].Lines.Select(l => l.ComponentCode));
    }

    [Fact]
    public async Task The_hash_says_what_is_ordered_and_nothing_else()
    {
        QuoteQuestion question = Question("gewerbeanmeldung", "kreis-lippe") with { ExpectedUses = 1_000 };

        Quote quote = await QuoteAsync(question);

        Assert.Matches("^[0-9a-f]{64}$", quote.Hash);
        Assert.Equal(quote.Hash, (await QuoteAsync(question with { Years = 5 })).Hash);
        Assert.Equal(quote.Hash, (await QuoteAsync(question, Now.AddDays(9))).Hash);
        Assert.Equal(quote.Hash, (await QuoteAsync(question with { UsedByIds = [question.OrganisationId!.Value] })).Hash);
        Assert.NotEqual(quote.Hash, (await QuoteAsync(question with { ExpectedUses = 1_001 })).Hash);
        Assert.NotEqual(quote.Hash, (await QuoteAsync(question with { StartsOn = Start.AddDays(1) })).Hash);
        Assert.NotEqual(quote.Hash, (await QuoteAsync(question with { UsedByIds = [market.Loaded.Organisations["stadt-muenchen"]] })).Hash);
        Assert.NotEqual(quote.Hash, (await QuoteAsync(Question("gewerbeanmeldung", "stadt-muenchen") with { ExpectedUses = 1_000 })).Hash);
    }

    [Fact]
    public async Task A_quote_holds_to_the_end_of_the_thirtieth_day()
    {
        // 10 March 23:30 UTC is 11 March in Berlin; the thirtieth day after is 10 April, which ends in summer time.
        Assert.Equal(new DateTimeOffset(2026, 4, 10, 22, 0, 0, TimeSpan.Zero), (await QuoteAsync(Question("wohngeld", "kreis-lippe"))).ValidUntil);
    }

    [Fact]
    public async Task An_estimate_is_for_the_body_of_the_key_and_cannot_be_ordered()
    {
        Quote estimate = await QuoteAsync(new QuoteQuestion(market.Loaded.Offers["wohngeld"], null, "05766", null, Start, null, null));

        Assert.Null(estimate.OrderedById);
        Assert.Null(estimate.Hash);
        Assert.Equal([market.Loaded.Organisations["kreis-lippe"]], estimate.UsedByIds);
        Assert.Equal(3_424.11m, estimate.Net);
    }

    [Fact]
    public async Task What_is_coordinated_first_has_no_hash()
    {
        Quote quote = await QuoteAsync(Question("ewa-fitko", "land-bayern") with { StartsOn = new(2027, 1, 1) });

        Assert.Null(quote.Hash);
        // All states share by the Königstein key: 15.56072 % of 240,000.
        Assert.Equal(37_345.73m, quote.Net);
        Assert.Equal(0m, quote.Tax);
    }

    [Fact]
    public async Task Weights_are_filled_in_where_an_order_keeps_them()
    {
        QuoteAnswer answer = await AnswerAsync(Question("ewa-fitko", "land-bayern"));

        SharedCostPrice price = Assert.IsType<SharedCostPrice>(Assert.Single(answer.Basis!.Components));
        Assert.Equal(FederalStates.All.Select(s => new AllocationWeight(s.Code, s.KoenigsteinShare)), price.Weights);
        Assert.Equal(CanonicalJson.Write(answer.Basis), CanonicalJson.Write(MarketJson.Read<PricingBasis>(CanonicalJson.Write(answer.Basis))));
    }

    [Fact]
    public async Task Each_question_has_its_own_answer()
    {
        QuoteQuestion[] questions =
        [
            Question("wohngeld", "kreis-lippe"),
            Question("wohngeld", "krz"),
            Question("sozialplattform", "kreis-lippe"),
            Question("sozialplattform", "kreis-lippe") with { PackageCode = "XXL" },
            Question("wohngeld", "kreis-lippe") with { OfferId = Guid.NewGuid() },
            Question("wohngeld", "kreis-lippe") with { OrganisationId = Guid.NewGuid() },
            Question("wohngeld", "kreis-lippe") with { OrganisationId = null, Ars = "09999" },
            Question("wohngeld", "kreis-lippe") with { OrganisationId = null },
            Question("wohngeld", "kreis-lippe") with { UsedByIds = [market.Loaded.Organisations["kreis-lippe"], Guid.NewGuid()] },
            Question("wohngeld", "kreis-lippe") with { UsedByIds = [market.Loaded.Organisations["kreis-lippe"], market.Loaded.Organisations["krz"]] },
            Question("wohngeld", "kreis-lippe") with { UsedByIds = [market.Loaded.Organisations["kreis-lippe"], market.Loaded.Organisations["kreis-lippe"]] },
            Question("wohngeld", "kreis-lippe") with { Years = 11 },
            Question("wohngeld", "kreis-lippe") with { Years = 0 },
            Question("wohngeld", "kreis-lippe") with { Years = 2, StartsOn = new(9999, 1, 1) },
            Question("wohngeld", "kreis-lippe") with { ExpectedUses = -1 },
            Question("ewa-fitko", "stadt-muenchen"),
        ];

        IReadOnlyList<QuoteAnswer> answers = await AnswersAsync(questions);

        Assert.Equal(
            [
                "",
                "POPULATION_UNKNOWN input/for",
                "PACKAGE_REQUIRED input/packageCode",
                "PACKAGE_UNKNOWN input/packageCode",
                "NOT_FOUND input/offerId",
                "ORGANISATION_UNKNOWN input/for",
                "ARS_UNKNOWN input/for",
                "REQUIRED input/for",
                "ORGANISATION_UNKNOWN input/usedByIds/1",
                "POPULATION_UNKNOWN input/usedByIds/1",
                "DUPLICATE input/usedByIds/1",
                "YEARS_OUT_OF_RANGE input/years",
                "YEARS_OUT_OF_RANGE input/years",
                "YEARS_OUT_OF_RANGE input/years",
                "EXPECTED_USES_OUT_OF_RANGE input/expectedUses",
                "WEIGHT_UNKNOWN input/for",
            ],
            answers.Select(a => string.Join(", ", a.Refusals.Select(r => $"{r.Code.Name} {string.Join('/', r.Path)}"))));
        Assert.All(answers, a => Assert.Equal(a.Refusals.Count == 0, a is { Quote: not null, Basis: not null }));
    }

    [Fact]
    public async Task More_than_two_hundred_users_are_refused()
    {
        QuoteAnswer answer = await AnswerAsync(Question("wohngeld", "kreis-lippe") with { UsedByIds = [.. Enumerable.Range(0, 201).Select(_ => Guid.NewGuid())] });

        Assert.Contains(answer.Refusals, r => r.Code == OperationsRefusals.TooMany);
    }

    [Fact]
    public async Task Fifty_questions_take_as_many_commands_as_one()
    {
        Guid[] offers = [.. market.Loaded.Offers.Values];
        Guid[] organisations = [.. market.Loaded.Organisations.Values];
        QuoteQuestion[] questions =
        [
            .. Enumerable.Range(0, 50).Select(i => i % 5 == 0
                ? new QuoteQuestion(offers[i % offers.Length], null, "05766", null, Start, null, null)
                : new QuoteQuestion(offers[i % offers.Length], organisations[i], null, [organisations[i], organisations[i + 1]], Start, null, 5)),
        ];

        (IReadOnlyList<QuoteAnswer> one, int commandsOfOne) = await QuoteMarket.CountedAsync(() => AnswersAsync(questions[1]));
        (IReadOnlyList<QuoteAnswer> fifty, int commandsOfFifty) = await QuoteMarket.CountedAsync(() => AnswersAsync(questions));

        Assert.Equal((1, 2), (one.Count, commandsOfOne));
        Assert.Equal((50, 2), (fifty.Count, commandsOfFifty));
        Assert.Contains(fifty, a => a.Quote is not null);
    }

    [Fact]
    public async Task All_offers_of_the_demo_market_have_right_prices()
    {
        await using MarketContext context = market.Open();
        List<OfferVersion> versions = await context.Set<OfferVersion>().AsNoTracking().ToListAsync();

        Assert.Equal(market.Loaded.Offers.Count, versions.Count);
        Assert.All(versions, version => Assert.Empty(PriceCheck.Problems(version.Prices)));
    }

    [Theory]
    [InlineData(AllocationKey.Population, 16, "01", 2_903_773)]
    [InlineData(AllocationKey.Koenigstein, 16, "01", 3.40578)]
    [InlineData(AllocationKey.NumberOfBodies, 16, "01", 1)]
    [InlineData(AllocationKey.Flat, 16, "01", 1)]
    [InlineData(AllocationKey.AdjustedKoenigstein, 5, "02", 2.60343)]
    public void Where_nobody_is_named_the_states_share_by_the_key(AllocationKey key, int count, string first, decimal weight)
    {
        PricedUser[] users = [.. new[] { "12", "02", "05", "07", "14" }.Select(code => Prices.User(code))];

        var filled = (SharedCostPrice)Assert.Single(SharedCostWeights.Filled([Prices.Shared(240_000m, key, null)], users));

        Assert.Equal((count, new AllocationWeight(first, weight)), (filled.Weights!.Count, filled.Weights[0]));
        Assert.Equal(key == AllocationKey.Population ? FederalStates.PopulationOn : null, filled.WeightsOn);
    }

    [Fact]
    public void The_adjusted_key_is_that_of_those_who_take_part()
    {
        PricedUser[] users = [.. new[] { "12", "020000000000", "05", "07", "14" }.Select(code => Prices.User(code))];
        var basis = new PricingBasis(SharedCostWeights.Filled([Prices.Shared(240_000m, AllocationKey.AdjustedKoenigstein, null)], users), users, null, null);

        Assert.Equal([19_917.09m, 17_113.86m, 138_544.27m, 31_674.67m, 32_750.11m], basis.Year().Select(l => l.Net));
    }

    [Fact]
    public void Weights_that_are_given_stay() =>
        Assert.Equal(
            Prices.Weights(("09", 1)), ((SharedCostPrice)SharedCostWeights.Filled([Prices.Shared(1m, AllocationKey.Koenigstein, Prices.Weights(("09", 1)))], [])[0]).Weights);

    private QuoteQuestion Question(string offer, string organisation) => new(market.Loaded.Offers[offer], market.Loaded.Organisations[organisation], null, null, Start, null, null);

    private async Task<Quote> QuoteAsync(QuoteQuestion question, DateTimeOffset? now = null)
    {
        await using MarketContext context = market.Open();
        QuoteAnswer answer = Assert.Single(await context.QuotesAsync([question], now ?? Now, CancellationToken.None));
        Assert.Empty(answer.Refusals);
        return answer.Quote!;
    }

    private async Task<QuoteAnswer> AnswerAsync(QuoteQuestion question) => Assert.Single(await AnswersAsync(question));

    private async Task<IReadOnlyList<QuoteAnswer>> AnswersAsync(params QuoteQuestion[] questions)
    {
        await using MarketContext context = market.Open();
        return await context.QuotesAsync(questions, Now, CancellationToken.None);
    }
}

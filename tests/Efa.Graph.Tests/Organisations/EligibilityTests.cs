using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Organisations;

public sealed class EligibilityTests
{
    private static readonly DateOnly Day = new(2024, 6, 10);
    private static readonly DateTimeOffset Now = new(2024, 6, 10, 8, 0, 0, TimeSpan.Zero);

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task The_stories_of_the_demo_market_are_decided_as_told(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        MarketSeed seed = await SeedFiles.ReadAsync(Repository.PathOf("samples/data"), CancellationToken.None);
        LoadedMarket market = await store.Loader.LoadAsync(seed with { ApiClients = [] }, CancellationToken.None);
        Guid Id(string key) => market.Organisations[key];
        (Guid, Guid) lippe = (market.Offers["einbuergerung-govdigital"], Id("kreis-lippe")), brandenburg = (market.Offers["aufenthaltstitel-fitko"], Id("land-brandenburg")),
            solnhofen = (market.Offers["einbuergerung-govdigital"], Id("gemeinde-solnhofen")), wismar = (market.Offers["einbuergerung-govdigital"], Id("stadt-wismar"));
        await using MarketContext context = store.Context();

        var answers = await context.OfferEligibilitiesAsync([lippe, brandenburg, solnhofen, wismar], Day, Now, CancellationToken.None);

        // 1. A district owns a member of the seller.
        Eligibility grandchild = answers[lippe];
        Assert.True(grandchild.Eligible);
        Assert.Equal(EligibilityBasis.OwnerOfMember, grandchild.Basis);
        Assert.Equal(["OWNER_OF_MEMBER"], grandchild.Reasons);
        Assert.Equal(
            [
                new(Id("kreis-lippe"), EligibilityRelation.Owns, Id("krz"), new DateOnly(2015, 1, 1), null),
                new(Id("krz"), EligibilityRelation.MemberOf, Id("govdigital"), new DateOnly(2019, 12, 12), null),
            ], grandchild.Chain);
        Assert.Empty(grandchild.Alternatives);
        Assert.Equal(Now, grandchild.CheckedAt);

        // 2. A state owns the seller.
        Eligibility owner = answers[brandenburg];
        Assert.True(owner.Eligible);
        Assert.Equal(EligibilityBasis.SellerOwner, owner.Basis);
        Assert.Equal(["SELLER_OWNER"], owner.Reasons);
        Assert.Equal([new(Id("land-brandenburg"), EligibilityRelation.Owns, Id("fitko"), new DateOnly(2020, 1, 1), null)], owner.Chain);

        // 3. A municipality whose association owns a member, without accreditation: through its aggregator.
        Eligibility client = answers[solnhofen];
        Assert.False(client.Eligible);
        Assert.Null(client.Basis);
        Assert.Equal(["NOT_ACCREDITED"], client.Reasons);
        Assert.Equal([Id("kommunalverbaende-bayern"), Id("akdb"), Id("govdigital")], client.Chain.Select(l => l.ToId));
        Assert.Equal(
            [
                new("THROUGH_AGGREGATOR", seed.Organisations.Single(o => o.Key == "baykommun").Name, Id("baykommun")),
                new("THROUGH_STATE", seed.Organisations.Single(o => o.Key == "land-bayern").Name, Id("land-bayern")),
            ], client.Alternatives);

        // 4. A town without any tie: through its state.
        Eligibility stranger = answers[wismar];
        Assert.False(stranger.Eligible);
        Assert.Equal(["NO_INHOUSE_RELATION", "NOT_ACCREDITED"], stranger.Reasons);
        Assert.Empty(stranger.Chain);
        EligibilityAlternative hint = Assert.Single(stranger.Alternatives);
        Assert.Equal(("THROUGH_STATE", (Guid?)Id("land-mecklenburg-vorpommern")), (hint.Reason, hint.ThroughId));
        Assert.Contains("Mecklenburg-Vorpommern", hint.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_association_may_stand_between_once()
    {
        Market market = Market.With("verband", OrganisationKind.Association).And("kreis", OrganisationKind.District).And("werk", OrganisationKind.ItProvider)
            .Owns("kreis", "verband").Owns("verband", "werk").IsMember("werk").IsGranted("kreis");

        Eligibility answer = await market.DecideAsync("kreis");

        Assert.True(answer.Eligible);
        Assert.Equal(["OWNER_OF_MEMBER"], answer.Reasons);
        Assert.Equal([EligibilityRelation.Owns, EligibilityRelation.Owns, EligibilityRelation.MemberOf], answer.Chain.Select(l => l.Relation));
    }

    [Fact]
    public async Task Two_associations_between_are_too_many()
    {
        Market market = Market.With("kreis", OrganisationKind.District).And("verband", OrganisationKind.Association).And("dach", OrganisationKind.Association).And("werk", OrganisationKind.ItProvider)
            .Owns("kreis", "verband").Owns("verband", "dach").Owns("dach", "werk").IsMember("werk").IsGranted("kreis");

        await market.IsRefusedAsync("kreis", "NO_INHOUSE_RELATION");
    }

    [Fact]
    public async Task Anything_but_an_association_between_is_too_far()
    {
        Market market = Market.With("kreis", OrganisationKind.District).And("holding", OrganisationKind.ItProvider).And("werk", OrganisationKind.ItProvider)
            .Owns("kreis", "holding").Owns("holding", "werk").IsMember("werk").IsGranted("kreis");

        await market.IsRefusedAsync("kreis", "NO_INHOUSE_RELATION");
    }

    [Fact]
    public async Task Owning_an_owner_of_the_seller_is_no_membership()
    {
        Market market = Market.With("kreis", OrganisationKind.District).And("werk", OrganisationKind.ItProvider).Owns("kreis", "werk").Owns("werk", Market.Seller).IsGranted("kreis");

        await market.IsRefusedAsync("kreis", "NO_INHOUSE_RELATION");
    }

    [Theory]
    [InlineData("2024-06-11", null, false)]
    [InlineData("2024-06-10", null, true)]
    [InlineData("2020-01-01", "2024-06-10", true)]
    [InlineData("2020-01-01", "2024-06-09", false)]
    public async Task Edges_hold_from_their_first_to_their_last_day(string from, string? to, bool eligible)
    {
        DateOnly first = DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture);
        DateOnly? last = to is null ? null : DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture);
        Market upper = Market.With("kreis", OrganisationKind.District).And("werk", OrganisationKind.ItProvider).Owns("kreis", "werk", first, last).IsMember("werk").IsGranted("kreis");
        Market lower = Market.With("kreis", OrganisationKind.District).And("werk", OrganisationKind.ItProvider).Owns("kreis", "werk").IsMember("werk", first, last).IsGranted("kreis");

        foreach (Market market in new[] { upper, lower })
            if (eligible) Assert.True((await market.DecideAsync("kreis")).Eligible);
            else await market.IsRefusedAsync("kreis", "NO_INHOUSE_RELATION");
    }

    [Theory]
    [InlineData(AccreditationState.Requested, "ACCREDITATION_PENDING")]
    [InlineData(AccreditationState.Rejected, "ACCREDITATION_NOT_GRANTED")]
    [InlineData(AccreditationState.Suspended, "ACCREDITATION_NOT_GRANTED")]
    [InlineData(AccreditationState.Revoked, "ACCREDITATION_NOT_GRANTED")]
    [InlineData(AccreditationState.Expired, "ACCREDITATION_EXPIRED")]
    public async Task Without_a_granted_accreditation_the_relation_does_not_suffice(AccreditationState state, string reason)
    {
        Market market = Market.With("stadt", OrganisationKind.Municipality).IsMember("stadt").IsGranted("stadt", state: state);

        await market.IsRefusedAsync("stadt", reason);
        Assert.Single((await market.DecideAsync("stadt")).Chain);
    }

    [Theory]
    [InlineData("2024-06-11", null)]
    [InlineData("2024-01-01", "2024-06-09")]
    public async Task A_granted_accreditation_counts_on_its_days_only(string from, string? to)
    {
        Market market = Market.With("stadt", OrganisationKind.Municipality).IsMember("stadt").IsGranted("stadt", AccreditationState.Granted,
            DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), to is null ? null : DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture));

        await market.IsRefusedAsync("stadt", "ACCREDITATION_EXPIRED");
    }

    [Fact]
    public async Task A_member_and_an_owner_are_eligible_by_themselves()
    {
        Market market = Market.With("stadt", OrganisationKind.Municipality).And("land", OrganisationKind.State).IsMember("stadt").Owns("land", Market.Seller).IsGranted("stadt").IsGranted("land");

        Assert.Equal(["MEMBER"], (await market.DecideAsync("stadt")).Reasons);
        Assert.Equal(["SELLER_OWNER"], (await market.DecideAsync("land")).Reasons);
    }

    [Fact]
    public async Task A_cooperation_agreement_needs_no_ownership()
    {
        Market market = Market.With("stadt", OrganisationKind.Municipality).IsGranted("stadt", basis: EligibilityBasis.CooperationAgreement);

        Eligibility answer = await market.DecideAsync("stadt");

        Assert.True(answer.Eligible);
        Assert.Equal(["COOPERATION_AGREEMENT"], answer.Reasons);
        Assert.Equal(EligibilityRelation.CooperatesWith, Assert.Single(answer.Chain).Relation);
    }

    // The basis that the accreditation was given on does not outlive the relation.
    [Fact]
    public async Task An_accreditation_without_relation_is_not_enough()
    {
        Market market = Market.With("stadt", OrganisationKind.Municipality).IsGranted("stadt", basis: EligibilityBasis.Member);

        await market.IsRefusedAsync("stadt", "NO_INHOUSE_RELATION");
    }

    [Fact]
    public async Task Who_is_no_customer_orders_nothing_and_all_reasons_are_named()
    {
        Market market = Market.With("stadt", OrganisationKind.Municipality, OrganisationRole.Client);

        await market.IsRefusedAsync("stadt", "NOT_A_CUSTOMER", "NO_INHOUSE_RELATION", "NOT_ACCREDITED");
    }

    [Fact]
    public async Task Unknown_organisations_get_no_answer()
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(StoreKind.Sqlite);
        await using MarketContext context = store.Context();

        Assert.Empty(await context.EligibilitiesAsync([new(Guid.NewGuid(), Guid.NewGuid())], Day, Now, CancellationToken.None));
        Assert.Empty(await context.EligibilitiesAsync([], Day, Now, CancellationToken.None));
    }

    /// <summary>A small market around one seller.</summary>
    private sealed record Market(MarketSeed Seed)
    {
        public const string Seller = "anbieter";

        private static readonly DateOnly LongAgo = new(2015, 1, 1);

        public static Market With(string key, OrganisationKind kind, OrganisationRole role = OrganisationRole.Customer) =>
            new Market(new MarketSeed { Organisations = [new(Seller, "Anbieter", OrganisationKind.Cooperative, [OrganisationRole.Seller])] }).And(key, kind, role);

        public Market And(string key, OrganisationKind kind, OrganisationRole role = OrganisationRole.Customer) =>
            new(Seed with { Organisations = [.. Seed.Organisations, new(key, key, kind, [role])] });

        public Market Owns(string owner, string owned, DateOnly? from = null, DateOnly? to = null) =>
            new(Seed with { Ownerships = [.. Seed.Ownerships, new(owner, owned, OwnershipKind.Share, from ?? LongAgo, to)] });

        public Market IsMember(string member, DateOnly? from = null, DateOnly? to = null) =>
            new(Seed with { Ownerships = [.. Seed.Ownerships, new(member, Seller, OwnershipKind.Membership, from ?? LongAgo, to)] });

        public Market IsGranted(string key, AccreditationState state = AccreditationState.Granted, DateOnly? from = null, DateOnly? to = null, EligibilityBasis? basis = null) =>
            new(Seed with { Accreditations = [.. Seed.Accreditations, new(key, Seller, state, LongAgo) { ValidFrom = from, ValidTo = to, Basis = basis }] });

        public async Task<Eligibility> DecideAsync(string key)
        {
            await using StoreUnderTest store = await StoreUnderTest.NewAsync(StoreKind.Sqlite);
            LoadedMarket market = await store.Loader.LoadAsync(Seed, CancellationToken.None);
            var question = new EligibilityQuestion(market.Organisations[key], market.Organisations[Seller]);
            await using MarketContext context = store.Context();
            return (await context.EligibilitiesAsync([question], Day, Now, CancellationToken.None))[question];
        }

        public async Task IsRefusedAsync(string key, params string[] reasons)
        {
            Eligibility answer = await DecideAsync(key);
            Assert.False(answer.Eligible);
            Assert.Null(answer.Basis);
            Assert.Equal(reasons, answer.Reasons);
        }
    }
}

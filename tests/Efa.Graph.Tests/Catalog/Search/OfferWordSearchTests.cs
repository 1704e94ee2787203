using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Catalog.Search;

/// <summary>What a search finds, on every store.</summary>
public sealed class OfferWordSearchTests
{
    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Any_form_and_spelling_of_a_word_finds_it(StoreKind kind)
    {
        await using SearchMarket market = await SearchMarket.OpenAsync(kind,
            SearchMarket.Offer("behoerde", "Bescheide der Behörden"), SearchMarket.Offer("strasse", "Straßennutzung"), SearchMarket.Offer("steuer", "Steuern und Abgaben"));

        foreach (string search in new[] { "Behörde", "behoerden", "BEHORDE", "behö", "behoe", "beho", "Bescheid", "bescheiden", "Bescheids Behörde", "den Bescheid der Behörde" })
            Assert.Equal(["behoerde"], await market.FindAsync(search));
        foreach (string search in new[] { "straße", "STRASSE", "straßennutzungen", "straß" }) Assert.Equal(["strasse"], await market.FindAsync(search));
        foreach (string search in new[] { "steuer", "Steuern", "steue", "abgabe" }) Assert.Equal(["steuer"], await market.FindAsync(search));
        foreach (string search in new[] { "hörde", "nutzung", "Behörde Steuer" }) Assert.Empty(await market.FindAsync(search));
    }

    // A stem is shorter than a beginning of the word may be.
    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Each_letter_that_is_typed_keeps_the_hit(StoreKind kind)
    {
        const string Word = "Baugenehmigungen";
        await using SearchMarket market = await SearchMarket.OpenAsync(kind, SearchMarket.Offer("bau", "Baugenehmigung"), SearchMarket.Offer("baum", "Wohngeld"));

        for (int length = 1; length <= Word.Length; length++) Assert.Equal(["bau"], await market.FindAsync(Word[..length]));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Rank_tells_where_all_words_stand(StoreKind kind)
    {
        await using SearchMarket market = await SearchMarket.OpenAsync(kind,
            SearchMarket.Offer("title", "Antrag auf Wohngeld"),
            SearchMarket.Offer("service", "Antrag", service: "building"),
            SearchMarket.Offer("summary", "Antrag", summary: "Wohngeld für alle"),
            SearchMarket.Offer("description", "Antrag", description: "Auch für Wohngeld"),
            SearchMarket.Offer("none", "Antrag"));

        Assert.Equal(new Dictionary<string, int> { ["title"] = 3, ["summary"] = 1, ["description"] = 0 }, await market.RanksAsync("wohngeld"));
        Assert.Equal(new Dictionary<string, int> { ["title"] = 3, ["summary"] = 1, ["description"] = 0 }, await market.RanksAsync("wohngeld antrag"));
        Assert.Equal(new Dictionary<string, int> { ["service"] = 2 }, await market.RanksAsync("antrag baugenehmigung"));
        Assert.Equal(new Dictionary<string, int> { ["service"] = 2 }, await market.RanksAsync("99012001001000"));
        Assert.Equal(new Dictionary<string, int> { ["service"] = 2 }, await market.RanksAsync("10555"));
        Assert.Equal(["title", "summary", "description"], await market.FindAsync("Wohngeld"));
    }

    // Nothing that is typed is ever an operator.
    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Signs_and_words_of_query_languages_are_text(StoreKind kind)
    {
        await using SearchMarket market = await SearchMarket.OpenAsync(kind,
            SearchMarket.Offer("geld", "Wohngeld"), SearchMarket.Offer("near", "Near or and not"), SearchMarket.Offer("percent", "50 % [billiger] _ 1e5 12kg"));

        string[] finding =
        [
            "\"wohngeld", "wohngeld\"\"", "'wohngeld'", "wohngeld*", "*wohngeld", "wohngeld:*", "(wohngeld", "wohngeld)", "-wohngeld", "!wohngeld", "^wohngeld",
            "wohngeld\0", "\0wohngeld", "wohngeld 😀", "wohngeld\ud800", "wohn%",
        ];
        foreach (string search in finding) Assert.Equal(["geld"], await market.FindAsync(search));
        foreach (string search in new[] { "near", "or", "AND", "NOT", "not near", "NEAR(or and)" }) Assert.Equal(["near"], await market.FindAsync(search));
        foreach (string search in new[] { "50", "1e5", "1e", "12kg", "12", "[billiger]" }) Assert.Equal(["percent"], await market.FindAsync(search));
        string[] missing =
        [
            "wohngeld OR near", "{Title}: wohngeld", "wohngeld | near", "%", "_", "[a-z]", "wohn_eld",
            "***", "\"\"", "''", "😀", "\0", "--", "/* */", "京",
        ];
        foreach (string search in missing) Assert.Empty(await market.FindAsync(search));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task What_is_not_published_is_found_by_its_parties_only(StoreKind kind)
    {
        await using SearchMarket market = await SearchMarket.OpenAsync(kind,
            SearchMarket.Offer("draft", "Wohngeld", state: OfferState.Unpublished),
            SearchMarket.Offer("suspended", "Wohngeld", state: OfferState.Suspended),
            SearchMarket.Offer("public", "Wohngeld"));

        Assert.Equal(["public"], await market.FindAsync("wohngeld"));
        Assert.Equal(["public"], await market.FindAsync("wohngeld", Of("other", Guid.CreateVersion7())));
        Assert.Equal(["draft", "public", "suspended"], (await market.FindAsync("wohngeld", Of("seller", market.Loaded.Organisations["seller"]))).Order(StringComparer.Ordinal));
    }

    [SkippableTheory]
    [InlineData(StoreKind.PostgreSql, true)]
    [InlineData(StoreKind.Sqlite, false)]
    [InlineData(StoreKind.SqlServer, false)]
    public async Task PostgreSql_forgives_typing_errors(StoreKind kind, bool forgives)
    {
        await using SearchMarket market = await SearchMarket.OpenAsync(kind,
            SearchMarket.Offer("pass", "Personalausweis"), SearchMarket.Offer("geld", "Wohngeld"), SearchMarket.Offer("text", "Antrag", description: "Personalauswies"));

        Assert.Equal(forgives, await market.Store.ReadAsync(context => market.Store.Get<StoreDialect>().ForgivesTypingErrorsAsync(context, CancellationToken.None)));
        Assert.Equal(forgives ? ["text", "pass"] : ["text"], await market.FindAsync("Personalauswies"));
        Assert.Equal(forgives ? ["pass"] : [], await market.FindAsync("Personlausweis"));
        Assert.Empty(await market.FindAsync("99012001001001"));
        if (forgives) Assert.Equal(-1, (await market.RanksAsync("Personlausweis"))["pass"]);
    }

    private static Caller Of(string id, Guid organisation) => new(id, organisation, [organisation], new HashSet<string>());
}

using CsCheck;
using Efa.Marketplace.Catalog.Search;

namespace Efa.Graph.Tests.Catalog.Search;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("Behörde BEHOERDE behorde", "behorde behorde behorde")]
    [InlineData("Straße STRASSE STRAẞE", "strasse strasse strasse")]
    [InlineData("Gebühren Gebuehren", "gebuhren gebuhren")]
    [InlineData("neue Steuern, Bauern und Feuer", "neue steuern bauern und feuer")]
    [InlineData("Quelle", "quelle")]
    [InlineData("EfA-Dienst (2.0)", "efa dienst 2 0")]
    [InlineData("café ﬁn Ｇｅｌｄ", "cafe fin geld")]
    [InlineData("a\0b \U0001F600 '\"*:&|!<->()", "a b")]
    public void Words_have_one_spelling(string text, string words) => Assert.Equal(words, string.Join(' ', SearchWords.Of(text)));

    // Which no JSON can carry, but a literal of GraphQL can.
    [Fact]
    public void Half_a_character_is_none() => Assert.Equal(["a", "b"], SearchWords.Of("a\ud800b"));

    [Theory]
    [InlineData(null, null)]
    [InlineData(" \t", null)]
    [InlineData("...", "")]
    [InlineData("Antrag der Stadt", "antrag stadt")]
    [InlineData("der", "der")]
    [InlineData("AND or NEAR NOT", "and or near not")]
    [InlineData("a b c d e f g h i j k l", "a b c d e f g h i j")]
    [InlineData("geld Geld GELD", "geld")]
    public void A_search_asks_for_its_telling_words(string? search, string? words) =>
        Assert.Equal(words, SearchWords.Terms(search) is { } terms ? string.Join(' ', terms.Select(t => t.Word)) : null);

    [Fact]
    public void A_term_has_the_stem_of_its_word() => Assert.Equal(("genehmigungen", "genehm"), SearchWords.Terms("Genehmigungen")!.Select(t => (t.Word, t.Stem)).Single());

    [Fact]
    public void Words_and_stems_are_kept_once_each_after_a_space()
    {
        Assert.Equal(" antrage antrag auf wohngeld", SearchWords.Kept(stems: true, "Anträge auf", "Wohngeld, Antrag"));
        Assert.Equal(" antrage auf wohngeld antrag", SearchWords.Kept(stems: false, "Anträge auf", "Wohngeld, Antrag"));
        Assert.Equal("", SearchWords.Kept(stems: true, null, "?"));
    }

    // What is typed so far finds what the whole word finds.
    [Fact]
    public void A_word_cut_short_is_the_beginning_of_the_whole() =>
        Gen.Select(Gen.String[Gen.Char["aeioubqsßäöüÄé"], 1, 12], Gen.Int[1, 12]).Sample((word, length) =>
        {
            string typed = word[..Math.Min(length, word.Length)];
            return string.Concat(SearchWords.Of(word)).StartsWith(string.Concat(SearchWords.Of(typed)), StringComparison.Ordinal);
        });

    [Fact]
    public void Any_text_gives_words_of_letters_and_digits_only() =>
        Gen.String.Sample(text => SearchWords.Of(text).All(word => word.Length > 0 && word.All(char.IsLetterOrDigit)));
}

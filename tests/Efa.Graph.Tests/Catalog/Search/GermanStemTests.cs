using Efa.Graph.Tests.Contract;
using Efa.Marketplace.Catalog.Search;

namespace Efa.Graph.Tests.Catalog.Search;

public sealed class GermanStemTests
{
    [Fact]
    public void Stems_are_those_of_the_published_vocabulary()
    {
        string file = Repository.PathOf("tests/Efa.Graph.Tests/Catalog/Search/german-stems.txt");
        string[][] pairs = [.. File.ReadLines(file).Where(line => !line.StartsWith('#')).Select(line => line.Split(' '))];

        Assert.Equal(8_759, pairs.Length);
        Assert.Empty(pairs.Where(pair => GermanStem.Of(pair[0]) != pair[1]).Select(pair => $"{pair[0]}: {GermanStem.Of(pair[0])} instead of {pair[1]}"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("e", "e")]
    [InlineData("ß", "ss")]
    [InlineData("99107023037000", "99107023037000")]
    [InlineData("京都", "京都")]
    public void What_is_no_German_word_stays(string word, string stem) => Assert.Equal(stem, GermanStem.Of(word));
}

using Efa.Marketplace.Organisations;

namespace Efa.Graph.Tests.Organisations;

public sealed class IbanTests
{
    [Theory]
    [InlineData("DE02120300000000202051", "DE02120300000000202051")]
    [InlineData("DE89 3704 0044 0532 0130 00", "DE89370400440532013000")]
    [InlineData("AT61 1904 3002 3457 3201", "AT611904300234573201")]
    [InlineData("GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432")]
    [InlineData("NO93 8601 1117 947", "NO9386011117947")]
    public void Published_numbers_are_taken_and_lose_their_spaces(string text, string expected)
    {
        Assert.True(Iban.TryParse(text, out string iban));
        Assert.Equal(expected, iban);
    }

    [Theory]
    [InlineData("DE02120300000000202052")]
    [InlineData("DE03120300000000202051")]
    [InlineData("DE0212030000000020205")]
    [InlineData("DE021203000000002020510")]
    [InlineData("de02120300000000202051")]
    [InlineData("DE02-1203-0000-0000-2020-51")]
    [InlineData("XX02120300000000202051")]
    [InlineData("DEA2120300000000202051")]
    [InlineData("DE")]
    [InlineData("D")]
    [InlineData("")]
    public void Anything_else_is_refused(string text) => Assert.False(Iban.TryParse(text, out _));

    [Fact]
    public void Of_all_check_digits_exactly_one_is_right() =>
        Assert.Equal(["DE02"], Enumerable.Range(0, 100).Select(check => $"DE{check:00}").Where(start => Iban.TryParse(start + "120300000000202051", out _)));
}

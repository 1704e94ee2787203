using Efa.Marketplace.Catalog;

namespace Efa.Graph.Tests.Catalog;

public sealed class ServiceKeyTests
{
    [Theory]
    [InlineData("99107023037000")]
    [InlineData("99123456760610")]
    [InlineData("77000000000316")]
    public void A_LeiKa_key_has_fourteen_digits(string text) => Assert.True(LeikaKey.IsValid(text));

    [Theory]
    [InlineData("9910702303700")]
    [InlineData("991070230370000")]
    [InlineData("9910702303700A")]
    [InlineData("9910702303700٠")]
    [InlineData("99107023037000\n")]
    [InlineData("")]
    public void Anything_else_is_no_LeiKa_key(string text) => Assert.False(LeikaKey.IsValid(text));

    [Theory]
    [InlineData("10255")]
    [InlineData("10110")]
    public void An_OZG_number_has_five_digits_and_begins_with_1(string text) => Assert.True(OzgId.IsValid(text));

    [Theory]
    [InlineData("20255")]
    [InlineData("1025")]
    [InlineData("102555")]
    [InlineData("1025A")]
    [InlineData("")]
    public void Anything_else_is_no_OZG_number(string text) => Assert.False(OzgId.IsValid(text));
}

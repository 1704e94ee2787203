using Efa.Marketplace.Organisations;

namespace Efa.Graph.Tests.Organisations;

public sealed class VatIdTests
{
    [Theory]
    [InlineData("DE999999999")]
    [InlineData("ATU12345678")]
    [InlineData("NL123456789B01")]
    [InlineData("EL123456789")]
    public void Numbers_with_their_country_are_valid(string text) => Assert.True(VatId.IsValid(text));

    [Theory]
    [InlineData("999999999")]
    [InlineData("DE99999999")]
    [InlineData("DE9999999999")]
    [InlineData("DE99999999A")]
    [InlineData("DE 999999999")]
    [InlineData("de999999999")]
    [InlineData("GR123456789")]
    [InlineData("US123456789")]
    [InlineData("ATu12345678")]
    [InlineData("AT")]
    [InlineData("D")]
    [InlineData("")]
    public void Anything_else_is_refused(string text) => Assert.False(VatId.IsValid(text));
}

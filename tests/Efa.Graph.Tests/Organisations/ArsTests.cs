using Efa.Marketplace.Organisations;

namespace Efa.Graph.Tests.Organisations;

public sealed class ArsTests
{
    [Fact]
    public void All_states_municipalities_and_districts_have_valid_keys()
    {
        string[] keys = [.. Regions.States.Select(s => s.Code), .. Regions.Municipalities.Select(r => r.Ars), .. Regions.Districts.Select(r => r.Ars)];

        Assert.Equal(16 + 43 + 15, keys.Length);
        Assert.All(keys, key => Assert.True(Ars.IsValid(key), key));
    }

    [Fact]
    public void The_municipal_key_leaves_the_association_out() =>
        Assert.All([.. Regions.Municipalities, .. Regions.Districts], region => Assert.Equal(region.Ags, Ars.AgsOf(region.Ars)));

    [Theory]
    [InlineData("09")]
    [InlineData("091")]
    [InlineData("09162")]
    [InlineData("130745458")]
    [InlineData("130745458065")]
    [InlineData("010510011011")]
    [InlineData("145215115430")]
    [InlineData("095779168168")]
    public void States_regions_districts_associations_and_municipalities_have_keys(string text) => Assert.True(Ars.IsValid(text));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("00")]
    [InlineData("17")]
    [InlineData("99")]
    [InlineData("0916")]
    [InlineData("091620")]
    [InlineData("0916200000")]
    [InlineData("0916200000000")]
    [InlineData("170010000000")]
    [InlineData("01001000000A")]
    [InlineData("01001000000٠")]
    [InlineData("010511011011")]
    [InlineData("010510011012")]
    [InlineData("095779168167")]
    [InlineData("130743458")]
    [InlineData(" 09162")]
    [InlineData("09162\n")]
    public void Anything_else_is_refused(string text) => Assert.False(Ars.IsValid(text));

    [Fact]
    public void An_association_has_no_municipal_key() => Assert.Null(Ars.AgsOf("130745458"));
}

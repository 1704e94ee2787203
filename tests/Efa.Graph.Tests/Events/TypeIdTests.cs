using System.Reflection;
using CsCheck;
using Efa.Marketplace.Events;

namespace Efa.Graph.Tests.Events;

public sealed class TypeIdTests
{
    [Theory]
    [InlineData("prefix_00000000000000000000000000", "00000000-0000-0000-0000-000000000000")]
    [InlineData("prefix_00000000000000000000000001", "00000000-0000-0000-0000-000000000001")]
    [InlineData("prefix_0000000000000000000000000a", "00000000-0000-0000-0000-00000000000a")]
    [InlineData("prefix_0000000000000000000000000g", "00000000-0000-0000-0000-000000000010")]
    [InlineData("prefix_00000000000000000000000010", "00000000-0000-0000-0000-000000000020")]
    [InlineData("prefix_7zzzzzzzzzzzzzzzzzzzzzzzzz", "ffffffff-ffff-ffff-ffff-ffffffffffff")]
    [InlineData("prefix_0123456789abcdefghjkmnpqrs", "0110c853-1d09-52d8-d73e-1194e95b5f19")]
    [InlineData("prefix_01h455vb4pex5vsknk084sn02q", "01890a5d-ac96-774b-bcce-b302099a8057")]
    [InlineData("pre_fix_00000000000000000000000000", "00000000-0000-0000-0000-000000000000")]
    public void Valid_vectors_of_the_specification_are_read_and_written(string text, string uuid)
    {
        Assert.True(TypeId.TryDecode(text, out string? prefix, out Guid id));
        Assert.Equal(Guid.Parse(uuid), id);
        Assert.Equal(text, TypeId.Encode(prefix, id));
    }

    [Theory]
    [InlineData("PREFIX_00000000000000000000000000")]
    [InlineData("12345_00000000000000000000000000")]
    [InlineData("pre.fix_00000000000000000000000000")]
    [InlineData("préfix_00000000000000000000000000")]
    [InlineData("  prefix_00000000000000000000000000")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl_00000000000000000000000000")]
    [InlineData("_00000000000000000000000000")]
    [InlineData("_")]
    [InlineData("prefix_1234567890123456789012345")]
    [InlineData("prefix_123456789012345678901234567")]
    [InlineData("prefix_1234567890123456789012345 ")]
    [InlineData("prefix_0123456789ABCDEFGHJKMNPQRS")]
    [InlineData("prefix_123456789-123456789-123456")]
    [InlineData("prefix_ooooooiiiiiiuuuuuuulllllll")]
    [InlineData("prefix_i23456789ol23456789oi23456")]
    [InlineData("prefix_123456789-0123456789-0123456")]
    [InlineData("prefix_8zzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("_prefix_00000000000000000000000000")]
    [InlineData("prefix__00000000000000000000000000")]
    public void Invalid_vectors_of_the_specification_are_refused(string text) => Assert.False(TypeId.TryDecode(text, out _, out _));

    [Theory]
    [InlineData("")]
    [InlineData("00000000000000000000000000")]
    [InlineData("offer")]
    [InlineData("offer_")]
    [InlineData("01890a5d-ac96-774b-bcce-b302099a8057")]
    [InlineData("offer_01h455vb4pex5vsknk084sn02q\n")]
    [InlineData("offer_01h455vb4pex5vsknk084sn02é")]
    public void Other_texts_are_refused_too(string text) => Assert.False(TypeId.TryDecode(text, out _, out _));

    [Fact]
    public void An_id_of_another_kind_is_refused_where_one_kind_is_expected()
    {
        Assert.True(TypeId.TryDecode("offer_01h455vb4pex5vsknk084sn02q", IdPrefix.Offer, out Guid id));
        Assert.Equal("01890a5d-ac96-774b-bcce-b302099a8057", id.ToString());
        Assert.False(TypeId.TryDecode("order_01h455vb4pex5vsknk084sn02q", IdPrefix.Offer, out _));
        Assert.Equal("an id that begins with offer_ or order_", TypeId.Expected(IdPrefix.Offer, IdPrefix.Order));
    }

    [Fact]
    public void Any_UUID_of_any_kind_comes_back()
    {
        string[] prefixes = [.. typeof(IdPrefix).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)];
        Assert.Equal(prefixes.Order(StringComparer.Ordinal), IdPrefix.All.Order(StringComparer.Ordinal));

        Gen.Select(Gen.Guid, Gen.Int[0, prefixes.Length - 1].Select(i => prefixes[i])).Sample((id, prefix) =>
            TypeId.TryDecode(TypeId.Encode(prefix, id), prefix, out Guid back) && back == id);
    }

    [Fact]
    public void Ids_sort_like_their_UUIDs() =>
        Gen.Select(Gen.Guid, Gen.Guid).Sample((a, b) =>
            Math.Sign(string.CompareOrdinal(TypeId.Encode("offer", a), TypeId.Encode("offer", b))) == Math.Sign(a.CompareTo(b)));
}

using System.Text.Json.Nodes;
using CsCheck;
using Efa.Marketplace.Evidence;

namespace Efa.Graph.Tests.Evidence;

/// <summary>The vectors of RFC 8785 that hold for JSON without fractions: our amounts are strings.</summary>
public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""[56,{"d":true,"10":null,"1":[]}]""", """[56,{"1":[],"10":null,"d":true}]""")]
    [InlineData("""{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}""",
        """{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}""")]
    [InlineData("""{"1":{"f":{"f":"hi","F":5},"\n":56},"10":{},"":"empty","a":{},"111":[{"e":"yes","E":"no"}],"A":{}}""",
        """{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}""")]
    [InlineData("""{"Unnormalized Unicode":"A\u030a"}""", "{\"Unnormalized Unicode\":\"A\u030a\"}")]
    [InlineData("""{ "literals" : [ null , true , false ] }""", """{"literals":[null,true,false]}""")]
    public void Vectors_of_the_standard_come_out_as_it_says(string json, string canonical) => Assert.Equal(canonical, CanonicalJson.Write(JsonNode.Parse(json)));

    // Names are sorted by UTF-16 units: the emoji's surrogates come before the Hebrew presentation form.
    [Fact]
    public void Names_are_sorted_by_UTF_16_units()
    {
        JsonNode? json = JsonNode.Parse("""{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}""");

        string[] names = [.. JsonNode.Parse(CanonicalJson.Write(json))!.AsObject().Select(p => p.Value!.GetValue<string>())];

        Assert.Equal(["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"], names);
    }

    [Fact]
    public void Only_what_must_be_is_escaped()
    {
        string canonical = CanonicalJson.Write(new { text = "\u20ac$\u000F\nA'\u0042\u0022\u005c\\\"\u007f/ä😀<>&\u2028" });

        Assert.Equal("{\"text\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"\u007f/ä😀<>&\u2028\"}", canonical);
    }

    [Fact]
    public void Control_characters_have_their_short_or_their_hexadecimal_form() =>
        Assert.Equal(@"""\u0000\u0007\b\t\n\u000b\f\r\u001f""", CanonicalJson.Write("\u0000\u0007\b\t\n\u000b\f\r\u001f"));

    [Fact]
    public void Amounts_are_the_same_text_whatever_their_trailing_zeros()
    {
        Assert.Equal("""{"amount":"1800","small":"0.000001"}""", CanonicalJson.Write(new { amount = 1800.00m, small = 0.0000010m }));
        Assert.Equal(CanonicalJson.Hash(new { amount = 1.10m }), CanonicalJson.Hash(new { amount = 1.1m }));
    }

    [Fact]
    public void The_hash_is_SHA_256_of_the_bytes_in_lower_case()
    {
        Assert.Equal("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", CanonicalJson.Hash(new { }));
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", CanonicalJson.HashOf("abc"));
        Assert.Equal(CanonicalJson.HashOf("\"ä\""), CanonicalJson.Hash("ä"));
    }

    [Fact]
    public void The_order_of_properties_does_not_matter_and_the_value_does()
    {
        Gen.Dictionary(Gen.String[Gen.Char["abAB1ä_\n\""], 0, 4], Gen.Int)[0, 8].Sample(pairs =>
        {
            var forward = new JsonObject(pairs.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
            var backward = new JsonObject(pairs.Reverse().Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
            string canonical = CanonicalJson.Write(forward);
            Dictionary<string, int> back = JsonNode.Parse(canonical)!.AsObject().ToDictionary(p => p.Key, p => p.Value!.GetValue<int>());
            return canonical == CanonicalJson.Write(backward) && CanonicalJson.Write(JsonNode.Parse(canonical)) == canonical
                && back.Count == pairs.Count && pairs.All(p => back[p.Key] == p.Value);
        });
    }
}

using Efa.Marketplace.Organisations;

namespace Efa.Graph.Tests.Organisations;

public sealed class LeitwegIdTests
{
    [Theory]
    [InlineData("04011000-1234512345-06")]
    [InlineData("991-99012-32")]
    [InlineData("991-33333TEST-33")]
    [InlineData("99661-WEBSERVICEOZG-28")]
    [InlineData("04011000-900X999-08")]
    [InlineData("992-90009-96")]
    [InlineData("09564000-NUE0001-49")]
    [InlineData("05315000-EFA001-94")]
    [InlineData("09162000-1-71")]
    [InlineData("02-1-35")]
    [InlineData("064120000000-IT-87")]
    [InlineData("04011000-45")]
    public void Published_addresses_are_valid(string text) => Assert.True(LeitwegId.IsValid(text));

    [Fact]
    public void All_58_regions_have_valid_addresses()
    {
        Region[] regions = [.. Regions.Municipalities, .. Regions.Districts];

        Assert.Equal(58, regions.Length);
        Assert.All(regions, region => Assert.True(LeitwegId.IsValid(region.LeitwegId), region.LeitwegId));
    }

    [Theory]
    [InlineData("04011000-1234512345-05")]
    [InlineData("04011000-1234512345-07")]
    [InlineData("04011000-1234512345-6")]
    [InlineData("04011000-1234512345-006")]
    [InlineData("04011000-1234512345-0A")]
    [InlineData("991-33333test-33")]
    [InlineData("04011000--45")]
    [InlineData("04011000-45-")]
    [InlineData("-04011000-45")]
    [InlineData("04011000-12345-12345-06")]
    [InlineData("0401100045")]
    [InlineData("04011000-12345 12345-06")]
    [InlineData(" 04011000-45")]
    [InlineData("04011000-45\n")]
    [InlineData("04011000-ÄBC-06")]
    [InlineData("A4011000-45")]
    [InlineData("0-45")]
    [InlineData("-")]
    [InlineData("")]
    public void Malformed_addresses_are_refused(string text) => Assert.False(LeitwegId.IsValid(text));

    [Theory]
    [InlineData("17011000", "1")]
    [InlineData("00011000", "1")]
    [InlineData("98", "1")]
    [InlineData("9", "1")]
    [InlineData("0401100012345", "1")]
    [InlineData("04011000", "1234567890123456789012345678901")]
    public void Other_states_and_lengths_are_refused_also_with_right_check_digits(string coarse, string fine) =>
        Assert.False(LeitwegId.IsValid($"{coarse}-{fine}-{LeitwegId.CheckDigits(coarse + fine)}"));

    [Fact]
    public void A_fine_part_has_at_most_thirty_characters()
    {
        string longest = "ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ";

        Assert.True(LeitwegId.IsValid($"160530000000-{longest}-{LeitwegId.CheckDigits("160530000000" + longest)}"));
    }

    // Each remainder once: 00, 01 and 99 would pass a check that only looks for remainder 1.
    [Fact]
    public void Of_all_check_digits_exactly_one_is_right_and_it_is_02_to_98()
    {
        for (int fine = 0; fine < 97; fine++)
        {
            string[] right = [.. Enumerable.Range(0, 100).Select(check => $"04011000-{fine:00}-{check:00}").Where(LeitwegId.IsValid)];

            string only = Assert.Single(right);
            Assert.InRange(int.Parse(only[^2..], System.Globalization.CultureInfo.InvariantCulture), 2, 98);
        }
    }

    [Theory]
    [InlineData("04011000-1234512345", "06")]
    [InlineData("991-33333TEST", "33")]
    public void Check_digits_are_those_of_the_worked_examples(string text, string digits) => Assert.Equal(digits, LeitwegId.CheckDigits(text));
}

using System.Net;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Outgoing;
using Efa.Marketplace.Ordering.Brokers;

namespace Efa.Graph.Tests.Operations;

public sealed class OutgoingRulesTests
{
    [Theory]
    [InlineData("https://broker.example")]
    [InlineData("https://broker.example:8443/osb")]
    [InlineData("https://9.9.9.9/")]
    public void The_internet_is_called_by_https(string address) => Assert.Empty(Rules().Check(address));

    [Theory]
    // This host, in all spellings.
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST./")]
    [InlineData("https://a.localhost/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    // Its network, and the addresses at which clouds tell secrets.
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://192.168.0.1/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://[fd00:ec2::254]/")]
    [InlineData("https://[fc00::1]/")]
    [InlineData("https://[fe80::1]/")]
    // Other schemes, ports and parts.
    [InlineData("http://broker.example/")]
    [InlineData("ftp://broker.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://broker.example/")]
    [InlineData("https://broker.example:22/")]
    [InlineData("https://user:pw@broker.example/")]
    [InlineData("https://broker.example#@127.0.0.1/")]
    [InlineData("https://broker.example/?a=b")]
    [InlineData("broker.example")]
    [InlineData("")]
    public void Nothing_else_is(string address)
    {
        Refusal refusal = Assert.Single(Rules().Check(address, "input", "url"));

        Assert.Equal((OutgoingRefusals.AddressNotAllowed, "input/url"), (refusal.Code, string.Join('/', refusal.Path)));
    }

    [Fact]
    public void A_long_address_is_too_long() =>
        Assert.Equal(OperationsRefusals.TooLong, Assert.Single(Rules().Check("https://broker.example/" + new string('a', OutgoingRules.AddressLength))).Code);

    [Fact]
    public void A_network_of_ones_own_is_called_where_a_setting_allows_it()
    {
        OutgoingRules rules = Rules("10.20.0.0/16", "fd12:3456::/32");

        Assert.Empty(rules.Check("https://10.20.1.1/"));
        Assert.Empty(rules.Check("https://[::ffff:10.20.1.1]/"));
        Assert.Empty(rules.Check("https://[fd12:3456::1]/"));
        Assert.Single(rules.Check("https://10.21.0.1/"));
        Assert.Single(rules.Check("https://127.0.0.1/"));
        Assert.True(rules.MayReach(IPAddress.Parse("::ffff:10.20.0.1")));
        Assert.False(rules.MayReach(IPAddress.Parse("169.254.169.254")));
    }

    [Fact]
    public void In_development_this_host_is_called_and_nothing_else_beside_the_internet()
    {
        OutgoingRules rules = new OutgoingOptions().Rules(isDevelopment: true);

        Assert.Empty(rules.Check("http://127.0.0.1:5090"));
        Assert.Empty(rules.Check("http://localhost:5090"));
        Assert.Single(rules.Check("http://169.254.169.254/"));
        Assert.Single(rules.Check("http://10.0.0.1/"));
        Assert.Single(new OutgoingOptions { AllowedNetworks = [] }.Rules(isDevelopment: true).Check("http://127.0.0.1:5090"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(null, "10.0.0.0/8", "fd00::/8")]
    [InlineData("Outgoing:AllowedNetworks has 10.0.0.0/40, but must be networks such as 10.20.0.0/16 or fd12:3456::/32.", "10.0.0.0/40")]
    [InlineData("Outgoing:AllowedNetworks has intern, but must be networks such as 10.20.0.0/16 or fd12:3456::/32.", "10.0.0.0/8", "intern")]
    public void A_setting_that_is_no_network_is_named(string? problem, params string[] networks) => Assert.Equal(problem, new OutgoingOptions { AllowedNetworks = networks }.Problem());

    [Theory]
    [InlineData(30, 10, 24, null)]
    [InlineData(0, 10, 24, "Broker:TimeoutSeconds is 0, but must be from 1 to 60.")]
    [InlineData(30, 21, 24, "Broker:MostAttempts is 21, but must be from 1 to 20.")]
    [InlineData(30, 10, 169, "Broker:PollingHours is 169, but must be from 1 to 168.")]
    public void Settings_of_brokers_that_cannot_work_are_named(int timeout, int attempts, int hours, string? problem) =>
        Assert.Equal(problem, new BrokerOptions { TimeoutSeconds = timeout, MostAttempts = attempts, PollingHours = hours }.Problem());

    private static OutgoingRules Rules(params string[] networks) => new OutgoingOptions { AllowedNetworks = networks }.Rules(isDevelopment: false);
}
